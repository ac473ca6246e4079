"""Tables that go on over a page break: the header repeated, a merge that reaches over, a row cut in two."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ingest.documents.blocks import Row
from kg.text.normal import normalise

HEADER_ROWS = 3
"""Rows at most that a printed table repeats on each page."""
ALIKE = 0.75
"""Share of the cells of a header that its repetition has alike when both were read off pictures."""

CUT_FROM = 2
"""Rows above the break from which the table shows which columns are always filled."""
WRAPPED = 12
"""Signs of a text that may take more than one line of its cell."""


def joined_rows(above: Sequence[Row], below: Sequence[Row], *, scanned: bool = False) -> tuple[Row, ...]:
    """The rows of a table with those of its next page behind them, places in the table counted on.

    `scanned` says that both were read off pictures, where the repeated header may be read another way.
    """
    below = below[_repeated(above, below, scanned=scanned) :]
    if not below:
        return tuple(above)
    body = above[1:]
    open_columns = _blank(below[0])
    merged = {column for row in body for column in row.down}
    if body and open_columns and not _starts_anew(below[0]):
        always = {c for c in open_columns if c not in merged and all(c not in _blank(row) for row in body)}
        if always:
            above, below = [*above[:-1], _whole(above[-1], below[0])], below[1:]
    elif _begins(above, below):
        above, below = [*above[:-1], _whole(above[-1], below[0])], below[1:]
    below = _reached(above[-1], below, open_columns & merged)
    block = above[0].place.block
    behind = (
        replace(row, place=replace(row.place, block=block, row=len(above) + number))
        for number, row in enumerate(below, 1)
    )
    return (*above, *behind)


def _repeated(above: Sequence[Row], below: Sequence[Row], *, scanned: bool) -> int:
    """How many rows at the top of a page repeat the header of the table."""
    count = int(scanned and _alike(above[0], below[0]))
    while count < min(HEADER_ROWS, len(above), len(below)) and above[count].cells == below[count].cells:
        count += 1
    return count


def _alike(header: Row, row: Row) -> bool:
    """Whether a row says what the header says, but for signs that were read another way."""
    pairs = [(normalise(a), normalise(b)) for a, b in zip(header.cells, row.cells, strict=True) if a or b]
    same = sum(a == b for a, b in pairs)
    return len(pairs) > 2 and same >= ALIKE * len(pairs) and not _starts_anew(row)


def _blank(row: Row) -> set[int]:
    return {column for column, cell in enumerate(row.cells) if not cell and column not in row.merged}


def _starts_anew(row: Row) -> bool:
    """Whether a cell is a number: the second half of a row cut in two has none, a row of its own often."""
    return any(cell.replace(".", "").replace(",", "").isdecimal() for cell in row.cells)


def _begins(above: Sequence[Row], below: Sequence[Row]) -> bool:
    """Whether the last row is the beginning of the first one below.

    Where texts stand in the middle of their cells, the short ones of a row cut in two all fall behind the
    break: columns that are filled in all other rows are blank above it, and only wrapped text stands on both
    sides. The last row below may be cut itself.
    """
    last, first, body = above[-1], below[0], [*above[1:-1], *below[1:-1]]
    if len(above) <= CUT_FROM:
        return False
    if len(_blank(last)) + len(last.merged) == len(last.cells):
        return True
    behind = any(first.cells[c] and all(row.cells[c] for row in body) for c in _blank(last))
    both = [c for c, (a, b) in enumerate(zip(last.cells, first.cells, strict=True)) if a and b and a != b]
    if not behind or not both:
        return False
    return all(
        median(len(row.cells[c]) for row in body) >= WRAPPED and not last.cells[c].endswith(("。", "；"))
        for c in both
    )


def _whole(row: Row, rest: Row) -> Row:
    """The row with what stands of it behind the break; a merge that is printed there again says the same."""
    cells = list(row.cells)
    for column, more in enumerate(rest.cells):
        if column not in rest.merged and more != cells[column]:
            cells[column] += more
    return replace(row, cells=tuple(cells))


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
