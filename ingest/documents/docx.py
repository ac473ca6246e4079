"""Word documents read as one stream: merged cells filled, headings and automatic numbers resolved."""

import zipfile
import zlib
from pathlib import Path

from lxml import etree

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.headings import heading_level
from ingest.documents.limits import limits
from ingest.documents.numbering import WORD, Numbering, Styles, level_of
from ingest.documents.packages import BOMB, CORRUPT, Package, active_parts, open_package
from kg.errors import DocumentError
from kg.model import Place

NESTED = ("文档嵌套层次过深", "请用办公软件另存后再提交")
SKIPPED = frozenset(WORD + tag for tag in ("del", "delText", "instrText", "moveFrom", "rPr", "pPr"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
BOX = WORD + "txbxContent"


def read_docx(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a document, headers first, and what was left unread. Raises: DocumentError."""
    with open_package(path) as package:
        return _read(package)


def _read(package: Package) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    names = package.names()
    if "word/document.xml" not in names:
        raise DocumentError(*CORRUPT)
    walk = _Walk(_styles(package), _numbering(package))
    for name in sorted(n for n in names if n.startswith("word/header") and n.endswith(".xml")):
        walk.body(parse(package, name))
    walk.body(parse(package, "word/document.xml"))
    return tuple(walk.blocks), active_parts(names)


def parse(package: Package, name: str) -> etree._Element:
    """The root of an XML part, within the caps of size, depth and entities. Raises: DocumentError."""
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    stream, depth = package.stream(name), 0
    try:
        while data := stream.read():
            parser.feed(data)
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if depth > limits().depth:
                    raise DocumentError(*NESTED)
                if event == "end" and isinstance(element, etree._Element):
                    _check_span(element)
        root: etree._Element = parser.close()
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _refusal(str(error)) from error
    return root


def _refusal(message: str) -> DocumentError:
    """What the parser's own caps on depth and text length mean to the sender."""
    if "depth" in message:
        return DocumentError(*NESTED)
    return DocumentError(*(BOMB if "huge" in message.lower() or "too long" in message else CORRUPT))


def _check_span(element: etree._Element) -> None:
    if element.tag == WORD + "gridSpan":
        value = str(element.get(WORD + "val") or "1")
        if not value.isdecimal() or len(value) > 4 or int(value) > limits().grid_span:
            raise DocumentError(f"表格跨列数异常（gridSpan={value[:12]}）", "请修正该表格后另存再提交")


def _styles(package: Package) -> Styles:
    name = "word/styles.xml"
    return Styles.read(parse(package, name) if name in package.names() else None)


def _numbering(package: Package) -> Numbering:
    name = "word/numbering.xml"
    return Numbering(parse(package, name) if name in package.names() else None)


class _Walk:
    """Collects blocks in reading order."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.blocks: list[Block] = []
        self._styles, self._numbering = styles, numbering

    def body(self, parent: etree._Element) -> None:
        for element in parent:
            if element.tag == WORD + "p":
                self._paragraph(element)
            elif element.tag == WORD + "tbl":
                self._table(element)
            elif element.tag not in SKIPPED and isinstance(element.tag, str):
                self.body(element)

    def _paragraph(self, element: etree._Element) -> None:
        text = own_text(element).strip()
        style, properties = self._styles, element.find(WORD + "pPr")
        level = style.level(properties) or level_of(properties)
        if text:
            text = self._numbering.label(properties, style.number(properties)) + text
            level = level or (heading_level(text) if _is_bold(element) or heading_level(text) else 0)
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            self.blocks.append(Block(kind, self._place(), text, level))
        for box in element.iter(BOX):
            if not any(a.tag == FALLBACK for a in box.iterancestors()):
                self.body(box)

    def _place(self) -> Place:
        return Place(block=len(self.blocks) + 1)

    def _table(self, table: etree._Element) -> None:
        place = self._place()
        rows: list[Row] = []
        nested: list[etree._Element] = []
        for tr in _children(table, "tr"):
            at = Place(block=place.block, row=len(rows) + 1)
            rows.append(_row(tr, rows[-1].cells if rows else (), nested, at=at))
        self.blocks.append(Block(BlockKind.TABLE, place, rows=tuple(rows)))
        for inner in nested:
            self._table(inner)


def _row(row: etree._Element, above: tuple[str, ...], nested: list[etree._Element], *, at: Place) -> Row:
    """A row on the grid of its table; tables inside its cells are added to `nested`."""
    cells = [""] * _skipped(row)
    down, across = list[int](), list[int]()
    for cell in _children(row, "tc"):
        properties = cell.find(WORD + "tcPr")
        first, end = len(cells), len(cells) + max(int(_value(properties, "gridSpan", "1")), 1)
        text = "\n".join(filter(None, (own_text(p).strip() for p in _children(cell, "p"))))
        if _continues(properties) and first < len(above):
            text = above[first]
            down.extend(range(first, end))
        else:
            across.extend(range(first + 1, end))
        nested.extend(_children(cell, "tbl"))
        cells.extend([text] * (end - first))
    return Row(tuple(cells), at, tuple(down), tuple(across))


def _skipped(row: etree._Element) -> int:
    """Grid columns left empty before the first cell of a row."""
    value = _value(row.find(WORD + "trPr"), "gridBefore", "0")
    return min(int(value), limits().grid_span) if value.isdecimal() and len(value) < 5 else 0


def _children(parent: etree._Element, tag: str) -> list[etree._Element]:
    """Children of a tag, also those wrapped in content controls and insertions."""
    found: list[etree._Element] = []
    for child in parent:
        if child.tag == WORD + tag:
            found.append(child)
        elif child.tag in {
            WORD + "sdt",
            WORD + "sdtContent",
            WORD + "ins",
            WORD + "customXml",
            WORD + "smartTag",
        }:
            found.extend(_children(child, tag))
    return found


def _value(properties: etree._Element | None, tag: str, default: str) -> str:
    found = properties.find(WORD + tag) if properties is not None else None
    return str(found.get(WORD + "val") or default) if found is not None else default


def _continues(properties: etree._Element | None) -> bool:
    found = properties.find(WORD + "vMerge") if properties is not None else None
    return found is not None and found.get(WORD + "val") != "restart"


def own_text(element: etree._Element) -> str:
    """Text of a paragraph without deletions, field codes and the boxes anchored in it."""
    parts: list[str] = []
    for child in element:
        if child.tag in SKIPPED or child.tag in {BOX, FALLBACK}:
            continue
        if child.tag == WORD + "t":
            parts.append(child.text or "")
        elif child.tag in {WORD + "tab", WORD + "br", WORD + "cr"}:
            parts.append(" ")
        else:
            parts.append(own_text(child))
    return "".join(parts)


def _is_bold(paragraph: etree._Element) -> bool:
    runs = [r for r in paragraph.iter(WORD + "r") if r.find(WORD + "t") is not None]
    bold = [r.find(f"{WORD}rPr/{WORD}b") for r in runs]
    return bool(runs) and all(b is not None and b.get(WORD + "val") not in {"0", "false"} for b in bold)
