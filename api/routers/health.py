"""Whether the server answers, and its numbers for monitoring."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from api.http.description import PREFIX, answers, failing
from api.http.scopes import READING
from api.http.wiring import Reader, Ready
from api.release import engine_version
from api.wire.health import HealthWire

router = APIRouter(prefix=PREFIX, tags=["运维"], dependencies=READING)
TEXT = "text/plain; version=0.0.4; charset=utf-8"
"""Source: Prometheus exposition formats, text format 0.0.4."""


@router.get("/health", summary="是否可用", **answers(HealthWire))
def health(reader: Reader, ready: Ready) -> Response:
    """能答复查询时答复；说明功能按语义还是按字面比对。"""
    found = ready.context().encoder
    return JSONResponse(
        {
            "status": "ok",
            "engine": engine_version(),
            "graph_version": str(reader.version()),
            "mode": found.mode,
            "reason": found.reason or None,
        }
    )


@router.get("/metrics", summary="监控指标", response_class=PlainTextResponse, responses=failing())
def metrics(request: Request, reader: Reader) -> Response:
    """Prometheus 文本格式：图谱规模、请求数、各路径耗时、限流、查重结论和排队。"""
    state = request.app.state
    text = state.metrics.text(
        reader.counts(),
        version=reader.version(),
        engine=engine_version(),
        queue=state.checks.load(),
        limited=state.rates.refused() + state.local_rates.refused(),
    )
    return Response(text, media_type=TEXT)
