"""Ruled tables of a PDF page, with the cells that a merge stretches over several rows or columns."""

from typing import Any

from ingest.documents.blocks import Row
from kg.model import Place

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the upper left corner of the page."""


def ruled_tables(page: Any, number: int) -> list[list[Row]]:
    """The tables of a `pdfplumber` page in reading order; those of one column are frames, left out."""
    found = [_rows(table, number) for table in page.find_tables()]
    return [rows for rows in found if rows and len(rows[0].cells) > 1]


def _rows(table: Any, number: int) -> list[Row]:
    """The rows of one table; a column starts wherever any of its cells does."""
    boxes: list[Box] = table.cells
    lefts = sorted({box[0] for box in boxes})
    tops = sorted({box[1] for box in boxes})
    rows: list[Row] = []
    for index, (top, line) in enumerate(zip(tops, table.extract(), strict=True)):
        cells, down, across = list[str](), list[int](), list[int]()
        for column, text in enumerate(line):
            cover = None if text is not None else _cover(boxes, lefts[column], top)
            if cover is None:
                cells.append("".join((text or "").split("\n")).strip())
                continue
            (down if cover[1] < top else across).append(column)
            first = rows[-1].cells if cover[1] < top else tuple(cells)
            cells.append(first[lefts.index(cover[0])])
        place = Place(page=number, row=index + 1)
        rows.append(Row(tuple(cells), place, tuple(down), tuple(across)))
    return rows


def _cover(boxes: list[Box], left: float, top: float) -> Box | None:
    """The cell that covers a corner of the grid without starting there."""
    return next((b for b in boxes if b[0] <= left < b[2] and b[1] <= top < b[3]), None)
