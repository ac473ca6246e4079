"""Who may ask: this machine while no keys are set, else who gives a key or has logged in."""

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.requests import Request

from api.addresses import ip, is_local
from api.http.sessions import COOKIE, Sessions

READING = frozenset({"GET", "HEAD", "OPTIONS"})
LOGIN = "/login"
FILES = "/static/"
"""With the login page, all that a browser is given before it has logged in."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: int
    detail: str


class Access:
    """Decides on requests; `keys` empty means that only this machine may ask."""

    def __init__(self, keys: tuple[str, ...], sessions: Sessions) -> None:
        self._keys = keys
        self._sessions = sessions

    @property
    def keyed(self) -> bool:
        """Whether keys are set."""
        return bool(self._keys)

    def refusal(self, request: Request) -> Refusal | None:
        """Why the request must not be answered; None when it may."""
        if not self._keys:
            return _not_from_here(request) or _cross_site(request)
        if self.is_key(_given_key(request)):
            return None
        path = request.scope["path"]
        if path == LOGIN or path.startswith(FILES) or self._sessions.valid(request.cookies.get(COOKIE, "")):
            return _cross_site(request)
        return Refusal(401, "请在 X-API-Key 请求头中给出密钥")

    def is_key(self, given: bytes) -> bool:
        """Whether `given` is one of the keys in UTF-8; takes as long for each."""
        digest = _digest(given)
        return any([hmac.compare_digest(digest, _digest(key.encode())) for key in self._keys])  # noqa: C419 - all are compared


def _digest(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()


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
        return Refusal(403, "未设置密钥时只回答本机的请求；请设置 KG_API_KEYS")
    if is_local(_hostname(request.headers.get("host", ""))):
        return None
    return Refusal(403, "请用 127.0.0.1 或 localhost 访问；以其他名称访问须设置 KG_API_KEYS")


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
