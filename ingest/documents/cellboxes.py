"""Cells given as boxes laid out as rows, with the cells that a merge stretches over several of them."""

import re
from collections.abc import Mapping

from ingest.documents.blocks import Row
from kg.model import Place

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, from the upper left corner of the page."""
ITEM = re.compile(
    r"^(?:\d{1,2}(?:[、)）]|[.．](?!\d))|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳●•◆■])"
)
LETTER = re.compile("[A-Za-z]")


def box_rows(texts: Mapping[Box, str], *, page: int) -> tuple[Row, ...]:
    """The rows of one table from the lines of its cells; a column starts wherever any of its cells does."""
    lefts, tops = sorted({box[0] for box in texts}), sorted({box[1] for box in texts})
    starts = {box[:2]: box for box in texts}
    rows: list[Row] = []
    for index, top in enumerate(tops):
        cells, down, across = list[str](), list[int](), list[int]()
        for column, left in enumerate(lefts):
            box = starts.get((left, top))
            cover = None if box else _cover(texts, left, top)
            if cover is None:
                cells.append(joined_lines(texts[box]) if box else "")
                continue
            (down if cover[1] < top else across).append(column)
            first = rows[tops.index(cover[1])].cells if cover[1] < top else tuple(cells)
            cells.append(first[lefts.index(cover[0])])
        rows.append(Row(tuple(cells), Place(page=page, row=index + 1), tuple(down), tuple(across)))
    return tuple(rows)


def joined_lines(text: str) -> str:
    """The lines of a cell as one, but for items of a list; a blank only between words of letters."""
    lines = [line.strip() for line in text.split("\n")]
    joined = lines[0]
    for line in filter(None, lines[1:]):
        if ITEM.match(line) or joined.endswith(("。", "；")):
            gap = "\n"
        else:
            gap = " " if LETTER.match(joined[-1:]) and LETTER.match(line) else ""
        joined += gap + line
    return joined


def _cover(boxes: Mapping[Box, str], left: float, top: float) -> Box | None:
    """The cell that covers a corner of the grid without starting there."""
    return next((b for b in boxes if b[0] <= left < b[2] and b[1] <= top < b[3]), None)
