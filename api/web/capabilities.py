"""The page of capabilities: what systems do, and how many of them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from api.http.scopes import READING
from api.http.wiring import Ready
from api.web.rendering import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=READING)
ROWS = 50


@router.get("/capabilities")
def capabilities_page(
    request: Request,
    ready: Ready,
    q: Annotated[str, Query(max_length=200)] = "",
    skip: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> HTMLResponse:
    """Capabilities, those that most systems have first, page by page."""
    found = ready.capabilities().search(q)
    return page(
        request,
        "capabilities.html",
        q=q,
        rows=[one.to_json() for one in found[skip : skip + ROWS]],
        total=len(found),
        further=skip + ROWS if skip + ROWS < len(found) else 0,
    )
