"""Ruled tables of PDF pages, with the cells that a merge stretches over several rows or columns."""

import io
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfparser import PDFSyntaxError

from ingest.documents.aligned import Aligned, Columns, aligned_tables
from ingest.documents.blocks import Row
from ingest.documents.cellboxes import Box, box_rows
from ingest.documents.pages import Page, Part, parts_of
from ingest.documents.pdffile import Source

logger = logging.getLogger(__name__)
FEW = 3
"""Lines below a table, such as the running feet of the page, up to which it may go on over the page."""
FOREIGN = (
    PDFSyntaxError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError,
    AssertionError, ArithmeticError, NotImplementedError,
)  # fmt: skip
"""What the parser of tables raises on files whose text can be read."""


def with_tables(source: Source, pages: Sequence[Page]) -> list[Page]:
    """The pages with the tables ruled on them among their lines."""
    if not any(map(_has_tables, pages)):
        return list(pages)
    try:
        with pdfplumber.open(source if isinstance(source, Path) else io.BytesIO(source)) as document:
            sheets = {sheet.page_number: sheet for sheet in document.pages}
            return list(_each(pages, sheets))
    except FOREIGN as error:
        logger.warning("tables not read: %s", type(error).__name__)
        return [replace(page, unread="tables") if _has_tables(page) else page for page in pages]


def _has_tables(page: Page) -> bool:
    return page.ruled or page.aligned


def _each(pages: Sequence[Page], sheets: Mapping[int, Any]) -> Iterator[Page]:
    """The pages with their tables; a table without lines may go on over pages."""
    above: Columns = ()
    for page in pages:
        sheet = sheets.get(page.number)
        if sheet is None or not (_has_tables(page) or above):
            yield page
            continue
        try:
            parts, above = _parts(sheet, aligned=page.aligned, above=above)
            yield replace(page, parts=parts) if parts else page
        except FOREIGN as error:
            logger.warning("tables of page %d not read: %s", page.number, type(error).__name__)
            above = ()
            yield replace(page, unread="tables")
        finally:
            sheet.close()


def _parts(sheet: Any, *, aligned: bool, above: Columns) -> tuple[tuple[Part, ...], Columns]:
    """Lines and tables from top to bottom, none when there is no table; and the columns of a table without
    lines that closes the page. One column is a frame, no table.

    With `aligned` words in columns without lines between them are tables, too, and so are those that go on
    with one `above`.
    """
    ruled = [(table.bbox, _rows(table, sheet.page_number)) for table in sheet.find_tables(_settings(sheet))]
    ruled = [(box, rows) for box, rows in ruled if rows and len(rows[0].cells) > 1]
    found = _aligned(sheet, [box for box, _ in ruled], above=above) if aligned or above else []
    tables = sorted([*ruled, *((one.box, one.rows) for one in found)], key=lambda table: table[0][1])
    if not tables:
        return (), ()
    boxes = [box for box, _ in tables]
    outside = sheet.filter(lambda item: not _within(item, boxes))
    lines = [(line["top"], line["text"]) for line in outside.extract_text_lines(return_chars=False)]
    parts: list[Part] = []
    for box, rows in tables:
        parts += [Part(tuple(text for top, text in lines if top < box[1])), Part(rows=rows)]
        lines = [(top, text) for top, text in lines if top >= box[1]]
    last = found[-1].columns if found and found[-1].box == boxes[-1] and len(lines) < FEW else ()
    return parts_of([*parts, Part(tuple(text for _, text in lines))]), last


def _aligned(sheet: Any, ruled: Sequence[Box], *, above: Columns) -> list[Aligned]:
    """The tables among the words that stand in no ruled one."""
    words = [word for word in sheet.extract_words() if not _within(word, ruled)]
    return aligned_tables(words, page=sheet.page_number, above=above)


def _settings(sheet: Any) -> dict[str, Any]:
    """Closes the cells that a page break leaves open, where the upright lines of a page begin and end."""
    upright = [edge for edge in sheet.edges if edge["orientation"] == "v"]
    if not upright:
        return {}
    ends = [min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)]
    return {"explicit_horizontal_lines": ends}


def _within(item: dict[str, Any], boxes: Sequence[Box]) -> bool:
    x, y = (item["x0"] + item["x1"]) / 2, (item["top"] + item["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _rows(table: Any, number: int) -> tuple[Row, ...]:
    """The rows of one table; a column starts wherever any of its cells does."""
    texts: dict[Box, str] = {}
    for row, told in zip(table.rows, table.extract(), strict=True):
        texts.update({box: text or "" for box, text in zip(row.cells, told, strict=True) if box})
    return box_rows(texts, page=number)
