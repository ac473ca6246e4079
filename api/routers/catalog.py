"""Lists of systems, components and organizations, page by page; and the whole graph as a file."""

from io import StringIO
from itertools import islice
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.wiring import Reader
from kg.exchange import write_gexf, write_graphml, write_jsonl
from kg.model import EntityId
from kg.store.canonical import CanonicalReader

router = APIRouter(tags=["catalog"])
Limit = Annotated[int, Query(ge=1, le=500)]
Cursor = Annotated[str | None, Query(max_length=200)]
WRITERS = {"jsonl": write_jsonl, "graphml": write_graphml, "gexf": write_gexf}


def _page(reader: CanonicalReader, entity_type: str, limit: int, *, cursor: str | None) -> dict[str, Any]:
    after = EntityId(cursor) if cursor else None
    found = list(islice(reader.entities(entity_type=entity_type, after=after), limit + 1))
    items = [{"id": entity.id, "type": entity.type, "name": entity.name} for entity in found[:limit]]
    return {"items": items, "next": items[-1]["id"] if len(found) > limit else None}


@router.get("/systems", summary="信息系统")
def systems(reader: Reader, limit: Limit = 50, cursor: Cursor = None) -> dict[str, Any]:
    """Systems by id."""
    return _page(reader, "System", limit, cursor=cursor)


@router.get("/components", summary="可复用组件")
def components(reader: Reader, limit: Limit = 50, cursor: Cursor = None) -> dict[str, Any]:
    """Components by id."""
    return _page(reader, "Component", limit, cursor=cursor)


@router.get("/organizations", summary="单位")
def organizations(reader: Reader, limit: Limit = 50, cursor: Cursor = None) -> dict[str, Any]:
    """Organizations by id."""
    return _page(reader, "Organization", limit, cursor=cursor)


@router.get("/exports/{form}", summary="导出全图")
def export(reader: Reader, form: Literal["jsonl", "graphml", "gexf"]) -> Response:
    """The whole graph as one file."""
    text = StringIO()
    WRITERS[form](reader, text)
    disposition = {"Content-Disposition": f'attachment; filename="graph.{form}"'}
    return Response(text.getvalue().encode(), media_type="application/octet-stream", headers=disposition)
