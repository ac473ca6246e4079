"""Word documents read as one stream: merged cells filled, headings and automatic numbers resolved."""

import re
from dataclasses import replace
from pathlib import Path

from lxml import etree

from ingest.documents.blocks import Block, BlockKind
from ingest.documents.folio import is_page_number
from ingest.documents.formats import MAIN
from ingest.documents.grid import Spread
from ingest.documents.headings import bold_heading, heading_level
from ingest.documents.numbering import Numbering
from ingest.documents.packages import CORRUPT, REVISED, Package, active_parts, open_package
from ingest.documents.styles import Styles, level_of
from ingest.documents.wordtable import Inside, table_rows
from ingest.documents.wordtext import FALLBACK, SKIPPED, boxes, is_bold, is_revised, own_text, watermarks
from ingest.documents.wordxml import WORD, optional, parse
from kg.errors import DocumentError
from kg.model import NOWHERE, Place

MARGIN = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml$")


def read_docx(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a document, headers first, footers and notes last, and what was left unread.

    Raises: DocumentError.
    """
    with open_package(path) as package:
        return _read(package)


def _read(package: Package) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    names = package.names()
    main = next((name for name in names if MAIN["docx"].fullmatch(name)), None)
    if main is None:
        raise DocumentError(*CORRUPT)
    margins = {name: match[1] for name in sorted(names) if (match := MARGIN.match(name))}
    walk = _Walk(
        Styles.read(optional(package, "word/styles.xml")), Numbering(optional(package, "word/numbering.xml"))
    )
    for name in (n for n, kind in margins.items() if kind == "header"):
        walk.margin(parse(package, name))
    root = parse(package, main)
    walk.body(root)
    for name in (n for n, kind in margins.items() if kind != "header"):
        walk.margin(parse(package, name))
    return tuple(walk.blocks), active_parts(names) + ((REVISED,) if is_revised(root) else ())


class _Walk:
    """Collects blocks in reading order."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[Block] = []
        self._styles, self._numbering = styles, numbering
        self._above, self._spread = 0, Spread()

    def margin(self, root: etree._Element) -> None:
        """Takes a header, a footer or notes; page numbers and what was said before are left out."""
        said, first = {block.text for block in self.blocks}, len(self.blocks)
        self.body(root)
        for text in watermarks(root):
            self.blocks.append(Block(BlockKind.PARAGRAPH, self._place(), text))
        found, self.blocks = self.blocks[first:], self.blocks[:first]
        for block in found:
            if block.rows or not (is_page_number(block.text) or block.text in said):
                self.blocks.append(replace(block, place=replace(block.place, block=len(self.blocks) + 1)))
                said.add(block.text)

    def body(self, parent: etree._Element) -> None:
        """Takes the paragraphs and tables under an element, however they are wrapped."""
        for element in parent:
            if element.tag == WORD + "p":
                self._paragraph(element)
            elif element.tag == WORD + "tbl":
                self._table(element)
            elif element.tag not in SKIPPED and element.tag != FALLBACK and isinstance(element.tag, str):
                self.body(element)

    def _paragraph(self, element: etree._Element) -> None:
        text, properties = own_text(element).strip(), element.find(WORD + "pPr")
        if text and not self._styles.is_contents(properties):
            text = self._numbering.label(properties, self._styles.number(properties)) + text
            level = self._level(element, text)
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            self.blocks.append(Block(kind, self._place(), text, level))
        for box in boxes(element):
            self.body(box)

    def _level(self, element: etree._Element, text: str) -> int:
        """By style or outline, by how it is numbered, or one below the last of these when set bold."""
        properties = element.find(WORD + "pPr")
        level = level_of(properties) or self._styles.level(properties) or heading_level(text)
        if level:
            self._above = level
            return level
        return self._above + 1 if bold_heading(text) and is_bold(element) else 0

    def _place(self) -> Place:
        return Place(block=len(self.blocks) + 1)

    def _table(self, table: etree._Element, cell: Place = NOWHERE) -> None:
        """Takes a table; one within a cell of another bears the row and column of that cell."""
        place, inside = replace(self._place(), row=cell.row, column=cell.column), Inside()
        rows = table_rows(table, len(self.blocks) + 1, inside, spread=self._spread)
        if rows:
            self.blocks.append(Block(BlockKind.TABLE, place, rows=rows))
        for inner, within in inside.tables:
            self._table(inner, within)
        for box in inside.boxes:
            self.body(box)
