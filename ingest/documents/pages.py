"""Pages of a PDF: their lines and ruled tables in reading order, and what cannot be read on them."""

import re
import unicodedata
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Literal

import pypdfium2
from pypdfium2 import raw

from ingest.documents.aligned import may_align
from ingest.documents.blocks import Row
from ingest.documents.pdffile import Source, opened
from kg.text.normal import normalise

Unread = Literal["", "image", "garbled", "tables", "too_many", "illegible"]
RADICALS = re.compile("[\u2e80-\u2fdf]")
PICTURE = 0.5
"""Share of a page that one image covers from which the page counts as a picture of text."""
CAPTION = 50
"""Characters that a picture of a page may have beside it, such as its number and a running head."""
DRAWING = 10_000
"""Lines and areas on a page from which it is a drawing; looking for tables in it takes minutes."""
ODD = 0.1
"""Share of signs without meaning (private use, unassigned, control) above which a page is garbled."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of text, or the rows of one table; never both."""

    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Parts in reading order and what is known of them.

    `unread` is why some or all of it was left out, `ruled` whether lines are drawn that may make tables,
    `aligned` whether lines stand in pieces as those of a table do, `blank` whether nothing at all is drawn,
    `heads` and `feet` running lines that first stand above and below this page. `scanned` is set when it was
    read off its picture.
    """

    number: int
    parts: tuple[Part, ...] = ()
    unread: Unread = ""
    ruled: bool = False
    aligned: bool = False
    blank: bool = False
    heads: tuple[str, ...] = ()
    feet: tuple[str, ...] = ()
    scanned: bool = False


def read_pages(source: Source) -> list[Page]:
    """The pages as plain lines. Raises: DocumentError when damaged, locked or too many."""
    with opened(source) as document:
        return [_page(document, number) for number in range(1, len(document) + 1)]


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    try:
        with closing(document[number - 1]) as page, closing(page.get_textpage()) as layer:
            text = str(layer.get_text_range()).replace("\r\n", "\n").replace("\ufffe", "").replace("\x00", "")
            kinds, covered = _drawn(page)
    except pypdfium2.PdfiumError:
        return Page(number, unread="image")
    count = len("".join(text.split()))
    if not count or (covered > PICTURE and count < CAPTION):
        return Page(number, unread="image") if kinds else Page(number, blank=True)
    if _garbled(text):
        return Page(number, unread="garbled")
    lines, drawing = parts_of([Part(tuple(text.split("\n")))]), kinds[raw.FPDF_PAGEOBJ_PATH] > DRAWING
    if drawing:
        return Page(number, lines, unread="tables")
    return Page(number, lines, ruled=kinds[raw.FPDF_PAGEOBJ_PATH] > 0, aligned=may_align(text.split("\n")))


def _drawn(page: pypdfium2.PdfPage) -> tuple[Counter[int], float]:
    """How many objects of each kind a page has, and the share of it that its largest image covers."""
    width, height = page.get_size()
    kinds, largest = Counter[int](), 0.0
    for item in page.get_objects(max_depth=3):
        kinds[item.type] += 1
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            largest = max(largest, (right - left) * (top - bottom))
    return kinds, largest / max(width * height, 1.0)


def _garbled(text: str) -> bool:
    signs = [sign for sign in text if not sign.isspace()]
    odd = sum(sign == "\ufffd" or unicodedata.category(sign) in {"Co", "Cn", "Cc"} for sign in signs)
    return odd > ODD * len(signs)


def parts_of(parts: list[Part]) -> tuple[Part, ...]:
    """The parts without blank lines, and with radical signs made the characters they stand for."""
    whole = [
        Part(
            tuple(text for line in part.lines if (text := _characters(line).strip())),
            tuple(replace(row, cells=tuple(map(_characters, row.cells))) for row in part.rows),
        )
        for part in parts
    ]
    return tuple(part for part in whole if part.lines or part.rows)


def _characters(text: str) -> str:
    return RADICALS.sub(lambda match: normalise(match[0]), text)
