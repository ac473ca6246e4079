"""Plain text, Markdown, CSV and HTML."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
from lxml import etree

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.grid import SpanGrid
from ingest.documents.headings import heading_level
from ingest.documents.limits import limits
from kg.errors import DocumentError
from kg.model import Place

SKIPPED = frozenset({"script", "style", "noscript", "template", "head", "iframe", "object", "svg"})
HEADINGS = {f"h{n}": n for n in range(1, 7)}
LEAVES = frozenset({"p", "li", "pre", "blockquote", "dt", "dd", "div", "section", "td", "body", *HEADINGS})
MARK = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?$")


def decode(data: bytes) -> str:
    """Text of UTF-8, UTF-16 with or without mark, GBK or GB18030 bytes. Raises: DocumentError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        order = ["utf-16"]
    elif data[1:400:2].count(0) > len(data[1:400:2]) // 3:
        order = ["utf-16-le"]
    elif data[0:400:2].count(0) > len(data[0:400:2]) // 3:
        order = ["utf-16-be"]
    else:
        order = ["utf-8-sig", "gb18030"]
    for encoding in order:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise DocumentError("文字编码无法识别", "请另存为 UTF-8 编码后再提交")


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
    """Headings, pipe tables and paragraphs of Markdown."""
    blocks: list[Block] = []
    table: list[Row] = []
    for number, line in enumerate([*decode(path.read_bytes()).split("\n"), ""], 1):
        text = line.strip()
        if text.startswith("|"):
            if not RULE.match(text):
                cells = tuple(cell.strip() for cell in text.strip("|").split("|"))
                table.append(Row(cells, Place(block=number, row=len(table) + 1)))
            continue
        if table:
            blocks.append(Block(BlockKind.TABLE, Place(block=table[0].place.block), rows=tuple(table)))
            table = []
        if mark := MARK.match(text):
            blocks.append(Block(BlockKind.HEADING, Place(block=number), mark[2], len(mark[1])))
        elif text:
            blocks.append(_line(text.replace("**", ""), number))
    return tuple(blocks)


def read_csv(path: Path) -> tuple[Block, ...]:
    """One table; the delimiter is the one that splits most lines alike. Raises: DocumentError."""
    text = decode(path.read_bytes())
    rows: list[Row] = []
    try:
        for line in csv.reader(io.StringIO(text), delimiter=_delimiter(text)):
            if len(rows) >= limits().rows:
                raise DocumentError("表格行数超过上限", "请拆分为多个文件后再提交")
            cells = tuple(cell.strip() for cell in line)
            rows.append(Row(cells, Place(sheet=path.name, row=len(rows) + 1, block=1)))
    except csv.Error as error:
        raise DocumentError("表格内容无法解析", "请另存为 UTF-8 编码的 CSV 或 xlsx 后再提交") from error
    return (Block(BlockKind.TABLE, Place(sheet=path.name, block=1), path.name, 0, tuple(rows)),)


def _delimiter(text: str) -> str:
    lines = [line for line in text.split("\n")[:50] if line.strip()]
    scores = {mark: sum(line.count(mark) > 0 for line in lines) for mark in ",\t;|"}
    return max(scores, key=lambda mark: (scores[mark], mark == ","))


def read_html(path: Path) -> tuple[Block, ...]:
    """Headings, paragraphs and tables of a page; scripts and styles are dropped. Raises: DocumentError."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(path.read_bytes()))
    try:
        root = lxml.html.document_fromstring(text, parser=lxml.html.HTMLParser(no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError("网页内容无法解析", "请用浏览器打开后另存为网页再提交") from error
    blocks: list[Block] = []
    etree.strip_elements(root, *sorted(SKIPPED), with_tail=False)
    for element in root.iter():
        if isinstance(element.tag, str) and not _inside(element, "table"):
            _element(element, blocks)
    return tuple(blocks)


def _inside(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _element(element: etree._Element, blocks: list[Block]) -> None:
    place = Place(block=len(blocks) + 1)
    if element.tag == "table":
        grid = SpanGrid()
        own = [tr for tr in element.iter("tr") if next(tr.iterancestors("table"), None) is element]
        rows = tuple(grid.row(_html_cells(tr), _html_place(place, n)) for n, tr in enumerate(own, 1))
        blocks.append(Block(BlockKind.TABLE, place, rows=rows))
    elif element.tag in LEAVES and not any(
        child.tag in LEAVES or child.tag == "table" for child in element.iter() if child is not element
    ):
        text = " ".join("".join(str(t) for t in element.itertext()).split())
        if text:
            level = HEADINGS.get(str(element.tag), 0) or heading_level(text)
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            blocks.append(Block(kind, place, text, level))


def _html_place(place: Place, row: int) -> Place:
    return Place(block=place.block, row=row)


def _html_cells(row: etree._Element) -> Iterator[tuple[str, int, int]]:
    """The cells that start in a row, without those of tables inside its cells."""
    for cell in row.iterchildren("td", "th"):
        text = " ".join("".join(str(t) for t in cell.itertext()).split())
        yield text, _span(cell, "colspan"), _span(cell, "rowspan")


def _span(cell: etree._Element, name: str) -> int:
    """The span an attribute gives; a rowspan of 0 reaches to the end of the table."""
    value = str(cell.get(name) or "1").strip()
    if not value.isdecimal():
        return 1
    return min(int(value[:9]), limits().rows) or limits().rows
