"""The login for browsers: a key is exchanged for a session cookie that scripts cannot read."""

import logging
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from api.http.access import LOGIN
from api.http.sessions import COOKIE, LIFE
from api.web.rendering import page

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
log = logging.getLogger(__name__)
HOME = "/"


@router.get(LOGIN)
def login_page(request: Request, to: Annotated[str, Query(max_length=2000)] = HOME) -> HTMLResponse:
    """The form; `to` is the page that was asked for."""
    return page(request, "login.html", to=_inside(to), error="")


@router.post(LOGIN)
def login(
    request: Request,
    key: Annotated[str, Form(max_length=1000)],
    to: Annotated[str, Form(max_length=2000)] = HOME,
) -> Response:
    """Hands out a session for a key; too many wrong ones make the caller wait."""
    caller = request.client.host if request.client else ""
    attempts = request.app.state.attempts
    if attempts.exhausted(caller):
        return page(request, "login.html", status=429, to=_inside(to), error="尝试次数过多，请一分钟后再试")
    holder = request.app.state.access.who(key.strip().encode())
    if holder is None:
        attempts.failed(caller)
        log.warning("login refused for %s", caller)
        return page(request, "login.html", status=403, to=_inside(to), error="密钥不对")
    answer = RedirectResponse(_inside(to), status_code=303)
    answer.set_cookie(
        COOKIE,
        request.app.state.sessions.token(holder.mark),
        max_age=LIFE,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post("/logout")
def logout() -> Response:
    """Takes the cookie back."""
    answer = RedirectResponse(LOGIN, status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


def _inside(to: str) -> str:
    """The address when it is a page of this server, else the first page."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) else HOME
