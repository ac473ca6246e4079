"""Proposals written down in short form, made into real Word, PDF and Excel files.

`# ` begins a title of the first level, `## ` of the second, `|| a | b` a table row; `^` is merged with the
cell above, `<` with the cell to the left, `\\n` a line break in a cell, `@name` the table of that name under
`nested` within the cell. `= ` begins a sheet of a workbook. Other lines are paragraphs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from docx import Document as Word
from docx.table import Table as WordTable
from openpyxl import Workbook
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

FONT = "STSong-Light"
RULES: dict[str, list[Any]] = {
    "all": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "three": [("LINEABOVE", (0, row), (-1, row), 0.8, colors.black) for row in (0, 1)]
    + [("LINEBELOW", (0, -1), (-1, -1), 0.8, colors.black)],
    "none": [],
}
"""Lines drawn in the tables of a PDF."""
Rows = list[list[str]]


@dataclass
class Part:
    """A title (level 1 or 2), a paragraph (level 0), a table (rows) or the beginning of a sheet."""

    text: str = ""
    level: int = 0
    rows: Rows = field(default_factory=list)
    sheet: str = ""


def load(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """The proposals of a folder by name, in order."""
    return [(p.stem, yaml.safe_load(p.read_text("utf-8"))) for p in sorted(folder.glob("*.yaml"))]


def write(paper: dict[str, Any], folder: Path, name: str = "paper") -> Path:
    """The file of a proposal."""
    path = folder / f"{name}.{paper['form']}"
    makers = {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf}
    look = {**paper.get("page", {}), "nested": paper.get("nested", {})}
    makers[paper["form"]](list(parts(paper["blocks"])), path, look)
    return path


def parts(text: str) -> Iterator[Part]:
    """The parts of a proposal in short form."""
    rows: Rows = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("||"):
            rows.append([cell.strip().replace("\\n", "\n") for cell in line[2:].split("|")])
            continue
        if rows:
            yield Part(rows=rows)
            rows = []
        if line.startswith("= "):
            yield Part(sheet=line[2:].strip())
        elif line.strip():
            level = len(line) - len(line.lstrip("#"))
            yield Part(line.lstrip("# ").strip(), level)


def merges(rows: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int, int]]:
    """First and last row and column of every merged cell."""
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell in ("^", "<"):
                continue
            right = c
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            bottom = r
            while bottom + 1 < len(rows) and c < len(rows[bottom + 1]) and rows[bottom + 1][c] == "^":
                bottom += 1
            if (right, bottom) != (c, r):
                yield r, c, bottom, right


def _plain(cell: str) -> str:
    return "" if cell in ("^", "<") else cell


def _docx(story: list[Part], path: Path, look: dict[str, Any]) -> None:
    document = Word()
    for part in story:
        if part.rows:
            table = document.add_table(len(part.rows), len(part.rows[0]), style="Table Grid")
            _fill(table, part.rows, look["nested"])
        elif part.level:
            document.add_heading(part.text, part.level)
        else:
            document.add_paragraph(part.text)
    document.save(str(path))


def _fill(table: WordTable, rows: Rows, nested: dict[str, str]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = "" if text.startswith("@") else _plain(text)
    for top, left, bottom, right in merges(rows):
        text = rows[top][left]
        table.cell(top, left).merge(table.cell(bottom, right)).text = "" if text.startswith("@") else text
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if text.startswith("@"):
                (inner,) = parts(nested[text[1:]])
                _fill(cell.add_table(len(inner.rows), len(inner.rows[0])), inner.rows, nested)


def _xlsx(story: list[Part], path: Path, _: dict[str, Any]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, part in enumerate(story):
        if part.sheet:
            sheet = book.create_sheet(part.sheet) if number else sheet
            sheet.title = part.sheet
            continue
        for row in part.rows or [[part.text]]:
            sheet.append([_value(cell) for cell in row])
        offset = sheet.max_row - len(part.rows)
        for top, left, bottom, right in merges(part.rows):
            sheet.merge_cells(
                start_row=offset + top + 1,
                start_column=left + 1,
                end_row=offset + bottom + 1,
                end_column=right + 1,
            )
    book.save(path)


def _value(cell: str) -> object:
    text = _plain(cell)
    if text.replace(".", "", 1).isdecimal() and text.count(".") < 2:
        return float(text) if "." in text else int(text)
    return text or None


def _pdf(story: list[Part], path: Path, page: dict[str, Any]) -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    size = landscape(A4) if page.get("landscape") else A4
    size = (size[0], page["height"] * cm) if "height" in page else size
    style = ParagraphStyle("text", fontName=FONT, fontSize=10, leading=17, wordWrap="CJK")
    flow: list[Flowable] = []
    for part in story:
        title = ParagraphStyle("title", parent=style, fontSize=15 - part.level, leading=26)
        look = title if part.level else style
        table = _grid(part.rows, size[0] - 4 * cm, RULES[page.get("rules", "all")]) if part.rows else None
        flow.append(table or Paragraph(part.text, look))
    margins = {f"{side}Margin": 2 * cm for side in ("left", "right", "top", "bottom")}
    SimpleDocTemplate(str(path), pagesize=size, invariant=1, **margins).build(flow)


def _grid(rows: Rows, width: float, rules: list[Any]) -> Table:
    cell = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=12, wordWrap="CJK")
    texts = [[Paragraph(_plain(text).replace("\n", "<br/>"), cell) for text in row] for row in rows]
    spans = [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in merges(rows)]
    look: list[Any] = [*rules, *spans]
    return Table(texts, style=look, repeatRows=1, colWidths=[width / len(rows[0])] * len(rows[0]))
