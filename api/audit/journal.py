"""Appends to the audit log: whole lines, on the disk when told, one process at a time."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from api.audit.act import Act, Actor
from api.audit.head import Head, read_head, write_head
from api.audit.lines import FIRST, Line, digest, line_bytes, read_line
from kg.errors import StoreError

TAIL = 1 << 16
"""Bytes read at first to find the last line."""


def utc_now() -> str:
    """The time by this machine's clock, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Journal:
    """The audit log of one store. Lines are added and never changed; only its owner may read them."""

    def __init__(self, path: Path, now: Callable[[], str] = utc_now) -> None:
        self.path = path
        self._now = now

    def ready(self) -> None:
        """Makes sure that what is about to be done can be told. Raises: StoreError."""
        with self._alone():
            pass

    def append(self, act: Act, actor: Actor) -> None:
        """Adds a line, on the disk when this returns. Raises: StoreError.

        A line that was cut short is kept where it is and named by its hash in the new one. What is missing
        according to the head is told in the new line too, for whoever verifies.
        """
        with self._alone() as handle:
            last, rest = _last(handle)
            head = _kept(self.path)
            if last and head.last == last.before:
                # A process ended between a line and its head; left so, the next could put it two behind.
                head = Head(last.number, last.digest)
                write_head(self.path, head)
            number = last.number + 1 if last else 1
            chained = {"n": number, "prev": last.digest if last else FIRST}
            raw = line_bytes(chained | self._told(act, actor) | _torn(rest) | _gap(head, last))
            _write(handle, (b"" if _ended(handle) else b"\n") + raw + b"\n")
            write_head(self.path, Head(number, digest(raw)))

    def _told(self, act: Act, actor: Actor) -> dict[str, object]:
        told = {
            "at": self._now(),
            "who": actor.who,
            "via": actor.via,
            "what": act.what,
            "outcome": act.outcome,
        }
        more = {"run": act.run, "inputs": list(act.inputs), "details": dict(act.details)}
        return told | {name: value for name, value in more.items() if value}

    @contextmanager
    def _alone(self) -> Iterator[int]:
        """The file, made where it is missing, held against other writers. Raises: StoreError."""
        try:
            handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                yield handle
            finally:
                os.close(handle)
        except OSError as error:
            raise StoreError(
                f"审计日志 {self.path} 无法写入（{error.strerror}），操作未记录；"
                "请检查权限和磁盘空间，或用 KG_AUDIT_FILE 指定别处"
            ) from error


def _kept(log: Path) -> Head:
    """The head; that of an empty log where there is none, that of no log where it is damaged."""
    try:
        return read_head(log) or Head(0, FIRST)
    except StoreError:
        return Head(0, "")


def _gap(head: Head, last: Line | None) -> dict[str, object]:
    """What the head promises and the log does not hold; nothing when they agree."""
    agrees = head.last == (last.digest if last else FIRST)
    return {} if agrees else {"gap": {"count": head.count or None}}


def _torn(rest: bytes) -> dict[str, object]:
    return {"torn": digest(rest.removesuffix(b"\n"))} if rest.strip() else {}


def _last(handle: int) -> tuple[Line | None, bytes]:
    """The last whole line, if only its end is missing too, and the bytes that a cut write left after it."""
    size = os.fstat(handle).st_size
    length = TAIL
    while True:
        start = max(0, size - length)
        raw = os.pread(handle, size - start, start)
        found = _last_in(raw, whole=start == 0)
        if found is not None or start == 0:
            return found or (None, raw)
        length *= 4


def _last_in(raw: bytes, *, whole: bool) -> tuple[Line, bytes] | None:
    """The last line among these bytes and what follows it; None when they hold no line from its beginning."""
    pieces = raw.split(b"\n")
    first = 0 if whole else 1
    for index in range(len(pieces) - 1, first - 1, -1):
        line = read_line(pieces[index])
        if line is not None:
            return line, b"\n".join(pieces[index + 1 :])
    return None


def _ended(handle: int) -> bool:
    """Whether the file is empty or its last line is ended."""
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def _write(handle: int, raw: bytes) -> None:
    while raw:
        raw = raw[os.write(handle, raw) :]
    os.fsync(handle)
