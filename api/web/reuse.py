"""Pages on reuse: which systems overlap, and what to reuse for a need."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.needs import NeedWire
from api.web.rendering import page
from api.wiring import Ready
from queries.recommend import recommend

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
ROWS = 50
TOP = 10
Text = Annotated[str, Query(max_length=2000)]


@router.get("/overlaps")
def overlaps_page(
    request: Request,
    ready: Ready,
    kind: Annotated[str, Query(max_length=20)] = "",
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """Pairs of overlapping systems, best first, page by page."""
    found = ready.overlaps()
    if kind:
        found = [overlap for overlap in found if overlap.kind == kind]
    shown = found[skip : skip + ROWS]
    further = skip + ROWS if skip + ROWS < len(found) else 0
    return page(
        request,
        "overlaps.html",
        overlaps=shown,
        kind=kind,
        skip=skip,
        total=len(found),
        further=further,
    )


@router.get("/recommend")
def recommend_page(
    request: Request, ready: Ready, text: Text = "", department: Annotated[str, Query(max_length=100)] = ""
) -> HTMLResponse:
    """What to reuse for a need in a sentence."""
    answer: dict[str, Any] | None = None
    if text.strip():
        answer = recommend(NeedWire(text=text, department=department).need(top=TOP), ready.context())
    return page(request, "recommend.html", text=text, department=department, answer=answer)
