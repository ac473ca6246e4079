"""Binary Word documents as blocks: headers first, then the text with its tables, boxes and notes last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.documents.blocks import Block, BlockKind
from ingest.documents.folio import is_page_number
from ingest.documents.grid import Spread
from ingest.documents.headings import heading_level
from ingest.documents.ole import Container
from ingest.documents.packages import COMMENTS, MACROS, PICTURES, REVISED
from ingest.documents.word97.header import CHARACTER_PAGES, PARAGRAPH_PAGES, STORIES, read_header
from ingest.documents.word97.pieces import Text, read_text
from ingest.documents.word97.properties import (
    CELL_WITHIN,
    DELETED,
    IN_TABLE,
    NESTED,
    NUMBERED,
    OUTLINE,
    ROW,
    ROW_END,
    ROW_WITHIN,
    Runs,
    Said,
)
from ingest.documents.word97.rows import Cells, row_of, table_rows
from kg.model import Place

END = re.compile(r"[\r\x07\x0c]")
"""What ends a paragraph: its mark, the mark of a cell or row, a page or section break."""
CELL = "\x07"
FIELD, RESULT, FIELD_END = "\x13", "\x14", "\x15"
PICTURE = "\x01"
SIGNS = str.maketrans({"\x0b": "\n", "\x1e": "-", "\xa0": " ", "\t": "\t"})
DROPPED = re.compile(r"[\x00-\x08\x0c\x0e-\x1f\ufffc]")
HEADINGS = range(1, 10)
"""Numbers of the built-in styles Heading 1 to 9. Source: MS-DOC 2.9.271."""
BODY = 9
"""The level of an outline that is no heading."""
MARGINS = ("headers",)
BEHIND = ("boxes", "header boxes", "footnotes", "endnotes")
NUMBERS = "自动编号未读，标题层级按样式和文字判断"


def read_doc(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a document and what was left unread. Raises: DocumentError."""
    container = Container(path.read_bytes())
    header = read_header(container)
    text = read_text(header)
    walk = _Walk(
        text,
        Runs(header, PARAGRAPH_PAGES, paragraphs=True),
        Runs(header, CHARACTER_PAGES, paragraphs=False),
    )
    stories = dict(_stories(header.counts))
    for name in MARGINS:
        walk.margin(*stories[name])
    walk.story(*stories["main"])
    for name in BEHIND:
        walk.margin(*stories[name])
    notes = [NUMBERS] if walk.numbered else []
    notes += [REVISED] if walk.revised else []
    notes += [MACROS] if "_VBA_PROJECT" in container.names() else []
    notes += [PICTURES] if PICTURE in text.characters else []
    notes += [COMMENTS] if header.counts[STORIES.index("comments")] else []
    return tuple(walk.blocks), tuple(notes)


def _stories(counts: tuple[int, ...]) -> Iterator[tuple[str, tuple[int, int]]]:
    start = 0
    for name, count in zip(STORIES, counts, strict=True):
        yield name, (start, start + count)
        start += count


@dataclass
class _Walk:
    """Collects blocks in reading order, rows until their table ends."""

    text: Text
    paragraphs: Runs
    runs: Runs
    blocks: list[Block] = field(default_factory=list)
    numbered: bool = False
    revised: bool = False
    _cell: list[str] = field(default_factory=list)
    _cells: list[str] = field(default_factory=list)
    _rows: list[Cells] = field(default_factory=list)
    _spread: Spread = field(default_factory=Spread)

    def margin(self, start: int, end: int) -> None:
        """Takes headers or notes: what was said before and page numbers are left out."""
        said, first = {block.text for block in self.blocks}, len(self.blocks)
        self.story(start, end)
        found, self.blocks = self.blocks[first:], self.blocks[:first]
        for block in found:
            if block.rows or not (is_page_number(block.text) or block.text in said):
                self.blocks.append(replace(block, place=replace(block.place, block=len(self.blocks) + 1)))
                said.add(block.text)

    def story(self, start: int, end: int) -> None:
        """Takes the paragraphs and tables between two characters."""
        at = start
        while at < end and (found := END.search(self.text.characters, at, end)) is not None:
            said = self.paragraphs.at(self.text.offset(found.start()))
            self._paragraph(self._shown(at, found.start()), said, mark=found[0])
            at = found.end()
        if at < end:
            self._paragraph(self._shown(at, end), Said(0, {}), mark="\r")
        self._end_table()

    def _paragraph(self, text: str, said: Said, *, mark: str) -> None:
        self.numbered = self.numbered or bool(text and said.number(NUMBERED))
        if not said.flag(IN_TABLE) and mark != CELL:
            self._end_table()
            self._text(text, said)
        elif said.flag(ROW_END):
            self._rows.append(row_of(self._cells, said.sprms.get(ROW, b"")))
            self._cell, self._cells = [], []
        elif not said.flag(ROW_WITHIN):
            # A table within a cell is read as lines of that cell.
            self._cell += [text] if text else []
            if mark == CELL and said.number(NESTED) < 2 and not said.flag(CELL_WITHIN):
                self._cells.append("\n".join(self._cell))
                self._cell = []

    def _text(self, text: str, said: Said) -> None:
        if text:
            level = _level(said) or heading_level(text)
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            self.blocks.append(Block(kind, Place(block=len(self.blocks) + 1), text, level))

    def _end_table(self) -> None:
        """Closes the table whose rows came last; cells without the end of their row are a row as well."""
        if self._cells:
            self._rows.append(row_of(self._cells, b""))
        if self._rows:
            number = len(self.blocks) + 1
            rows = table_rows(self._rows, number, spread=self._spread)
            self.blocks.append(Block(BlockKind.TABLE, Place(block=number), rows=rows))
        self._rows, self._cells, self._cell = [], [], []

    def _shown(self, start: int, end: int) -> str:
        """The characters that a reader sees: no instructions of fields, nothing deleted in a revision."""
        shown, hidden = list[str](), list[bool]()
        for at in range(start, end):
            sign = self.text.characters[at]
            if sign == FIELD:
                hidden.append(True)
            elif sign == RESULT and hidden:
                hidden[-1] = False
            elif sign == FIELD_END and hidden:
                hidden.pop()
            elif not any(hidden):
                if self.runs.at(self.text.offset(at)).flag(DELETED):
                    self.revised = True
                else:
                    shown.append(sign)
        return DROPPED.sub("", "".join(shown).translate(SIGNS)).strip()


def _level(said: Said) -> int:
    """The level of a heading by its outline or its built-in style; 0 for none."""
    outline = said.number(OUTLINE) if OUTLINE in said.sprms else BODY
    if outline < BODY:
        return outline + 1
    return said.style if said.style in HEADINGS else 0
