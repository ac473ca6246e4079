"""OLE containers, in which old Office files and encrypted new ones are kept. Source: MS-CFB."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.documents.packages import CORRUPT
from kg.errors import DocumentError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAST = 0xFFFFFFFA
"""The highest number a sector can have; those above mark ends and free sectors."""
ENTRY = 128
STREAM, ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class Container:
    """The streams of an OLE container by name, wherever they stand in its tree."""

    def __init__(self, data: bytes) -> None:
        """Reads the tables of a container. Raises: DocumentError when they are damaged."""
        try:
            self._open(data)
        except (struct.error, IndexError, OverflowError) as error:
            raise DocumentError(*CORRUPT) from error

    def _open(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if data[:8] != MAGIC or shift not in {9, 12} or mini_shift != 6:
            raise DocumentError(*CORRUPT)
        self._size = 1 << shift
        tables, directory = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 48)[0]
        self._cutoff, mini, _, more = struct.unpack_from("<IIII", data, 56)
        self._next = self._table(tables, more)
        index = self._chain(directory)
        self._entries = list(self._read_entries(index, _top(index)))
        self._mini_next = _numbers(self._chain(mini))
        root = next((entry for entry in self._entries if entry.kind == ROOT), None)
        self._mini = self._chain(root.start)[: root.size] if root is not None else b""

    def _table(self, count: int, more: int) -> tuple[int, ...]:
        """Which sector follows which."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        seen: set[int] = set()
        while more <= LAST and more not in seen:
            seen.add(more)
            *listed, more = _numbers(self._sector(more))
            sectors += listed
        found = [sector for sector in sectors if sector <= LAST][:count]
        return _numbers(b"".join(self._sector(sector) for sector in found))

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _follow(self._next, start))

    def _read_entries(self, directory: bytes, first: Sequence[int]) -> Iterator[_Entry]:
        """The entries, those at the top of the tree first: embedded files have streams of the same names."""
        rest = sorted(set(range(len(directory) // ENTRY)) - set(first))
        for offset in (ENTRY * number for number in (*first, *rest)):
            entry = directory[offset : offset + ENTRY]
            length, kind = struct.unpack_from("<HB", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            if kind:
                name = entry[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
                yield _Entry(name, kind, start, size)

    def names(self) -> frozenset[str]:
        """The names of all streams and folders."""
        return frozenset(entry.name for entry in self._entries)

    def stream(self, *names: str) -> bytes | None:
        """The bytes of the first stream with one of these names; None when there is none."""
        for entry in self._entries:
            if entry.kind == STREAM and entry.name in names:
                if entry.size >= self._cutoff:
                    return self._chain(entry.start)[: entry.size]
                parts = (self._mini[n * 64 : n * 64 + 64] for n in _follow(self._mini_next, entry.start))
                return b"".join(parts)[: entry.size]
        return None


def _top(directory: bytes) -> list[int]:
    """The numbers of the entries that lie in the root itself, in the order of the directory."""
    count = len(directory) // ENTRY
    waiting = [struct.unpack_from("<I", directory, 76)[0]] if count else []
    found: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number < count and number not in found:
            found.add(number)
            waiting += struct.unpack_from("<II", directory, ENTRY * number + 68)
    return sorted(found)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _follow(table: tuple[int, ...], start: int) -> Iterator[int]:
    """The sectors of a chain. Raises: DocumentError when it runs in a circle."""
    steps = 0
    while start < len(table) and start <= LAST:
        yield start
        start, steps = table[start], steps + 1
        if steps > len(table):
            raise DocumentError(*CORRUPT)
