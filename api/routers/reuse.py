"""Recommendations and overlaps."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query

from api.needs import NeedWire
from api.wiring import Ready
from queries.recommend import recommend

router = APIRouter(tags=["reuse"])


@router.post("/recommendations", summary="按需求推荐可复用的系统和组件")
def recommendations(ready: Ready, need: NeedWire) -> dict[str, Any]:
    """Ranked components and systems with every reason's part of the score, or `none` with the reason."""
    return recommend(need.need(top=10), ready.context())


@router.get("/overlaps", summary="现有系统之间的重叠")
def overlaps_route(
    ready: Ready,
    kind: Literal["same", "same_kind", "reskinned", "reuse"] | None = None,
    min_score: Annotated[float | None, Query(ge=0, le=1)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """The best pairs by score, each once."""
    found = [
        overlap
        for overlap in ready.overlaps()
        if (kind is None or overlap.kind == kind) and (min_score is None or overlap.score >= min_score)
    ][:limit]
    return {"overlaps": [overlap.to_json() for overlap in found]}
