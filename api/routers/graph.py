"""Search, entities with their evidence, and their relations."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from api.capabilities import entity_document, shown_entity
from api.http.caching import Tagged
from api.http.description import MERGED, PREFIX, UNCHANGED, answers
from api.http.moved import moved_path, moved_query
from api.http.scopes import READING
from api.http.wiring import Reader, Ready
from api.wire.graph import EntityWire, HitPage, RelationPage
from kg.model import EntityId
from queries.links import links
from queries.naming import meant
from queries.search import search

router = APIRouter(prefix=PREFIX, tags=["图谱"], route_class=Tagged, dependencies=READING)
Asked = Annotated[
    str, Query(min_length=1, max_length=400, description="ID、名称或别名", examples=["统一身份认证平台"])
]
Cursor = Annotated[str | None, Query(max_length=2000, description="上一页答复中的 next")]
ONE = UNCHANGED | MERGED


@router.get("/search", summary="按名称、别名或片段查找", **answers(HitPage, more=UNCHANGED))
def search_route(
    reader: Reader,
    q: Annotated[str, Query(min_length=1, max_length=200, description="两个字起", examples=["养老"])],
    type: Annotated[str | None, Query(max_length=40, examples=["System"])] = None,  # noqa: A002 - the name of the parameter
    limit: Annotated[int, Query(ge=1, le=200)] = 10,
    cursor: Annotated[str | None, Query(max_length=40, description="上一页答复中的 next")] = None,
) -> Response:
    """按相关度从高到低；名称完全相同的在最前。"""
    return JSONResponse(search(reader, q, entity_type=type, limit=limit, cursor=cursor).to_json())


@router.get("/entities/{entity_id:path}", summary="一个条目及其依据", **answers(EntityWire, 404, more=ONE))
def entity_route(
    request: Request, ready: Ready, entity_id: Annotated[str, Path(examples=["asset-5f1f55bab9dc99a4"])]
) -> Response:
    """条目的每个值都带出处；已合并的 id 永久转到合并后的 id（308）。id 中的 / 和 % 须转义。"""
    moved = moved_path(ready.reader, entity_id, request=request)
    return moved or JSONResponse(entity_document(ready, shown_entity(ready, EntityId(entity_id))))


@router.get("/relations", summary="一个条目的关系", **answers(RelationPage, 404, more=ONE))
def relations_route(
    request: Request,
    reader: Reader,
    entity: Asked,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
    cursor: Cursor = None,
) -> Response:
    """条目的全部关系及出处，先出后入，逐页取。"""
    moved = moved_query(reader, entity, request=request)
    if moved:
        return moved
    found = links(reader, meant(reader, entity).id, limit=limit, cursor=cursor)
    return JSONResponse(found.to_json())
