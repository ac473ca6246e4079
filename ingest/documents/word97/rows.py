"""Rows of a binary Word table: where their cells begin and end, and which only go on with the one above."""

import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.documents.blocks import Row
from ingest.documents.grid import Spread, check_width
from kg.model import Place

CELL = 20
"""Bytes that describe one cell. Source: MS-DOC 2.9.313."""
MERGED, FIRST, GOES_ON, STARTS_ANEW = 0x0002, 0x0001, 0x0020, 0x0040
NEAR = 20
"""Twips (a millimetre has 57) within which two edges are one."""


@dataclass(frozen=True, slots=True)
class Cells:
    """A row as read: its texts, the edges of its cells in twips, and what is said of each cell."""

    texts: Sequence[str]
    edges: Sequence[int]
    flags: Sequence[int]


def row_of(texts: Sequence[str], described: bytes) -> Cells:
    """The row of these texts; edges are counted where its description does not fit them."""
    count = described[0] if described else 0
    if count != len(texts) or len(described) < 1 + 2 * (count + 1):
        return Cells(texts, [1000 * n for n in range(len(texts) + 1)], [0] * len(texts))
    edges = struct.unpack_from(f"<{count + 1}h", described, 1)
    cells = described[1 + 2 * (count + 1) :]
    known = min(count, len(cells) // CELL)
    flags = [struct.unpack_from("<H", cells, CELL * n)[0] for n in range(known)] + [0] * (count - known)
    return Cells(texts, edges, flags)


def table_rows(rows: Sequence[Cells], block: int, *, spread: Spread) -> tuple[Row, ...]:
    """The rows on one grid, merged cells repeated. Raises: DocumentError when it is too wide."""
    edges = _grid(rows)
    made: list[Row] = []
    for number, row in enumerate(rows, 1):
        place = Place(block=block, row=number)
        made.append(spread.row(_laid(row, edges, made[-1] if made else None, place=place), len(row.texts)))
    return tuple(made)


def _grid(rows: Sequence[Cells]) -> list[int]:
    """The edges that all rows share, those that nearly fall together as one."""
    found: list[int] = []
    for edge in sorted({edge for row in rows for edge in row.edges}):
        if not found or edge - found[-1] > NEAR:
            found.append(edge)
    check_width(len(found) - 1)
    return found


def _laid(row: Cells, edges: Sequence[int], above: Row | None, *, place: Place) -> Row:
    texts = [""] * (len(edges) - 1)
    down, across = list[int](), list[int]()
    last = ""
    for number, text in enumerate(row.texts):
        left, right = (_column(edges, row.edges[n]) for n in (number, number + 1))
        flags = row.flags[number]
        if flags & GOES_ON and not flags & STARTS_ANEW and above is not None and left < len(above.cells):
            last = above.cells[left]
            down += range(left, right)
        elif flags & MERGED and not flags & FIRST:
            across += range(left, right)
        else:
            last = text
            across += range(left + 1, right)
        texts[left:right] = [last] * (right - left)
    return Row(tuple(texts), place, tuple(down), tuple(across))


def _column(edges: Sequence[int], edge: int) -> int:
    """The column that begins at an edge, or at the one that it nearly falls together with."""
    return bisect_right(edges, edge) - 1
