"""PDF documents: text by page with its lines joined, and tables with rows joined over pages."""

from dataclasses import replace
from pathlib import Path

from ingest.documents import recognised
from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.continued import joined_rows
from ingest.documents.headings import heading_level
from ingest.documents.limits import limits
from ingest.documents.lines import Paragraphs, is_continuation_mark, without_running_heads
from ingest.documents.pages import Page, read_pages
from ingest.documents.pdffile import prepared
from ingest.documents.recognition import INSTALL, NEEDS_OCR, Recognise
from ingest.documents.ruled import with_tables
from kg.errors import DocumentError
from kg.model import Place

PICTURES = frozenset({"image", "illegible", "too_many"})


def read_pdf(path: Path, recognise: Recognise | None = None) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a PDF in reading order; pages that could not be read are named in the notes.

    Pages that are pictures are read with `recognise`, and left unread when it is None.
    Raises: DocumentError when the file is damaged, locked or too long, or when no page has text to read.
    """
    source, notes = prepared(path)
    pages = read_pages(source)
    if recognise is not None and any(page.unread for page in pages):
        from ingest.documents.scanned import read_scans

        pages = read_scans(source, pages, recognise)
    pictures = [page.number for page in pages if page.unread in PICTURES]
    if pictures and len(pictures) == sum(not page.blank for page in pages):
        raise DocumentError(*_unreadable(pictures, tried=recognise is not None))
    pages = with_tables(source, pages)
    return _blocks(without_running_heads(pages)), notes + _notes(pages)


def _unreadable(pictures: list[int], *, tried: bool) -> tuple[str, str]:
    """Why a file of pictures alone is not read, and what to do."""
    if tried:
        return f"{_named(pictures)}均为扫描图像，文字识别未读出文字", "请重新扫描清晰的原件，或提交文字版 PDF"
    return f"{_named(pictures)}均为扫描图像，没有可读的文字（{NEEDS_OCR}）", f"{INSTALL}，或提交文字版 PDF"


def _notes(pages: list[Page]) -> tuple[str, ...]:
    said = (
        ("image", f"为扫描图像或无文字，未读（{NEEDS_OCR}），{INSTALL}，或补交文字版"),
        ("illegible", "为图像，文字识别未读出文字，请补交文字版"),
        ("too_many", f"为扫描图像，超过可识别的{limits().scan_pages}页，未读，请拆分后再提交"),
        ("garbled", "字体缺少编码，文字为乱码，未读，请重新导出"),
        ("tables", "的表格未能按表读取，已按文字读取"),
    )
    found = [(note, [p.number for p in pages if p.unread == kind]) for kind, note in said]
    scanned = [page.number for page in pages if page.scanned]
    notes = tuple(_named(numbers) + note for note, numbers in found if numbers)
    return (*notes, recognised.note(_named(scanned))) if scanned else notes


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
            blocks.append(_block(head, Place(page=page.number, block=len(blocks) + 1), scanned=page.scanned))
        for part in page.parts:
            for line in part.lines:
                goes_on = text.add(line)
                begun = blocks.pop() if goes_on else None
                place = begun.place if begun else Place(page=page.number, block=len(blocks) + 1)
                scanned = page.scanned or bool(begun and begun.scanned)
                blocks.append(_block(text.text, place, scanned=scanned))
            if part.rows:
                text.close()
                _add_table(blocks, part.rows, page)
    for page in pages:
        for foot in page.feet:
            blocks.append(_block(foot, Place(page=page.number, block=len(blocks) + 1), scanned=page.scanned))
    return tuple(blocks)


def _block(text: str, place: Place, *, scanned: bool) -> Block:
    level = heading_level(text)
    return Block(BlockKind.HEADING if level else BlockKind.PARAGRAPH, place, text, level, scanned=scanned)


def _add_table(blocks: list[Block], rows: tuple[Row, ...], page: Page) -> None:
    """A table that opens a page continues one of as many columns that closed the page before."""
    marks = 0
    while marks < len(blocks) and is_continuation_mark(blocks[-1 - marks].text):
        marks += 1
    last = blocks[-1 - marks] if marks < len(blocks) else None
    if last and last.rows and last.rows[-1].place.page == page.number - 1 and _as_wide(last.rows, rows):
        joined = joined_rows(last.rows, rows, scanned=last.scanned and page.scanned)
        whole = replace(last, rows=joined, scanned=last.scanned or page.scanned)
        blocks[len(blocks) - 1 - marks :] = [whole]
        return
    number = len(blocks) + 1
    placed = tuple(replace(row, place=replace(row.place, block=number)) for row in rows)
    place = Place(page=page.number, block=number)
    blocks.append(Block(BlockKind.TABLE, place, rows=placed, scanned=page.scanned))


def _as_wide(above: tuple[Row, ...], below: tuple[Row, ...]) -> bool:
    return len(above[0].cells) == len(below[0].cells)
