"""HTML pages: headings, paragraphs and tables, without scripts and styles."""

import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
from lxml import etree

from ingest.documents.blocks import Block, BlockKind
from ingest.documents.encoding import decode
from ingest.documents.grid import SpanGrid, Spread
from ingest.documents.headings import heading_level
from ingest.documents.limits import limits
from ingest.documents.nodes import nodes, too_many
from kg.errors import DocumentError
from kg.model import Place

SKIPPED = ("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select", "textarea")
HEADINGS = {f"h{n}": n for n in range(1, 7)}
BREAKS = frozenset(
    {"p", "li", "pre", "blockquote", "dt", "dd", "dl", "ul", "ol", "div", "section", "article", "body",
     "header", "footer", "main", "nav", "aside", "form", "fieldset", "figure", "figcaption", "address",
     "center", "br", "hr", "table", "caption", "tr", "td", "th", *HEADINGS}
)  # fmt: skip
"""Elements that begin a line of their own."""
NESTED = ("网页嵌套层次过深", "请用浏览器打开，复制内容到文档后再提交")


def read_html(path: Path) -> tuple[Block, ...]:
    """The blocks of a page in reading order. Raises: DocumentError."""
    data = path.read_bytes()
    if nodes(data) > limits().nodes:
        raise too_many(limits().nodes)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(data))
    parser = lxml.html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DocumentError("网页内容无法解析", "请用浏览器打开后另存为网页再提交") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise DocumentError(*NESTED)
    etree.strip_elements(root, *SKIPPED, with_tail=False)
    return _Page().read(root)


class _Page:
    """Collects the text between breaks, and tables whole."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._text: list[str] = []
        self._level = 0
        self._spread = Spread()

    def read(self, root: etree._Element) -> tuple[Block, ...]:
        inside = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag, starts = str(element.tag), event == "start"
            if tag == "table":
                if starts:
                    self._close()
                    self._table(element)
                inside += 1 if starts else -1
            if inside:
                continue
            if tag in BREAKS:
                self._close()
            if tag in HEADINGS:
                self._level = HEADINGS[tag] if starts else 0
            self._text.append((element.text if starts else element.tail) or "")
        self._close()
        return tuple(self._blocks)

    def _close(self) -> None:
        text, self._text = " ".join("".join(self._text).split()), []
        if text:
            level = self._level or heading_level(text)
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            self._blocks.append(Block(kind, Place(block=len(self._blocks) + 1), text, level))

    def _table(self, table: etree._Element) -> None:
        """One table with the text of its cells; tables inside its cells follow where the walk meets them."""
        number, grid = len(self._blocks) + 1, SpanGrid(self._spread)
        own = [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]
        rows = tuple(grid.row(_cells(row), Place(block=number, row=n)) for n, row in enumerate(own, 1))
        if rows:
            self._blocks.append(Block(BlockKind.TABLE, Place(block=number), rows=rows))


def _cells(row: etree._Element) -> Iterator[tuple[str, int, int]]:
    """The cells that start in a row, their lines kept apart."""
    for cell in row.iterchildren("td", "th"):
        yield _cell_text(cell), _span(cell, "colspan"), _span(cell, "rowspan")


def _cell_text(cell: etree._Element) -> str:
    parts: list[str] = []
    inner = 0
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element.tag == "table":
            inner += 1 if event == "start" else -1
        if element is not cell and element.tag in BREAKS:
            parts.append("\n")
        if not inner and (event == "start" or element is not cell):
            text = (element.text if event == "start" else element.tail) or ""
            parts.append(text.replace("\n", " "))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def _span(cell: etree._Element, name: str) -> int:
    """The span an attribute gives; a rowspan of 0 reaches to the end of the table."""
    value = str(cell.get(name) or "1").strip()
    if not value.isdecimal():
        return 1
    return min(int(value[:9]), limits().rows) or limits().rows
