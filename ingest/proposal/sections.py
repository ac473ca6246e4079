"""Blocks of a document with the headings above them and the text just before them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.proposal.tables.columns import NAMES, header_at, is_label

NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百\d]{1,4}[章节部篇条]|附[件表录]\s*(?:[一二三四五六七八九十\dA-Z]{1,3}\s*[:：.、]?|[:：])"
    r"|\d{1,2}(?:[.．]\d{1,2})+[.．、]?(?!\d)|\d{1,2}\s*[.．、)）](?!\d)|[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[）)]"
    r"|[一二三四五六七八九十]{1,3}\s*[、.．)）]|[①-⑳]|[•●◆■▪▶]|[·\-*]\s)\s*"
)
SHORT = 40
"""Signs of a line that may be a caption."""
STOPS = ("。", "；", "！", "？")
"""What ends a sentence, which is no title."""
POINTS = re.compile(r"[如见][下附]?[表图]|如下|下表|单位\s*[：:为]\s*(?:人民币)?[百千万亿]*元")
"""Words that point to a table or tell its unit of money."""
CAPTION_REACH = 2
"""Lines above a table that may be its caption or tell its unit."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, the titles above it from the outermost, bare of numbers, and the caption of a table.

    `within` names the thing in whose row of another table a table stands, "" for one that stands by itself.
    """

    block: Block
    titles: tuple[str, ...] = ()
    caption: str = ""
    within: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return in_words(self.block)


def bare(text: str) -> str:
    """The text without the number or bullet before it."""
    return NUMBER.sub("", text, count=1).strip()


def unquoted(text: str) -> str:
    """The text without quotes that enclose all of it."""
    enclosed = text[:1] in tuple('“"《') and text[-1:] in tuple('”"》')
    return text[1:-1] if enclosed and not re.search("[“”《》]", text[1:-1]) else text


def in_words(block: Block) -> str:
    """Where a block stands, for a reader."""
    place = block.place
    if place.sheet:
        return f"工作表“{place.sheet}”"
    return f"第{place.page}页" if place.page else f"第{place.block}段"


def placed(blocks: Iterable[Block]) -> Iterator[Placed]:
    """Every block in order; a heading's own title is the last of its titles."""
    above: list[tuple[int, str]] = []
    before: list[Block] = []
    outer: tuple[Row, ...] = ()
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            above = [*[one for one in above if one[0] < block.level], (block.level, bare(block.text))]
            before = [one for one in before if one.kind is BlockKind.HEADING and one.level < block.level]
        titles = tuple(title for _, title in above)
        if block.kind is BlockKind.TABLE:
            lines = (_pointing(one.text) for one in before)
            yield Placed(block, titles, "\n".join([block.text, *lines]).strip(), _within(block, outer))
            before = []
            outer = outer if block.place.column else block.rows
        else:
            before = [*before, block][-CAPTION_REACH:] if _is_caption(block.text) else []
            yield Placed(block, titles)


def _within(block: Block, outer: Sequence[Row]) -> str:
    """The innermost name in the row of the table around a table, "" where no header stands above the row."""
    row, column = block.place.row, block.place.column
    if row is None or column is None or row > len(outer):
        return ""
    headers = (header_at(outer, index) for index in range(row - 1))
    header = next((one for one in headers if one), None)
    cells = outer[row - 1].cells
    named = [c for c in header.of(*NAMES) if c < len(cells) and c != column - 1] if header else []
    return next((bare(cells[c]) for c in reversed(named) if cells[c].strip()), "")


def _is_caption(text: str) -> bool:
    """Whether a line may belong to the table below: a title, a unit, or a sentence that points to it."""
    if is_label(bare(re.split("[：:]", text, maxsplit=1)[0])):
        return False
    title = len(text) <= SHORT and not text.rstrip().endswith(STOPS)
    return title or bool(POINTS.search(text))


def _pointing(text: str) -> str:
    """Of a short line the last sentence; of a paragraph the clause that points to the table."""
    stops = "[。；]" if len(text) <= SHORT else "[，。；]"
    return re.split(stops, text.rstrip("，。；：: "))[-1]
