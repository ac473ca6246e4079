"""A proposal as a Word document or a PDF: headings, text, a function list with merged cells, a budget."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

from examples.generate.workbooks import fixed

FONT = "STSong-Light"
HEADER = ("子系统", "模块", "功能点", "功能说明", "工作量（人月）", "金额（万元）")
BUDGET = ("费用名称", "金额（万元）")
WIDTHS = (2.6, 2.6, 3.2, 4.6, 1.9, 1.9)
"""Centimetres per column of the function list."""
PER_MODULE = (1, 4, 5)
"""Columns that hold one value for a whole module."""
Texts = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One function; effort and amount are those of its whole module."""

    subsystem: str
    module: str
    function: str
    note: str
    effort: str
    amount: str


@dataclass(frozen=True, slots=True)
class Paper:
    """Texts with their heading level (0: plain), the function list between them, and the budget."""

    title: str
    before: Texts
    lines: tuple[Line, ...]
    between: Texts
    budget: tuple[tuple[str, int], ...]
    after: Texts


def docx(paper: Paper) -> bytes:
    """The paper as a Word document."""
    document = _document(paper.title)
    _write(document, paper.before)
    table = _table(document, [HEADER, *(astuple(line) for line in paper.lines)], WIDTHS)
    for column, first, last in _merges(paper.lines):
        text = table.cell(first, column).text
        for row in range(first + 1, last + 1):
            table.cell(row, column).text = ""
        table.cell(first, column).merge(table.cell(last, column)).text = text
    _write(document, paper.between)
    _table(document, [BUDGET, *((name, str(amount)) for name, amount in paper.budget)], (8.0, 4.0))
    _write(document, paper.after)
    return _saved(document)


def letter(title: str, texts: Texts) -> bytes:
    """Plain text under headings, as a Word document."""
    document = _document(title)
    _write(document, texts)
    return _saved(document)


def _document(title: str) -> Any:
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "宋体", Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.add_heading(title, 0)
    return document


def _saved(document: Any) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return fixed(saved.getvalue())


def _write(document: Any, texts: Texts) -> None:
    for level, text in texts:
        if level:
            document.add_heading(text, level)
        else:
            document.add_paragraph(text)


def _table(document: Any, rows: Sequence[tuple[str, ...]], widths: Sequence[float]) -> Any:
    table = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    for told, row in zip(rows, table.rows, strict=True):
        for text, cell, width in zip(told, row.cells, widths, strict=True):
            cell.text, cell.width = text, Cm(width)
    return table


def _merges(lines: Sequence[Line]) -> Iterator[tuple[int, int, int]]:
    """Column, first and last row of every merged cell; row 0 is the header."""
    owners = ([line.subsystem for line in lines], [f"{line.subsystem}/{line.module}" for line in lines])
    for columns, names in zip(((0,), PER_MODULE), owners, strict=True):
        row = 1
        for _, group in groupby(names):
            last = row + len(list(group)) - 1
            yield from ((column, row, last) for column in columns if last > row)
            row = last + 1


def pdf(paper: Paper) -> bytes:
    """The paper as a PDF; its font is one that every reader brings, so none is embedded."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    text = ParagraphStyle(
        "text", fontName=FONT, fontSize=10.5, leading=19, wordWrap="CJK", firstLineIndent=21
    )
    story = [
        Paragraph(paper.title, ParagraphStyle("title", parent=text, fontSize=18, leading=40, alignment=1))
    ]
    story += [*_texts(paper.before, text), _function_list(paper.lines, text), *_texts(paper.between, text)]
    budget = [BUDGET, *((name, str(amount)) for name, amount in paper.budget)]
    story += [Table(budget, style=_style([]), colWidths=[227, 113]), *_texts(paper.after, text)]
    saved = io.BytesIO()
    SimpleDocTemplate(saved, pagesize=A4, title=paper.title, invariant=1).build(story)
    return saved.getvalue()


def _texts(texts: Texts, style: ParagraphStyle) -> list[Flowable]:
    sizes = {0: style}
    for level, size in ((1, 15), (2, 12.5)):
        sizes[level] = ParagraphStyle(
            f"heading{level}",
            parent=style,
            fontSize=size,
            leading=size * 1.6,
            firstLineIndent=0,
            spaceBefore=size * 0.7,
            keepWithNext=1,
        )
    return [Paragraph(words, sizes[level]) for level, words in texts]


def _function_list(lines: Sequence[Line], text: ParagraphStyle) -> Table:
    cell = ParagraphStyle("cell", parent=text, fontSize=9, leading=12, firstLineIndent=0)
    rows = [list(HEADER), *(list(astuple(line)) for line in lines)]
    spans = []
    for column, first, last in _merges(lines):
        spans.append(("SPAN", (column, first), (column, last)))
        for row in range(first + 1, last + 1):
            rows[row][column] = ""
    cells = [[Paragraph(words, cell) for words in row] for row in rows]
    return Table(cells, repeatRows=1, style=_style(spans), colWidths=[width * 28.35 for width in WIDTHS])


def _style(spans: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    return [("FONT", (0, 0), (-1, -1), FONT, 9), grid, ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans]
