"""Plain text and Markdown."""

import re
from pathlib import Path

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.encoding import decode
from ingest.documents.headings import heading_level
from kg.model import Place

MARK = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")
FENCE = re.compile(r"^(?:```|~~~)")
UNDERLINE = re.compile(r"^(=+|-{2,}|\*{3,}|_{3,})$")
ITEM = re.compile(r"^[-*+]\s+")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
EMPHASIS = re.compile(r"\*\*|__|`|~~")


def read_txt(path: Path) -> tuple[Block, ...]:
    """One block per non-blank line; lines numbered like a document's headings become headings."""
    return tuple(
        _line(line.strip(), number)
        for number, line in enumerate(decode(path.read_bytes()).split("\n"), 1)
        if line.strip()
    )


def _line(text: str, number: int) -> Block:
    level = heading_level(text)
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    return Block(kind, Place(block=number), text, level)


def read_md(path: Path) -> tuple[Block, ...]:
    """Headings, pipe tables and paragraphs of Markdown; places are line numbers."""
    lines = decode(path.read_bytes()).split("\n")
    page = _Markdown()
    for number, line in enumerate(lines, 1):
        following = lines[number].strip() if number < len(lines) else ""
        page.take(line.strip(), number, following)
    page.end_table()
    return tuple(page.blocks)


class _Markdown:
    """Collects blocks line by line."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._rows: list[Row] = []
        self._fenced = False

    def take(self, text: str, number: int, following: str) -> None:
        """The next line, with the one behind it, which may underline it."""
        if FENCE.match(text):
            self._fenced = not self._fenced
        elif self._fenced:
            self.blocks += [Block(BlockKind.PARAGRAPH, Place(block=number), text)] if text else []
        elif self._is_row(text, following):
            if not RULE.match(text):
                self._rows.append(Row(_cells(text), Place(block=number, row=len(self._rows) + 1)))
        else:
            self.end_table()
            self._plain(text, number, following)

    def _is_row(self, text: str, following: str) -> bool:
        begins = "|" in text and RULE.match(following) and "|" in following
        return text.startswith("|") or bool(begins) or ("|" in text and bool(self._rows))

    def end_table(self) -> None:
        """Closes the table whose rows came last."""
        if self._rows:
            place = Place(block=self._rows[0].place.block)
            self.blocks.append(Block(BlockKind.TABLE, place, rows=tuple(self._rows)))
            self._rows = []

    def _plain(self, text: str, number: int, following: str) -> None:
        if mark := MARK.match(text):
            self._head(mark[2], number, len(mark[1]))
        elif not text or UNDERLINE.match(text):
            return
        elif re.fullmatch("=+|-{2,}", following) and not ITEM.match(text):
            self._head(text, number, 1 if following[0] == "=" else 2)
        else:
            self.blocks.append(_line(_bare(ITEM.sub("", text)), number))

    def _head(self, text: str, number: int, level: int) -> None:
        self.blocks.append(Block(BlockKind.HEADING, Place(block=number), _bare(text), level))


def _cells(text: str) -> tuple[str, ...]:
    inner = text.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return tuple(_bare(cell.replace("\\|", "|")).strip() for cell in re.split(r"(?<!\\)\|", inner))


def _bare(text: str) -> str:
    """A line without the signs of emphasis, links as their words."""
    return EMPHASIS.sub("", LINK.sub(r"\1", text))
