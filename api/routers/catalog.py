"""Lists of systems, components and organizations, page by page; and the whole graph as a file."""

from collections.abc import Iterator
from itertools import islice
from typing import IO, Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.background import BackgroundTask

from api.http.caching import Tagged
from api.http.description import PREFIX, UNCHANGED, Responses, answers, failing
from api.http.exports import FILES, Form, export_file
from api.http.scopes import READING
from api.http.wiring import Reader, Ready
from api.wire.graph import EntityPage
from kg.model import EntityId
from kg.store.canonical import CanonicalReader

router = APIRouter(prefix=PREFIX, tags=["目录"], route_class=Tagged, dependencies=READING)
Limit = Annotated[int, Query(ge=1, le=500)]
Cursor = Annotated[str | None, Query(max_length=400, description="上一页答复中的 next")]
LIST = answers(EntityPage, more=UNCHANGED)
DOWNLOAD: Responses = {
    200: {
        "description": "文件：jsonl、graphml、gexf、html，csv 为含两张表的 zip",
        "content": {media: {"schema": {"type": "string"}} for _, media in FILES.values()},
    }
}
PIECE = 1 << 18


def _page(reader: CanonicalReader, entity_type: str, limit: int, *, cursor: str | None) -> Response:
    after = EntityId(cursor) if cursor else None
    found = list(islice(reader.entities(entity_type=entity_type, after=after), limit + 1))
    items = [{"id": entity.id, "type": entity.type, "name": entity.name} for entity in found[:limit]]
    return JSONResponse({"items": items, "next": items[-1]["id"] if len(found) > limit else None})


@router.get("/systems", summary="信息系统", **LIST)
def systems(reader: Reader, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """按 id 排序，逐页取。"""
    return _page(reader, "System", limit, cursor=cursor)


@router.get("/components", summary="可复用组件", **LIST)
def components(reader: Reader, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """按 id 排序，逐页取。"""
    return _page(reader, "Component", limit, cursor=cursor)


@router.get("/organizations", summary="单位", **LIST)
def organizations(reader: Reader, limit: Limit = 50, cursor: Cursor = None) -> Response:
    """按 id 排序，逐页取。"""
    return _page(reader, "Organization", limit, cursor=cursor)


@router.get(
    "/exports/{format}",
    summary="导出全图",
    response_class=StreamingResponse,
    response_model=None,
    responses=DOWNLOAD | UNCHANGED | failing(),
)
def export(
    ready: Ready,
    format: Form,  # noqa: A002 - the name of the parameter
    *,
    derived: Annotated[bool, Query(description="连同推算的关系（html 除外）")] = False,
) -> Response:
    """全图一个文件：条目用各自的 id，不合并；html 画出关系最多的部分。"""
    name, media = FILES[format]
    file = export_file(ready, format, include_derived=derived)
    return StreamingResponse(
        _pieces(file),
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
        background=BackgroundTask(file.close),
    )


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
