"""The door of the application: refuses whom it must, and sets the headers that browsers heed."""

import logging
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import one_line
from api.http.access import FILES, LOGIN, Access, Refusal
from api.http.problems import problem, wants_page
from api.http.rates import Rates
from api.http.scopes import CALLER
from api.web.rendering import page
from kg.errors import StoreError

log = logging.getLogger(__name__)

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Without a referrer at all, browsers send forms with the origin "null", which looks like another site.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Guard:
    """Answers refused requests itself; every answer gets the headers it does not set."""

    def __init__(self, app: ASGIApp, *, access: Access, rates: Rates, local_rates: Rates) -> None:
        self._app = app
        self._access = access
        self._rates = rates
        self._local_rates = local_rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith(FILES):
                    headers.setdefault("Cache-Control", "private, no-cache")
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._door(scope)(scope, receive, told)

    def _door(self, scope: Scope) -> ASGIApp:
        """What answers the request: the application, which then knows who is calling, or the refusal."""
        request = Request(scope)
        try:
            admitted = self._access.admit(request)
        except StoreError as error:
            log.error("%s", error)
            return problem(503, one_line(error))
        mark = "" if isinstance(admitted, Refusal) else admitted.mark
        if wait := self._wait(request, mark):
            told = _answer(request, Refusal(429, "请求过于频繁，请稍后再试"))
            told.headers["Retry-After"] = str(wait)
            return told
        if isinstance(admitted, Refusal):
            return _answer(request, admitted)
        scope[CALLER] = admitted
        return self._app

    def _wait(self, request: Request, mark: str) -> int:
        """Seconds until the caller may ask again, by its key, or by its address where it has none."""
        if mark:
            return self._rates.wait(mark)
        return self._local_rates.wait(request.client.host if request.client else "")


def _answer(request: Request, refused: Refusal) -> Response:
    if not wants_page(request):
        challenge = {"WWW-Authenticate": 'ApiKey realm="kg"'} if refused.status == 401 else {}
        return problem(refused.status, refused.detail, headers=challenge)
    if refused.status == 401:
        asked = request.scope["path"]
        query = request.url.query
        return RedirectResponse(f"{LOGIN}?to={quote(f'{asked}?{query}' if query else asked, safe='')}", 303)
    return page(request, "error.html", status=refused.status, title="未能完成", detail=refused.detail)
