"""Word documents with the scanned pages that were pasted into them as pictures."""

import io
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

from ingest.documents import recognised
from ingest.documents.blocks import Block, Row
from ingest.documents.docx import read_docx
from ingest.documents.formats import MAIN
from ingest.documents.limits import limits
from ingest.documents.packages import PICTURES, Package, open_package
from ingest.documents.recognition import INSTALL, LONGEST, NEEDS_OCR, Picture, Recognise
from ingest.documents.wordxml import parse, related_parts

FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "GIF")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, zipfile.BadZipFile, zlib.error)
"""What damaged pictures raise, and damaged packages."""
PAGE_SIDE = 1000
"""Pixels of the longer side of a scanned page at least: 85 dpi of A4."""
PAGE_SHAPE = (1.25, 1.6)
"""Longer by shorter side of a scanned page, that of A4 being 1.41 and its margins often cut."""


def read_word(path: Path, recognise: Recognise | None = None) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a document, behind them those of its scanned pages, and what was left unread.

    Pictures in the shape of a page are read with `recognise`, and told as unread when it is None.
    Raises: DocumentError.
    """
    blocks, notes = read_docx(path)
    if PICTURES not in notes:
        return blocks, notes
    with open_package(path) as package:
        scans = [name for name in _pasted(package) if _is_page(package, name)]
        if not scans:
            return blocks, notes
        if recognise is None:
            return blocks, (*notes, f"含{len(scans)}幅整页扫描图片，未读（{NEEDS_OCR}），{INSTALL}")
        read = _read(package, scans[: limits().scan_pages], recognise)
    if not read:
        return blocks, notes
    placed = (_placed(block, len(blocks) + number) for number, block in enumerate(read, 1))
    return (*blocks, *placed), (*notes, recognised.note(f"{len(scans)}幅整页图片"))


def _pasted(package: Package) -> list[str]:
    """The pictures of the text in reading order, each once."""
    main = next(name for name in package.names() if MAIN["docx"].fullmatch(name))
    targets = related_parts(package, main)
    keys = (
        str(value)
        for element in parse(package, main).iter("{*}blip", "{*}imagedata")
        for name, value in element.attrib.items()
        if str(name).endswith(("}embed", "}id"))
    )
    found = (targets.get(key, "") for key in keys)
    known = frozenset(package.names())
    return [name for name in dict.fromkeys(found) if name in known]


def _is_page(package: Package, name: str) -> bool:
    """Whether a picture has the shape and no more than the size of a scanned page; only its head is read."""
    from PIL import Image

    try:
        with package.archive.open(name) as stream, Image.open(stream, formats=FORMATS) as picture:
            longer, shorter = max(picture.size), max(min(picture.size), 1)
    except (*BROKEN, Image.DecompressionBombError):
        return False
    least, most = PAGE_SHAPE
    fits = longer >= PAGE_SIDE and longer * shorter <= limits().scan_pixels
    return fits and least <= longer / shorter <= most


def _read(package: Package, names: list[str], recognise: Recognise) -> tuple[Block, ...]:
    """What stands on the pictures, each taken for a page."""
    from ingest.documents.lines import without_running_heads
    from ingest.documents.pageblocks import page_blocks
    from ingest.documents.pages import Page, parts_of
    from ingest.documents.printed import printed_parts
    from ingest.documents.upright import upright

    pages: list[Page] = []
    for number, name in enumerate(names, 1):
        picture = _picture(package.bytes(name))
        parts = [] if picture is None else printed_parts(*upright(picture, recognise), page=number)
        pages.append(Page(number, parts_of(parts), scanned=True))
    return page_blocks(without_running_heads(pages))


def _picture(data: bytes) -> "Picture | None":
    """The picture no larger than the recogniser takes it; None when it is damaged."""
    import numpy as np
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            shown = opened.convert("RGB")
    except (*BROKEN, Image.DecompressionBombError):
        return None
    shown.thumbnail((LONGEST, LONGEST))
    return np.asarray(shown, dtype=np.uint8)


def _placed(block: Block, number: int) -> Block:
    """The block at its number in the document, which has no pages."""
    rows = tuple(_row(row, number) for row in block.rows)
    return replace(block, place=replace(block.place, page=None, block=number), rows=rows)


def _row(row: Row, number: int) -> Row:
    return replace(row, place=replace(row.place, page=None, block=number))
