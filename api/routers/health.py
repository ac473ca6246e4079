"""Whether the server answers, and its numbers for monitoring."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from api.bootstrap import encoder, engine_version
from api.wiring import Graph, Ready

router = APIRouter(tags=["health"])


@router.get("/health", summary="是否可用")
def health(reader: Graph, ready: Ready) -> dict[str, Any]:
    """Answers once questions can be answered; says which way functions are compared."""
    found = encoder(ready.settings)
    return {
        "status": "ok",
        "engine": engine_version(),
        "graph_version": str(reader.version()),
        "mode": found.mode,
        "reason": found.reason or None,
    }


@router.get("/metrics", summary="监控指标", response_class=PlainTextResponse)
def metrics(reader: Graph) -> str:
    """Counts of the graph in the text format of Prometheus."""
    lines = ["# TYPE kg_facts gauge"]
    lines += [f'kg_facts{{type="{name}"}} {count}' for name, count in sorted(reader.counts().items())]
    return "\n".join(lines) + "\n"
