"""Whether the server answers, and its numbers for monitoring."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from api.bootstrap import engine_version
from api.wiring import Reader, Ready

router = APIRouter(tags=["health"])


@router.get("/health", summary="是否可用")
def health(reader: Reader, ready: Ready) -> dict[str, Any]:
    """Answers once questions can be answered; says which way functions are compared."""
    found = ready.context().encoder
    return {
        "status": "ok",
        "engine": engine_version(),
        "graph_version": str(reader.version()),
        "mode": found.mode,
        "reason": found.reason or None,
    }


@router.get("/metrics", summary="监控指标", response_class=PlainTextResponse)
def metrics(reader: Reader) -> str:
    """Counts of the graph in the text format of Prometheus."""
    lines = ["# TYPE kg_facts gauge"]
    lines += [f'kg_facts{{type="{name}"}} {count}' for name, count in sorted(reader.counts().items())]
    return "\n".join(lines) + "\n"
