"""What is said of stretches of text: style, place in a table, deleted or not. Source: MS-DOC 2.6, 2.9."""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ingest.documents.word97.header import Header

PAGE = 512
IN_TABLE, ROW_END, NESTED, CELL_WITHIN, ROW_WITHIN = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
OUTLINE, NUMBERED, ROW = 0x2640, 0x460B, 0xD608
DELETED = 0x0800
SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of an operand by the last three bits of its code; 6 stands for as many as it says."""
TABS = 0xC615
Sprms = Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one paragraph or run: the number of its style, and values by code."""

    style: int
    sprms: Sprms

    def flag(self, code: int) -> bool:
        """Whether a switch is on."""
        return self.sprms.get(code, b"\0")[:1] not in {b"\0", b""}

    def number(self, code: int) -> int:
        """A small number, 0 where none is said."""
        return int.from_bytes(self.sprms.get(code, b"\0"), "little")


NOTHING = Said(0, {})


class Runs:
    """Stretches of a stream with what is said of each, looked up by offset."""

    def __init__(self, header: Header, table: int, *, paragraphs: bool) -> None:
        self._header, self._table, self._paragraphs = header, header.table(table), paragraphs

    def at(self, offset: int) -> Said:
        """What is said of the character at an offset."""
        starts, found = self._known
        number = bisect_right(starts, offset) - 1
        return found[number][1] if number >= 0 and offset < found[number][0] else NOTHING

    @cached_property
    def _known(self) -> tuple[list[int], list[tuple[int, Said]]]:
        runs = sorted(self._read(), key=lambda run: run[0])
        return [start for start, _, _ in runs], [(end, said) for _, end, said in runs]

    def _read(self) -> Iterator[tuple[int, int, Said]]:
        count = (len(self._table) - 4) // 8
        for number in range(max(count, 0)):
            page = struct.unpack_from("<I", self._table, 4 * (count + 1) + 4 * number)[0] & 0x3FFFFF
            yield from self._page(self._header.text[page * PAGE : (page + 1) * PAGE])

    def _page(self, page: bytes) -> Iterator[tuple[int, int, Said]]:
        if len(page) < PAGE:
            return
        count, size = page[-1], 13 if self._paragraphs else 1
        if 4 * (count + 1) + size * count >= PAGE:
            return
        bounds = struct.unpack_from(f"<{count + 1}I", page)
        for number in range(count):
            at = 2 * page[4 * (count + 1) + size * number]
            said = (_paragraph(page, at) if self._paragraphs else _run(page, at)) if at else NOTHING
            yield bounds[number], bounds[number + 1], said


def _paragraph(page: bytes, at: int) -> Said:
    # A length of 0 says that the next byte has it.
    first, size = (at + 1, 2 * page[at] - 1) if page[at] else (at + 2, 2 * page[at + 1])
    data = page[first : first + size]
    if len(data) < 2:
        return NOTHING
    return Said(struct.unpack_from("<H", data)[0], dict(_sprms(data[2:])))


def _run(page: bytes, at: int) -> Said:
    return Said(0, dict(_sprms(page[at + 1 : at + 1 + page[at]])))


def _sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each property's code and value; what is cut short at the end is left out."""
    at = 0
    while at + 3 <= len(data):
        code = struct.unpack_from("<H", data, at)[0]
        at += 2
        kind = code >> 13
        if kind in SIZES:
            size = SIZES[kind]
        elif code == ROW and at + 2 <= len(data):
            size, at = struct.unpack_from("<H", data, at)[0] - 1, at + 2
        else:
            size, at = data[at], at + 1
            if code == TABS and size == 255:
                return
        if size < 0 or at + size > len(data):
            return
        yield code, data[at : at + size]
        at += size
