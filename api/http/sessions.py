"""Browser sessions: tokens that a login hands out for a key; they end with it, the server, or the day."""

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

COOKIE = "kg_session"
LIFE = 8 * 3600
"""Seconds a login lasts."""
TRIES = 10
PER = 60.0
CALLERS = 1000


class Sessions:
    """Signs and checks tokens with a secret that never leaves this process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._secret = secrets.token_bytes(32)
        self._clock = clock

    def token(self, mark: str) -> str:
        """A new token for the key with this mark, valid for LIFE seconds."""
        body = f"{int(self._clock()) + LIFE}.{secrets.token_urlsafe(12)}.{mark}"
        return f"{body}.{self._signature(body)}"

    def mark(self, token: str) -> str:
        """The mark of the key that the token was given for; "" unless signed here and still valid."""
        body, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(body).encode()):
            return ""
        until, _, mark = body.split(".")
        return mark if int(until) > self._clock() else ""

    def _signature(self, body: str) -> str:
        return hmac.new(self._secret, body.encode(), hashlib.sha256).hexdigest()


class Attempts:
    """Failed logins by caller; after TRIES within PER seconds a caller has to wait."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def exhausted(self, caller: str) -> bool:
        """Whether the caller has to wait before trying again."""
        since = self._clock() - PER
        with self._lock:
            return sum(at > since for at in self._failed.get(caller, ())) >= TRIES

    def failed(self, caller: str) -> None:
        """Counts one failure; the callers longest unseen are forgotten."""
        with self._lock:
            earlier = self._failed.pop(caller, [])
            self._failed[caller] = [*earlier[1 - TRIES :], self._clock()]
            while len(self._failed) > CALLERS:
                self._failed.popitem(last=False)
