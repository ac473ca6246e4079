"""OLE containers and binary workbooks, written record by record."""

import struct
from collections.abc import Mapping, Sequence


def ole(**streams: bytes) -> bytes:
    """An OLE container of the given streams, as old Office files and encrypted new ones are kept in."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    table, sectors = [fat], b""
    entries = [_ole_entry("Root Entry", 5, end, 0, child=1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        count = max(-(-len(data) // 512), 8)
        first = len(table) + 1
        after = number + 1 if number < len(streams) else -1
        entries.append(_ole_entry(name, 2, first, count * 512, right=after))
        table += [*range(first + 1, first + count), end]
        sectors += data.ljust(count * 512, b"\0")
    directory = len(table) + 1
    index = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\0")
    table[1:1] = [end]
    table += [*range(directory + 1, directory + len(index) // 512), end]
    head = struct.pack("<8s16xHHHHH6xIIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
                       0, 1, directory, 0, 4096, end, 0, end, 0, 0)  # fmt: skip
    head += struct.pack("<108I", *[free] * 108)
    return head + struct.pack("<128I", *(table + [free] * 128)[:128]) + b"\0" * 512 + sectors + index


def _ole_entry(name: str, kind: int, start: int, size: int, *, child: int = -1, right: int = -1) -> bytes:
    text = name.encode("utf-16-le")
    links = struct.pack("<iii", -1, right, child)
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1) + links
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)


def record(kind: int, data: bytes = b"") -> bytes:
    """A BIFF record."""
    return struct.pack("<HH", kind, len(data)) + data


def sheet_records(
    cells: Mapping[tuple[int, int], str | float], merges: Sequence[tuple[int, int, int, int]] = ()
) -> bytes:
    """The records of one sheet of an xls: labels, numbers, merges as first and last row and column."""
    found = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for (row, column), value in cells.items():
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, str):
            text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
            found += record(0x0204, place + text)
        else:
            found += record(0x0203, place + struct.pack("<d", value))
    if merges:
        found += record(
            0x00E5, struct.pack("<H", len(merges)) + b"".join(struct.pack("<4H", *m) for m in merges)
        )
    return found + record(0x000A)


def xls(*sheets: tuple[str, bool, bytes], locked: bool = False, **streams: bytes) -> bytes:
    """A binary workbook of (name, hidden, records) sheets, with further streams beside it."""
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    start += record(0x002F, b"\0" * 6) if locked else b""
    names = [
        (struct.pack("<BB", len(name), 1) + name.encode("utf-16-le"), hidden) for name, hidden, _ in sheets
    ]
    offset = len(start) + sum(4 + 6 + len(name) for name, _ in names) + 4
    for (name, hidden), (_, _, records) in zip(names, sheets, strict=True):
        start += record(0x0085, struct.pack("<IBB", offset, int(hidden), 0) + name)
        offset += len(records)
    book = start + record(0x000A) + b"".join(records for _, _, records in sheets)
    return ole(Workbook=book, **streams)
