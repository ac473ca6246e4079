"""PDF documents: text by page with its lines joined, and tables with rows joined over pages."""

from pathlib import Path

from ingest.documents import recognised
from ingest.documents.blocks import Block
from ingest.documents.limits import limits
from ingest.documents.lines import without_running_heads
from ingest.documents.pageblocks import page_blocks
from ingest.documents.pages import Page, read_pages
from ingest.documents.pdffile import prepared
from ingest.documents.recognition import INSTALL, NEEDS_OCR, Recognise
from ingest.documents.ruled import with_tables
from kg.errors import DocumentError

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
    return page_blocks(without_running_heads(pages)), notes + _notes(pages)


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
