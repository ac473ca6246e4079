"""Bounds how many requests are at work at a time; who comes later is told so at once."""

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import problem

WATCHED = frozenset({"/api/v1/health", "/api/v1/metrics"})
"""Answered however many are at work: whoever watches the server must see that it is full."""


class Crowd:
    """Answers 503 with Retry-After while `most` requests are at work."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self._app = app
        self._most = most
        self._inside = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in WATCHED:
            await self._app(scope, receive, send)
            return
        if self._inside >= self._most:
            full = problem(503, "同时处理的请求过多，请稍后再试", headers={"Retry-After": "1"})
            await full(scope, receive, send)
            return
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1
