"""PDF documents: text by page with its lines joined, and tables with rows joined over pages."""

from dataclasses import replace
from pathlib import Path

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.continued import joined_rows
from ingest.documents.headings import heading_level
from ingest.documents.lines import Paragraphs, is_continuation_mark, without_running_heads
from ingest.documents.pages import Page, read_pages
from ingest.documents.pdffile import prepared
from ingest.documents.ruled import with_tables
from kg.errors import DocumentError
from kg.model import Place


def read_pdf(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a PDF in reading order; pages that could not be read are named in the notes.

    Raises: DocumentError when the file is damaged, locked or too long, or when no page has text to read.
    """
    source, notes = prepared(path)
    pages = read_pages(source)
    pictures = [page.number for page in pages if page.unread == "image"]
    if pictures and len(pictures) == sum(not page.blank for page in pages):
        raise DocumentError(
            f"{_named(pictures)}均为扫描图像，没有可读的文字",
            "请提交由办公软件导出的文字版 PDF，或先做文字识别（OCR）后再提交",
        )
    pages = with_tables(source, pages)
    return _blocks(without_running_heads(pages)), notes + _notes(pages)


def _notes(pages: list[Page]) -> tuple[str, ...]:
    said = (
        ("image", "为扫描图像或无文字，未读，请补交文字版"),
        ("garbled", "字体缺少编码，文字为乱码，未读，请重新导出"),
        ("tables", "的表格未能按表读取，已按文字读取"),
    )
    found = [(kind, note, [p.number for p in pages if p.unread == kind]) for kind, note in said]
    return tuple(_named(numbers) + note for _, note, numbers in found if numbers)


def _named(numbers: list[int]) -> str:
    """[1, 2, 3, 7] → 第1—3、7页."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "第" + "、".join(f"{r[0]}—{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs) + "页"


def _blocks(pages: list[Page]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    text = Paragraphs(pages)
    for page in pages:
        text.turn(page)
        for head in page.heads:
            text.close()
            blocks.append(_block(head, Place(page=page.number, block=len(blocks) + 1)))
        for part in page.parts:
            for line in part.lines:
                goes_on = text.add(line)
                place = blocks.pop().place if goes_on else Place(page=page.number, block=len(blocks) + 1)
                blocks.append(_block(text.text, place))
            if part.rows:
                text.close()
                _add_table(blocks, part.rows, page=page.number)
    for page in pages:
        for foot in page.feet:
            blocks.append(_block(foot, Place(page=page.number, block=len(blocks) + 1)))
    return tuple(blocks)


def _block(text: str, place: Place) -> Block:
    level = heading_level(text)
    return Block(BlockKind.HEADING if level else BlockKind.PARAGRAPH, place, text, level)


def _add_table(blocks: list[Block], rows: tuple[Row, ...], *, page: int) -> None:
    """A table that opens a page continues one of as many columns that closed the page before."""
    marks = 0
    while marks < len(blocks) and is_continuation_mark(blocks[-1 - marks].text):
        marks += 1
    last = blocks[-1 - marks] if marks < len(blocks) else None
    if last and last.rows and last.rows[-1].place.page == page - 1 and _as_wide(last.rows, rows):
        blocks[len(blocks) - 1 - marks :] = [replace(last, rows=joined_rows(last.rows, rows))]
        return
    number = len(blocks) + 1
    placed = tuple(replace(row, place=replace(row.place, block=number)) for row in rows)
    blocks.append(Block(BlockKind.TABLE, Place(page=page, block=number), rows=placed))


def _as_wide(above: tuple[Row, ...], below: tuple[Row, ...]) -> bool:
    return len(above[0].cells) == len(below[0].cells)
