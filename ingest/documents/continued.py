"""Tables that go on over a page break: the header repeated, a merge that reaches over, a row cut in two."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.blocks import Row

HEADER_ROWS = 3
"""Rows at most that a printed table repeats on each page."""


def joined_rows(above: Sequence[Row], below: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of a table with those of its next page behind them, places in the table counted on."""
    below = below[_repeated(above, below) :]
    if not below:
        return tuple(above)
    body = above[1:]
    open_columns = _blank(below[0])
    merged = {column for row in body for column in row.down}
    if body and open_columns and not _starts_anew(below[0]):
        always = {c for c in open_columns if c not in merged and all(c not in _blank(row) for row in body)}
        if always:
            above, below = [*above[:-1], _whole(above[-1], below[0])], below[1:]
    below = _reached(above[-1], below, open_columns & merged)
    block = above[0].place.block
    behind = (
        replace(row, place=replace(row.place, block=block, row=len(above) + number))
        for number, row in enumerate(below, 1)
    )
    return (*above, *behind)


def _repeated(above: Sequence[Row], below: Sequence[Row]) -> int:
    """How many rows at the top of a page repeat the header of the table."""
    count = 0
    while count < min(HEADER_ROWS, len(above), len(below)) and above[count].cells == below[count].cells:
        count += 1
    return count


def _blank(row: Row) -> set[int]:
    return {column for column, cell in enumerate(row.cells) if not cell and column not in row.merged}


def _starts_anew(row: Row) -> bool:
    """Whether a cell is a number: the second half of a row cut in two has none, a row of its own often."""
    return any(cell.replace(".", "").replace(",", "").isdecimal() for cell in row.cells)


def _whole(row: Row, rest: Row) -> Row:
    pairs = enumerate(zip(row.cells, rest.cells, strict=True))
    cells = tuple(text if column in rest.merged else text + more for column, (text, more) in pairs)
    return replace(row, cells=cells)


def _reached(last: Row, below: Sequence[Row], columns: set[int]) -> list[Row]:
    """The rows with the merges of the page before continued in the columns that it left open."""
    rows = list(below)
    for column in sorted(columns):
        for index, row in enumerate(rows):
            if row.cells[column] or (index and column not in row.down):
                break
            cells = (*row.cells[:column], last.cells[column], *row.cells[column + 1 :])
            rows[index] = replace(row, cells=cells, down=tuple(sorted({*row.down, column})))
    return rows
