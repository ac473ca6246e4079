"""Printed lines made paragraphs again: running heads and page numbers dropped, broken lines joined."""

import re
from collections import Counter
from dataclasses import replace

from ingest.documents.folio import is_page_number
from ingest.documents.headings import heading_level
from ingest.documents.pages import Page, Part

STOP = re.compile(r"[。；;：:！？!?]$")
STARTS = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．)）]|第.{1,4}[章节条]"
    r"|[图表]\s*[\d一二三四五六七八九十]{1,2}(?:[.．\-—–]\d{1,2})*[\s:：]"
    r"|[^：:，。；\s]{2,12}(?:[（(][^）)]{1,8}[）)])?[：:])"
)
"""A line that begins with a number, as a caption, or with a short label and a colon begins a paragraph."""
NUMBERED = re.compile(r"第?\s*\d+\s*页(?:[\s/，,]*共\s*\d+\s*页)?|^\d+\s|\s\d+(?:\s*/\s*\d+)?$")
"""The page's own number within a running head."""
CONTINUED = re.compile(r"^(?:[（(]?续[上前]?表|表\s*[\d.．\-—–]+.{0,40}[（(]续表?[）)]|[（(]?接[上前]页)")
SHORT = 0.7
"""A line this much shorter than the widest of its page ends its paragraph."""
FEW = 8
"""Lines below which a page does not show how wide a full line is."""
EDGE = 3
"""Lines at each end of a page that may be running ones: head, foot and number are often drawn first."""


def is_continuation_mark(text: str) -> bool:
    """Whether a line only says that a table goes on from the page before."""
    return bool(CONTINUED.match(text))


def without_running_heads(pages: list[Page]) -> list[Page]:
    """The pages without page numbers, and without the lines at their edges that a third of them repeat.

    The first page that has such a line keeps it as head or foot: a marking may stand nowhere else.
    """
    pages = [_without(page, {line for line in _edges(page) if is_page_number(line)}) for page in pages]
    counts = Counter(key for page in pages for key in {_key(line) for line in _edges(page)})
    often = {key for key, count in counts.items() if count >= _enough(len(pages))}
    seen: set[str] = set()
    kept: list[Page] = []
    for page in pages:
        running = {line: _key(line) for line in _edges(page) if _key(line) in often}
        fresh = [line for line, key in running.items() if key not in seen]
        heads = tuple(line for line in fresh if line in page.parts[0].lines[:EDGE])
        feet = tuple(line for line in fresh if line not in heads)
        kept.append(replace(_without(page, set(running)), heads=heads, feet=feet))
        seen.update(running.values())
    return kept


def _enough(pages: int) -> int:
    """On how many pages a line repeats when it is a running head."""
    return 2 if pages < 4 else max(3, -(-pages // 3))


def _key(line: str) -> str:
    return NUMBERED.sub("", line)


def _edges(page: Page) -> tuple[str, ...]:
    """The first and the last lines of a page, none where a table stands at that edge."""
    if not page.parts:
        return ()
    return page.parts[0].lines[:EDGE] + page.parts[-1].lines[-EDGE:]


def _without(page: Page, drop: set[str]) -> Page:
    if not drop:
        return page
    ends = {0, len(page.parts) - 1}
    parts = [
        Part(tuple(line for line in part.lines if line not in drop), part.rows) if index in ends else part
        for index, part in enumerate(page.parts)
    ]
    return replace(page, parts=tuple(part for part in parts if part.lines or part.rows))


def _width(page: Page) -> int:
    return max((len(line) for part in page.parts for line in part.lines), default=0)


class Paragraphs:
    """Joins lines as they come: a line goes on when it is nearly full and ends without a stop."""

    def __init__(self, pages: list[Page]) -> None:
        self.text = ""
        self._open, self._width = False, 0
        self._widest = max((_width(page) for page in pages), default=0)

    def turn(self, page: Page) -> None:
        """Takes the width of a full line from a page, from the widest one when the page has few lines."""
        few = sum(len(part.lines) for part in page.parts) < FEW
        self._width = self._widest if few else _width(page)

    def close(self) -> None:
        """Ends the paragraph: what follows is not part of it."""
        self._open = False

    def add(self, line: str) -> bool:
        """Takes the next line; whether it goes on with the paragraph in `text`, which it else begins anew."""
        goes_on = self._open and not STARTS.match(line) and not heading_level(line)
        if goes_on:
            gap = " " if self.text[-1].isascii() and line[0].isascii() else ""
            self.text += gap + line
        else:
            self.text = line
        self._open = len(line) >= SHORT * self._width and not STOP.search(line)
        return goes_on
