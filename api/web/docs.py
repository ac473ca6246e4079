"""Pages on the HTTP interface: one to read, and one to try requests with; all files come from this server."""

from importlib.resources import files

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from api.web.rendering import page
from kg.errors import NotFoundError

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
PARTS = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@router.get("/docs")
def reference(request: Request) -> HTMLResponse:
    """The HTTP interface, route by route, from its own description."""
    return page(request, "docs.html", description=request.app.openapi())


@router.get("/docs/try")
def trying(request: Request) -> HTMLResponse:
    """The routes to try out in the browser; without scripts it leads to the page to read."""
    # Swagger UI brings its own main.
    answer = page(request, "try.html", room="div")
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


@router.get("/docs/files/{name}")
def part(name: str) -> Response:
    """A file of Swagger UI, as installed. Raises: NotFoundError."""
    if name not in PARTS:
        raise NotFoundError("没有这个文件")
    content = files("fastapi_swagger.resources").joinpath(name).read_bytes()
    return Response(content, media_type=PARTS[name], headers={"Cache-Control": "private, max-age=86400"})
