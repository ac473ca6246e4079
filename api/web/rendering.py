"""Renders the pages from their templates; every word of the data is escaped."""

from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from api import labels
from api.http.sessions import COOKIE
from api.reports.words import grouped, heading, kind, yuan


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("api.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "kind": kind,
        "yuan": yuan,
        "grouped": grouped,
        "heading": heading,
        "part": path_part,
        "type": labels.type_label,
        "step": labels.step_label,
        "basis": labels.basis_label,
    }
    return environment


def page(request: Request, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """One page from its template; `room` names the element around its content, main where not given."""
    shown = {
        "here": request.scope["path"],
        "signed_in": COOKIE in request.cookies and request.app.state.access.keyed,
        "status": status,
        "room": "main",
    }
    text = _environment().get_template(name).render(shown | values)
    return HTMLResponse(text, status_code=status)


def path_part(text: str) -> str:
    """An id as one part of a path: slashes, percent signs and all else escaped."""
    return quote(text, safe="")
