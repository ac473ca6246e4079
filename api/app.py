"""The web application: JSON routes under /api/v1 and pages for people."""

import hmac
from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.responses import Response

from api.bootstrap import engine_version
from api.graph import Graph
from api.problems import handle_problems, problem
from api.routers import ROUTERS
from api.settings import Settings
from api.uploads import Shelf
from api.web import pages

POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
Next = Callable[[Request], Awaitable[Response]]


def create_app(settings: Settings | None = None, *, graph: Graph | None = None) -> FastAPI:
    """The application over the store of the settings; with API keys set, every API route asks for one."""
    chosen = settings or Settings()
    app = FastAPI(
        title="复用图谱",
        version=engine_version(),
        description="发现重复建设，推荐可复用的系统和组件，回答影响面。",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.graph = graph or Graph(chosen)
    app.state.shelf = Shelf()
    handle_problems(app)
    for router in ROUTERS:
        app.include_router(router, prefix="/api/v1")
    app.include_router(pages.router)

    @app.middleware("http")
    async def guard(request: Request, call_next: Next) -> Response:
        keys = chosen.keys()
        if keys and not _has_key(request, keys):
            return problem(401, "请在 X-API-Key 请求头中给出密钥")
        response = await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return app


def _has_key(request: Request, keys: tuple[str, ...]) -> bool:
    given = request.headers.get("x-api-key", "").encode()
    return any([hmac.compare_digest(given, key.encode()) for key in keys])  # noqa: C419 - all are compared
