"""Who may ask: this machine while there are no keys, else who gives a key or has logged in."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from api.addresses import ip, is_local
from api.http.sessions import COOKIE, Sessions
from api.keys.caller import HERE, Caller
from api.keys.ring import Ring

READING = frozenset({"GET", "HEAD", "OPTIONS"})
LOGIN = "/login"
FILES = "/static/"
"""With the login page, all that a browser is given before it has logged in."""


VISITOR = Caller("", frozenset())
"""Somebody who has not said yet who he is."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: int
    detail: str


class Access:
    """Decides on requests; while the ring holds no keys, only this machine may ask."""

    def __init__(self, ring: Ring, sessions: Sessions) -> None:
        self._ring = ring
        self._sessions = sessions

    @property
    def keyed(self) -> bool:
        """Whether keys are set."""
        return self._ring.keyed

    def admit(self, request: Request) -> Caller | Refusal:
        """Who is calling, or why the request must not be answered.

        Raises: StoreError when the file of keys cannot be read.
        """
        if not self._ring.keyed:
            return _not_from_here(request) or _cross_site(request) or HERE
        if holder := self._ring.who(_given_key(request)):
            return holder
        path = request.scope["path"]
        mark = self._sessions.mark(request.cookies.get(COOKIE, ""))
        visitor = (self._ring.marked(mark) if mark else None) or (VISITOR if _open(path) else None)
        return (
            (_cross_site(request) or visitor) if visitor else Refusal(401, "请在 X-API-Key 请求头中给出密钥")
        )

    def who(self, given: bytes) -> Caller | None:
        """Who holds the key given in UTF-8; None for no key of these."""
        return self._ring.who(given)


def _open(path: str) -> bool:
    return path == LOGIN or path.startswith(FILES)


def _given_key(request: Request) -> bytes:
    """The key in X-API-Key, or as a bearer token; empty for none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given = request.headers.get("x-api-key") or (token.strip() if scheme.lower() == "bearer" else "")
    # Header values arrive as one character for each byte.
    return given.encode("latin-1")


def _not_from_here(request: Request) -> Refusal | None:
    """Refuses other machines, and names that only pretend to be this one (DNS rebinding).

    A caller without an IP address is in this process or on a socket file.
    """
    caller = request.client.host if request.client else ""
    if ip(caller) is None:
        return None
    if not is_local(caller):
        return Refusal(403, "未设置密钥时只回答本机的请求；请用 kg keys add 建立密钥")
    if is_local(_hostname(request.headers.get("host", ""))):
        return None
    return Refusal(403, "请用 127.0.0.1 或 localhost 访问；以其他名称访问须设密钥（kg keys add）")


def _hostname(host: str) -> str:
    """The name in a Host header without its port; "" when there is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _cross_site(request: Request) -> Refusal | None:
    """Refuses what a page of another site makes a browser send."""
    if request.method in READING:
        return None
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    foreign = site is not None and site not in {"same-origin", "none"}
    if origin is not None:
        foreign |= origin.partition("://")[2].lower() != request.headers.get("host", "").lower()
    return Refusal(403, "不接受其他网站发起的请求") if foreign else None
