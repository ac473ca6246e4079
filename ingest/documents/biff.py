"""What the records of a binary workbook tell before it is read: a lock, and how far its cells reach."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.documents.limits import limits
from ingest.documents.ole import Container
from ingest.documents.packages import LOCKED
from kg.errors import DocumentError

BEGIN, FILE_PASS = 0x0809, 0x002F
SINGLE = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E})
"""Records of one cell with content: formula, number, label, boolean, rich or shared text, small number."""
MARGINS = frozenset({0x0014, 0x0015})
"""Records of a sheet's printed header and footer."""
MULTIPLE = 0x00BD
"""The record of several small numbers side by side; its last two bytes are the last column."""


@dataclass(frozen=True, slots=True)
class BookScan:
    """Whether a workbook holds macros, and what each of its sheets prints above and below a page."""

    macros: bool
    margins: tuple[tuple[str, ...], ...]


def scan_records(data: bytes) -> BookScan:
    """What the records tell. Raises: DocumentError for a lock or cells too far apart for a grid."""
    container = Container(data)
    stream = container.stream("Workbook", "Book") or b""
    rows = columns = 0
    margins: list[list[str]] = []
    for kind, start, length in _records(stream):
        if kind == FILE_PASS:
            raise DocumentError(*LOCKED)
        if kind == BEGIN:
            rows = columns = 0
            margins.append([])
        elif kind in MARGINS and length > 3 and margins:
            margins[-1].append(_text(stream[start : start + length]))
        elif (kind in SINGLE or kind == MULTIPLE) and length >= 6:
            row, column = struct.unpack_from("<HH", stream, start)
            if kind == MULTIPLE:
                column = struct.unpack_from("<H", stream, start + length - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > limits().cells:
                raise DocumentError("工作表单元格过多", "请删去远处的零散单元格，或拆分为多个文件后再提交")
    said = tuple(tuple(found) for found in margins[1:])
    return BookScan("_VBA_PROJECT_CUR" in container.names(), said)


def _text(data: bytes) -> str:
    """A string of a record: its length, whether it is wide, its characters."""
    count, wide = struct.unpack_from("<HB", data)
    return data[3 : 3 + 2 * count].decode("utf-16-le", "replace") if wide & 1 else data[3:].decode("latin-1")


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Each record's kind, where its data starts, and its length."""
    position, end = 0, len(stream)
    while position + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, position)
        position += 4
        if position + length > end:
            return
        yield kind, position, length
        position += length
