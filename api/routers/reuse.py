"""Recommendations and overlaps."""

import base64
import binascii
import json
from bisect import bisect_right
from typing import Annotated, TypeAlias

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from api.http.caching import Tagged
from api.http.description import PREFIX, UNCHANGED, answers
from api.http.scopes import READING
from api.http.wiring import Ready
from api.needs import NeedWire
from api.wire.reuse import KindWire, OverlapsWire, RecommendationsWire
from kg.errors import ValidationError
from queries.overlap import Overlap
from queries.recommend import recommend

router = APIRouter(prefix=PREFIX, tags=["复用"], route_class=Tagged)
Place: TypeAlias = tuple[float, str, str]
"""Where a pair stands in the list: best score first, then by ids."""


@router.post(
    "/recommendations",
    summary="按需求推荐可复用的系统和组件",
    dependencies=READING,
    **answers(RecommendationsWire, 400, 408, 413),
)
def recommendations(ready: Ready, need: NeedWire) -> Response:
    """排序的组件和系统，得分的每一部分都有理由；没有合适的就在 none 中说明原因。"""
    asked = need.need(top=10)
    body = ready.remembered(asked, lambda: bytes(JSONResponse(recommend(asked, ready.context())).body))
    return Response(body, media_type="application/json")


@router.get(
    "/overlaps", summary="现有系统之间的重叠", dependencies=READING, **answers(OverlapsWire, more=UNCHANGED)
)
def overlaps_route(
    ready: Ready,
    kind: Annotated[KindWire | None, Query(description="只要一种")] = None,
    min_score: Annotated[float | None, Query(ge=0, le=1)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=2000, description="上一页答复中的 next")] = None,
) -> Response:
    """得分最高的成对系统，每对一次。"""
    found = ready.overlaps()
    if min_score is not None:
        found = found[: bisect_right(found, -min_score, key=lambda overlap: -overlap.score)]
    if kind is not None:
        found = [overlap for overlap in found if overlap.kind == kind]
    start = bisect_right(found, _said(cursor), key=_place) if cursor else 0
    shown = found[start : start + limit]
    more = _cursor(shown[-1]) if start + limit < len(found) else None
    return JSONResponse({"overlaps": [overlap.to_json() for overlap in shown], "next": more})


def _place(overlap: Overlap) -> Place:
    return -overlap.score, overlap.a.id, overlap.b.id


def _cursor(overlap: Overlap) -> str:
    return base64.urlsafe_b64encode(json.dumps(_place(overlap)).encode()).decode()


def _said(cursor: str) -> Place:
    try:
        score, a, b = json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
        return float(score), str(a), str(b)
    except (binascii.Error, ValueError, TypeError) as error:
        raise ValidationError("翻页标记无效，请从第一页重新查询") from error
