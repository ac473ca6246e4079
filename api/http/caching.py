"""Answers that need not be sent again: one tag for each address and state of the graph."""

import hashlib
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from api.http.scopes import Requires
from api.release import engine_version
from api.settings import Settings

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
KEEP = {"Cache-Control": "private, no-cache"}


class Tagged(APIRoute):
    """A route whose answers carry an ETag, and are left out (304) when the caller has them already.

    A tag is made of the address and the state of the graph, so who shows it was answered here before.
    """

    def get_route_handler(self) -> Handler:
        """The handler of the framework with the tag around it; of GET only."""
        answer = super().get_route_handler()
        if self.methods != {"GET"}:
            return answer
        asked = [one.dependency for one in self.dependencies if isinstance(one.dependency, Requires)]

        async def tagged(request: Request) -> Response:
            for scope in asked:
                await scope(request)
            tag = await run_in_threadpool(_tag, request)
            known = request.headers.get("if-none-match", "")
            if _named(known, tag):
                return Response(status_code=304, headers={"ETag": tag, **KEEP})
            response = await answer(request)
            if response.status_code != 200:
                return response
            if known.strip() == "*":
                if response.background:
                    await response.background()
                return Response(status_code=304, headers={"ETag": tag, **KEEP})
            response.headers.update({"ETag": tag, **KEEP})
            return response

        return tagged


def engine_mark(settings: Settings) -> str:
    """Changes with the program and with the sentence model, as answers then may."""
    folder = settings.model
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return "\n".join([engine_version(), *(f"{file.name} {file.stat().st_size}" for file in files)])


def _tag(request: Request) -> str:
    with request.app.state.graph.view() as view:
        state = view.identity
    address = f"{request.scope['path']}?{request.url.query}"
    said = "\n".join([state, request.app.state.mark, address])
    return f'"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def _named(known: str, tag: str) -> bool:
    """Whether the header If-None-Match names the tag, weak or strong."""
    return tag in {one.strip().removeprefix("W/") for one in known.split(",")}
