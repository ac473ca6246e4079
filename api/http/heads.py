"""HEAD for every route that answers GET: the same headers without the content."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Heads:
    """Lets the application answer GET and sends none of the body. Source: RFC 9110, section 9.3.2."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            empty = {"body": b""} if message["type"] == "http.response.body" else {}
            await send({**message, **empty})

        # A copy, because the server looks at the method in its own scope to know that no body follows.
        asked = {**scope, "method": "GET"}
        try:
            await self._app(asked, receive, without_body)
        finally:
            scope["route"] = asked.get("route")
