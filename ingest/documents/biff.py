"""What the records of a binary workbook tell before it is read: a lock, and how far its cells reach."""

import struct
from collections.abc import Iterator

from ingest.documents.limits import limits
from ingest.documents.ole import Container
from ingest.documents.packages import LOCKED, MACROS
from kg.errors import DocumentError

BEGIN, FILE_PASS = 0x0809, 0x002F
SINGLE = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E})
"""Records of one cell with content: formula, number, label, boolean, rich or shared text, small number."""
MULTIPLE = 0x00BD
"""The record of several small numbers side by side; its last two bytes are the last column."""


def check_records(data: bytes) -> tuple[str, ...]:
    """Notes on what will not be read. Raises: DocumentError for a lock or cells too far apart for a grid."""
    container = Container(data)
    stream = container.stream("Workbook", "Book") or b""
    rows = columns = 0
    for kind, start, length in _records(stream):
        if kind == FILE_PASS:
            raise DocumentError(*LOCKED)
        if kind == BEGIN:
            rows = columns = 0
        elif (kind in SINGLE or kind == MULTIPLE) and length >= 6:
            row, column = struct.unpack_from("<HH", stream, start)
            if kind == MULTIPLE:
                column = struct.unpack_from("<H", stream, start + length - 2)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            if rows * columns > limits().cells:
                raise DocumentError("工作表单元格过多", "请删去远处的零散单元格，或拆分为多个文件后再提交")
    return (MACROS,) if "_VBA_PROJECT_CUR" in container.names() else ()


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
