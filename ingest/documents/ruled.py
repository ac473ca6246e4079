"""Ruled tables of PDF pages, with the cells that a merge stretches over several rows or columns."""

import io
import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfparser import PDFSyntaxError

from ingest.documents.blocks import Row
from ingest.documents.pages import Page, Part, parts_of
from ingest.documents.pdffile import Source
from kg.model import Place

logger = logging.getLogger(__name__)
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points, from the upper left corner of the page."""
ITEM = re.compile(
    r"^(?:\d{1,2}(?:[、)）]|[.．](?!\d))|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳●•◆■])"
)
LETTER = re.compile("[A-Za-z]")
FOREIGN = (
    PDFSyntaxError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError,
    AssertionError, ArithmeticError, NotImplementedError,
)  # fmt: skip
"""What the parser of tables raises on files whose text can be read."""


def with_tables(source: Source, pages: Sequence[Page]) -> list[Page]:
    """The pages with the tables ruled on them among their lines."""
    if not any(page.ruled for page in pages):
        return list(pages)
    try:
        with pdfplumber.open(source if isinstance(source, Path) else io.BytesIO(source)) as document:
            sheets = {sheet.page_number: sheet for sheet in document.pages}
            return [_with_tables(page, sheets.get(page.number)) for page in pages]
    except FOREIGN as error:
        logger.warning("tables not read: %s", type(error).__name__)
        return [replace(page, unread="tables") if page.ruled else page for page in pages]


def _with_tables(page: Page, sheet: Any | None) -> Page:
    if not page.ruled or sheet is None:
        return page
    try:
        parts = _parts(sheet)
    except FOREIGN as error:
        logger.warning("tables of page %d not read: %s", page.number, type(error).__name__)
        return replace(page, unread="tables")
    finally:
        sheet.close()
    return replace(page, parts=parts) if parts else page


def _parts(sheet: Any) -> tuple[Part, ...]:
    """Lines and tables from top to bottom; none when there is no table. One column is a frame, no table."""
    tables = [(table.bbox, _rows(table, sheet.page_number)) for table in sheet.find_tables(_settings(sheet))]
    tables = sorted(
        ((b, rows) for b, rows in tables if rows and len(rows[0].cells) > 1), key=lambda t: t[0][1]
    )
    if not tables:
        return ()
    boxes = [box for box, _ in tables]
    outside = sheet.filter(lambda item: not _within(item, boxes))
    lines = [(line["top"], line["text"]) for line in outside.extract_text_lines(return_chars=False)]
    parts: list[Part] = []
    for box, rows in tables:
        parts += [Part(tuple(text for top, text in lines if top < box[1])), Part(rows=rows)]
        lines = [(top, text) for top, text in lines if top >= box[1]]
    return parts_of([*parts, Part(tuple(text for _, text in lines))])


def _settings(sheet: Any) -> dict[str, Any]:
    """Closes the cells that a page break leaves open, where the upright lines of a page begin and end."""
    upright = [edge for edge in sheet.edges if edge["orientation"] == "v"]
    if not upright:
        return {}
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]
    return {"explicit_horizontal_lines": ends}


def _within(item: dict[str, Any], boxes: list[Box]) -> bool:
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _rows(table: Any, number: int) -> tuple[Row, ...]:
    """The rows of one table; a column starts wherever any of its cells does."""
    boxes: list[Box] = table.cells
    lefts, tops = sorted({box[0] for box in boxes}), sorted({box[1] for box in boxes})
    rows: list[Row] = []
    for index, (top, texts) in enumerate(zip(tops, table.extract(), strict=True)):
        cells, down, across = list[str](), list[int](), list[int]()
        for column, text in enumerate(texts):
            cover = None if text is not None else _cover(boxes, lefts[column], top)
            if cover is None:
                cells.append(_joined(text or ""))
                continue
            (down if cover[1] < top else across).append(column)
            first = rows[-1].cells if cover[1] < top else tuple(cells)
            cells.append(first[lefts.index(cover[0])])
        place = Place(page=number, row=index + 1)
        rows.append(Row(tuple(cells), place, tuple(down), tuple(across)))
    return tuple(rows)


def _joined(text: str) -> str:
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


def _cover(boxes: list[Box], left: float, top: float) -> Box | None:
    """The cell that covers a corner of the grid without starting there."""
    return next((b for b in boxes if b[0] <= left < b[2] and b[1] <= top < b[3]), None)
