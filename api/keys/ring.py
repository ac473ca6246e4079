"""All keys that open something here: those of the file and those of the environment."""

import hmac
import logging
from collections.abc import Callable
from datetime import UTC, date, datetime

from api.keys.caller import Caller
from api.keys.digest import digest_of, mark_of
from api.keys.file import KeyFile
from api.keys.key import Key
from api.keys.scopes import EVERY
from kg.errors import StoreError

log = logging.getLogger(__name__)
FROM_SETTINGS = "环境变量"
"""The name under which keys without a name of their own act."""


def utc_day() -> date:
    """The day it is in Greenwich."""
    return datetime.now(UTC).date()


class Ring:
    """Tells who holds a key. The file is looked at anew each time, so what is revoked opens nothing more."""

    def __init__(
        self,
        settings_keys: tuple[str, ...] = (),
        file: KeyFile | None = None,
        today: Callable[[], date] = utc_day,
    ) -> None:
        self._fixed = tuple(digest_of(key.encode()) for key in settings_keys)
        self._file = file
        self._today = today
        self._latest = date.min
        self._ended: set[str] = set()

    @property
    def keyed(self) -> bool:
        """Whether any key was ever made: to revoke the last one opens no door. Raises: StoreError."""
        return bool(self._fixed or self._kept())

    def who(self, given: bytes) -> Caller | None:
        """Who holds the key given in UTF-8, None for no key of these; takes as long for each."""
        return self._matching(digest_of(given), whole=True) if given else None

    def marked(self, mark: str) -> Caller | None:
        """Who holds the key with this mark; None when it opens nothing any more."""
        return self._matching(mark, whole=False)

    def _matching(self, shown: str, *, whole: bool) -> Caller | None:
        found = None
        for digest, caller in self._open():
            if hmac.compare_digest(shown, digest if whole else mark_of(digest)):
                found = caller
        return found

    def _open(self) -> list[tuple[str, Caller]]:
        """Every key that opens something today."""
        # A clock that goes back lets no key in that was already refused.
        self._latest = today = max(self._latest, self._today())
        kept = self._kept()
        self._end([key for key in kept if key.state(today) == "expired" and key.ended is None], today)
        fixed = [(digest, Caller(FROM_SETTINGS, EVERY, mark_of(digest))) for digest in self._fixed]
        return fixed + [
            (key.digest, Caller(key.name, key.scopes, mark_of(key.digest)))
            for key in kept
            if key.state(today) == "active" and key.digest not in self._ended
        ]

    def _end(self, run_out: list[Key], today: date) -> None:
        """Keeps in the file, and here should that fail, that these have run out."""
        fresh = {key.digest for key in run_out} - self._ended
        if not fresh or self._file is None:
            return
        self._ended |= fresh
        try:
            self._file.end(today)
        except StoreError as error:
            log.warning("expired keys are not noted: %s", error)

    def _kept(self) -> tuple[Key, ...]:
        return self._file.keys() if self._file else ()
