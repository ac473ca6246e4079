"""What the systems of the estate do, grouped."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response

from api.http.caching import Tagged
from api.http.description import PREFIX, UNCHANGED, answers
from api.http.scopes import READING
from api.http.wiring import Ready
from api.wire.capabilities import CapabilityPage
from kg.errors import ValidationError

router = APIRouter(prefix=PREFIX, tags=["复用"], route_class=Tagged)


@router.get(
    "/capabilities",
    summary="能力清单：各系统都在做什么",
    dependencies=READING,
    **answers(CapabilityPage, more=UNCHANGED),
)
def capabilities_route(
    ready: Ready,
    q: Annotated[str, Query(max_length=200, description="名称或功能中的一段", examples=["养老"])] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    cursor: Annotated[str | None, Query(max_length=400, description="上一页答复中的 next")] = None,
) -> Response:
    """做的系统最多的在前，各系统自带的在最后；一项能力的全部系统见 /entities/{id}。"""
    found = ready.capabilities().search(q)
    ids = [str(one.id) for one in found]
    if cursor is not None and cursor not in ids:
        raise ValidationError("翻页标记无效，请从第一页重新查询")
    start = ids.index(cursor) + 1 if cursor is not None else 0
    shown = found[start : start + limit]
    more = shown[-1].id if start + limit < len(found) else None
    items = [one.to_json() for one in shown]
    return JSONResponse({"items": items, "total": len(found), "next": more})
