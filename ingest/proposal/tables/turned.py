"""Tables that lie on their side or stand in two halves side by side, brought into the usual form."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.documents.blocks import Row
from ingest.proposal.tables.columns import NAMES, header_at, is_label, kind_of, squeezed

LEAST = 3
"""Columns and headings from which on a table may lie on its side."""


def straight(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with a header above all and one thing in each; as they are where that is so already."""
    rows = _without_margins(rows)
    first = next((n for n, row in enumerate(rows) if len(_own(row)) >= LEAST), 0)
    last = next((n for n in range(len(rows), first, -1) if len(_own(rows[n - 1])) >= LEAST), first)
    turned = _upright(rows[first:last])
    if turned:
        return (*rows[:first], *turned, *rows[last:])
    return _unfolded(rows) or tuple(rows)


def _without_margins(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without the columns at their left that are blank in all of them."""
    blank = 0
    while rows and all(blank + 1 < len(row.cells) and not row.cells[blank].strip() for row in rows):
        blank += 1
    return [_part(row, blank, len(row.cells)) for row in rows] if blank else rows


def _own(row: Row) -> set[str]:
    return {cell for cell in row.cells if cell.strip()}


def _unfolded(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The left half with the right half below it, for a header that says the same twice; () for others."""
    for index, row in enumerate(rows):
        if header_at(rows, index) is None:
            continue
        half, odd = divmod(len(row.cells), 2)
        texts = [squeezed(cell) for cell in row.cells]
        if odd or half < 2 or texts[:half] != texts[half:] or len(set(texts)) < 2:
            return ()
        body = [one for one in rows[index + 1 :] if len(one.cells) == 2 * half]
        right = [part for one in body if any((part := _part(one, half, 2 * half)).cells)]
        return (*rows[:index], _part(row, 0, half), *(_part(one, 0, half) for one in body), *right)
    return ()


def _part(row: Row, start: int, end: int) -> Row:
    """The cells of a row from one column up to another."""
    down, across = (
        tuple(c - start for c in columns if start <= c < end) for columns in (row.down, row.across)
    )
    return Row(row.cells[start:end], row.place, down, across)


def _upright(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The columns as rows, for a table whose first column is the header; () for others."""
    width = min((len(row.cells) for row in rows), default=0)
    if width < LEAST or any(header_at(rows, index) for index in range(min(2, len(rows)))):
        return ()
    headings = [squeezed(row.cells[0]) for row in rows]
    kinds = [kind_of(text) for text in headings]
    if not any(kind in NAMES for kind in kinds) or None in kinds or any(map(is_label, headings)):
        return ()
    filled = all(len(_own(row)) >= LEAST for row in rows)
    return tuple(_turned(rows, width)) if filled and len(set(headings)) >= LEAST else ()


def _turned(rows: Sequence[Row], width: int) -> Iterator[Row]:
    names = next(number for number, row in enumerate(rows) if kind_of(row.cells[0]) in NAMES)
    for column in range(width):
        cells = tuple(row.cells[column] for row in rows)
        down = tuple(number for number, row in enumerate(rows) if column in row.across)
        across = tuple(number for number, row in enumerate(rows) if column in row.down)
        yield Row(cells, replace(rows[names].place, column=column + 1), down, across)
