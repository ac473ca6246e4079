"""Pages on reuse: which systems overlap, and what to reuse for a need."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.http.moved import moved_query
from api.http.scopes import READING
from api.http.wiring import Ready
from api.needs import NeedWire
from api.web.rendering import page
from kg.model import EntityId
from queries.overlap import Overlap
from queries.recommend import recommend

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=READING)
ROWS = 50
TOP = 10
Text = Annotated[str, Query(max_length=2000)]


@router.get("/overlaps")
def overlaps_page(
    request: Request,
    ready: Ready,
    kind: Annotated[str, Query(max_length=20)] = "",
    entity: Annotated[str, Query(max_length=400)] = "",
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Pairs of overlapping systems, best first, page by page; of one system where `entity` names it."""
    moved = moved_query(ready.reader, entity, request=request) if entity else None
    if moved:
        return moved
    found = _chosen(ready.overlaps(), kind, entity)
    return page(
        request,
        "overlaps.html",
        overlaps=found[skip : skip + ROWS],
        kind=kind,
        root=ready.reader.get([EntityId(entity)]).get(EntityId(entity)) if entity else None,
        skip=skip,
        total=len(found),
        further=skip + ROWS if skip + ROWS < len(found) else 0,
    )


def _chosen(found: list[Overlap], kind: str, entity: str) -> list[Overlap]:
    if kind:
        found = [overlap for overlap in found if overlap.kind == kind]
    if entity:
        found = [overlap for overlap in found if entity in (overlap.a.id, overlap.b.id)]
    return found


@router.get("/recommend")
def recommend_page(
    request: Request, ready: Ready, text: Text = "", department: Annotated[str, Query(max_length=100)] = ""
) -> HTMLResponse:
    """What to reuse for a need in a sentence."""
    answer: dict[str, Any] | None = None
    if text.strip():
        answer = recommend(NeedWire(text=text, department=department).need(top=TOP), ready.context())
    return page(request, "recommend.html", text=text, department=department, answer=answer)
