"""Pages of a PDF that are pictures, read by a recogniser into the same lines and tables as other pages."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace

import numpy as np
import pypdfium2
from pypdfium2 import raw

from ingest.documents.limits import limits
from ingest.documents.pages import Page, parts_of
from ingest.documents.pdffile import Source, opened
from ingest.documents.printed import printed_parts
from ingest.documents.recognition import LONGEST, Picture, Recognise
from ingest.documents.upright import upright

SCALE = 150 / 72
"""Pixels for each point: 150 dpi, at which print of 9 points is 19 pixels high."""
LEAST = 1754
"""Pixels of the longer side of an A4 page at that; files often say a wrong size of their scans."""
PICTURES = frozenset({"image", "garbled"})
"""Why a page was not read as text, where its picture may tell."""


def read_scans(source: Source, pages: Sequence[Page], recognise: Recognise) -> list[Page]:
    """The pages, with those that have no text to read as their pictures show them; the rest as they were."""
    wanted = [page.number for page in pages if page.unread in PICTURES]
    if not wanted:
        return list(pages)
    allowed = frozenset(wanted[: limits().scan_pages])
    with opened(source) as document:
        read = {page.number: _read(document, page, recognise) for page in pages if page.number in allowed}
    late = frozenset(wanted) - allowed
    return [replace(p, unread="too_many") if p.number in late else read.get(p.number, p) for p in pages]


def _read(document: pypdfium2.PdfDocument, page: Page, recognise: Recognise) -> Page:
    picture = _picture(document, page.number)
    parts = () if picture is None else parts_of(printed_parts(*upright(picture, recognise), page=page.number))
    if parts:
        return replace(page, parts=parts, unread="", scanned=True)
    return replace(page, unread="illegible") if page.unread == "image" else page


def _picture(document: pypdfium2.PdfDocument, number: int) -> "Picture | None":
    """The page as it is seen; None when it is damaged or holds an image too large to unpack."""
    try:
        with closing(document[number - 1]) as page:
            if _pixels(page.get_objects(max_depth=3)) > limits().scan_pixels:
                return None
            longer = max(*page.get_size(), 1.0)
            scale = min(max(SCALE * longer, LEAST), LONGEST) / longer
            shown = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()
    except pypdfium2.PdfiumError:
        return None
    return np.ascontiguousarray(shown[:, :, :3]) if shown.ndim == 3 else np.dstack([shown] * 3)


def _pixels(items: Iterable[pypdfium2.PdfObject]) -> int:
    sizes = (item.get_px_size() for item in items if item.type == raw.FPDF_PAGEOBJ_IMAGE)
    return max((width * height for width, height in sizes), default=0)
