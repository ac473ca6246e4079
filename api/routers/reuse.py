"""Recommendations and overlaps."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from api.needs import NeedWire
from api.wiring import Graph, Ready
from queries.overlap import overlaps
from queries.recommend import recommend

router = APIRouter(tags=["reuse"])


@router.post("/recommendations", summary="按需求推荐可复用的系统和组件")
def recommendations(reader: Graph, ready: Ready, need: NeedWire) -> dict[str, Any]:
    """Ranked components and systems with every reason's part of the score, or `none` with the reason."""
    return recommend(need.need(top=10), ready.context(reader))


@router.get("/overlaps", summary="现有系统之间的重叠")
def overlaps_route(
    reader: Graph,
    ready: Ready,
    kind: Literal["same", "same_kind", "reskinned", "reuse"] | None = None,
    min_score: Annotated[float | None, Query(ge=0, le=1)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """The best pairs by score, each once."""
    found = overlaps(ready.context(reader), min_score=min_score, kind=kind, top=limit)
    return {"overlaps": [overlap.to_json() for overlap in found]}
