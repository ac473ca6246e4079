"""PDF documents: text by page with its lines joined, and tables with rows joined over pages."""

import logging
import re
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdfium2
from pdfminer.pdfparser import PDFSyntaxError

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.headings import heading_level
from ingest.documents.limits import limits
from ingest.documents.packages import CORRUPT
from ingest.documents.ruled import ruled_tables
from kg.errors import DocumentError
from kg.model import Place

logger = logging.getLogger(__name__)
STOP = re.compile(r"[。；;：:！？!?]$")
STARTS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．)）]|第.{1,4}[章节条])"
)
PAGE_NUMBER = re.compile(r"^[—\-–\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d+)?[—\-–\s]*$")
SHORT = 0.7
Table = list[Row]


def read_pdf(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a PDF; pages without text are named in the notes. Raises: DocumentError."""
    pages = _pages(path)
    blocks: list[Block] = []
    unread: list[str] = []
    tables = _tables(path, pages)
    for number, text in enumerate(pages, 1):
        if not text.strip():
            unread.append(f"第{number}页为扫描图像或无文字，未读")
        cells = {"".join(c.split()) for table in tables.get(number, ()) for row in table for c in row.cells}
        for line in _paragraphs(text):
            if not _in_table("".join(line.split()), cells):
                blocks.append(_block(line, number, len(blocks) + 1))
        for table in tables.get(number, ()):
            _add_table(blocks, table, number)
    return tuple(blocks), tuple(unread)


def _pages(path: Path) -> list[str]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError("文件已加密", "请去掉密码后再提交") from error
        raise DocumentError(*CORRUPT) from error
    try:
        if len(document) > limits().pdf_pages:
            raise DocumentError(f"页数超过{limits().pdf_pages}页", "请拆分后再提交")
        return [_page_text(document, index) for index in range(len(document))]
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    try:
        page = document[index]
        text = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        return ""
    return str(text).replace("\r\n", "\n").replace("\ufffe", "").replace("\x00", "")


def _tables(path: Path, pages: list[str]) -> dict[int, list[Table]]:
    """Ruled tables by page, only of pages that have text and drawn lines."""
    found: dict[int, list[Table]] = {}
    try:
        with pdfplumber.open(path) as document:
            for number, page in enumerate(document.pages, 1):
                if number <= len(pages) and pages[number - 1].strip() and (page.lines or page.rects):
                    found[number] = ruled_tables(page, number)
                page.close()
    except (
        PDFSyntaxError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
    ) as error:
        logger.warning("tables not read: %s", type(error).__name__)
    return found


def _paragraphs(text: str) -> list[str]:
    """Joins the lines of a paragraph: a line goes on when it is nearly full and ends without a stop."""
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and not PAGE_NUMBER.match(line)]
    width = max((len(line) for line in lines), default=0)
    joined: list[str] = []
    open_line = False
    for line in lines:
        if open_line and not STARTS.match(line) and not heading_level(line):
            gap = " " if joined[-1][-1].isascii() and line[0].isascii() else ""
            joined[-1] += gap + line
        else:
            joined.append(line)
        open_line = len(line) >= SHORT * width and not STOP.search(line)
    return joined


def _in_table(line: str, cells: set[str]) -> bool:
    rest = line
    for cell in sorted(cells, key=lambda c: (-len(c), c)):
        if len(cell) > 1:
            rest = rest.replace(cell, "")
    return bool(cells) and (len(rest) <= 1 or any(line in cell for cell in cells))


def _block(text: str, page: int, number: int) -> Block:
    level = heading_level(text)
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    return Block(kind, Place(page=page, block=number), text, level)


def _add_table(blocks: list[Block], table: Table, page: int) -> None:
    """A table that opens a page continues the one that closed the page before."""
    last = blocks[-1] if blocks else None
    rows = list(last.rows) if last and last.kind is BlockKind.TABLE else []
    if last and rows and last.place.page != page and len(rows[0].cells) == len(table[0].cells):
        blocks[-1] = replace(last, rows=_placed(rows, table, block=last.place.block or 0))
        return
    place = Place(page=page, block=len(blocks) + 1)
    blocks.append(Block(BlockKind.TABLE, place, rows=_placed([], table, block=len(blocks) + 1)))


def _placed(rows: list[Row], table: Table, *, block: int) -> tuple[Row, ...]:
    """The rows with those of the table behind them; a repeated header is dropped."""
    for row in table:
        if not (rows and row.cells == rows[0].cells):
            place = Place(page=row.place.page, block=block, row=len(rows) + 1)
            rows.append(replace(row, place=place))
    return tuple(rows)
