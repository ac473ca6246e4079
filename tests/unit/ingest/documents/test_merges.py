"""Rows say which of their cells a merge repeats, alike in every kind of file that has merges."""

from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import SimpleDocTemplate, Table

from ingest.documents.blocks import BlockKind, Document, Row
from ingest.documents.grid import Merge, fill
from ingest.documents.reader import read_document
from ingest.documents.wire import answer, understood
from kg.errors import DocumentError

HTML = """<table>
<tr><td>模块</td><td>功能</td><td>金额</td></tr>
<tr><td rowspan=2>审批</td><td>受理</td><td rowspan=2>30</td></tr>
<tr><td>审核</td></tr>
<tr><td colspan=2>合计</td><td>30</td></tr>
</table>"""
CELLS = [
    ("模块", "功能", "金额"),
    ("审批", "受理", "30"),
    ("审批", "审核", "30"),
    ("合计", "合计", "30"),
]
DOWN = [(), (), (0, 2), ()]
ACROSS = [(), (), (), (1,)]


def write_html(folder: Path) -> Path:
    path = folder / "a.html"
    path.write_text(HTML, encoding="utf-8")
    return path


def write_docx(folder: Path) -> Path:
    document = docx.Document()
    table = document.add_table(rows=4, cols=3)
    for row, cells in enumerate(CELLS):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    for first, last in (((1, 0), (2, 0)), ((1, 2), (2, 2)), ((3, 0), (3, 1))):
        text = table.cell(*first).text
        table.cell(*first).merge(table.cell(*last)).text = text
    document.save(str(folder / "a.docx"))
    return folder / "a.docx"


def write_xlsx(folder: Path, *, formula: bool = False) -> Path:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    for row in CELLS:
        sheet.append(row)
    for merge in ("A2:A3", "C2:C3", "A4:B4"):
        sheet.merge_cells(merge)
    if formula:
        book.create_sheet("另表")["A1"] = "=1+1"
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


def write_xlsx_with_formula(folder: Path) -> Path:
    return write_xlsx(folder, formula=True)


def write_pdf(folder: Path) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    cells = [list(row) for row in CELLS]
    cells[2][0] = cells[2][2] = cells[3][1] = ""
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("FONTNAME", (0, 0), (-1, -1), "STSong-Light"),
        ("SPAN", (0, 1), (0, 2)),
        ("SPAN", (2, 1), (2, 2)),
        ("SPAN", (0, 3), (1, 3)),
    ]
    SimpleDocTemplate(str(folder / "a.pdf")).build([Table(cells, colWidths=90, style=style)])
    return folder / "a.pdf"


def table(document: Document) -> tuple[Row, ...]:
    return next(block.rows for block in document.blocks if block.kind is BlockKind.TABLE)


@pytest.mark.parametrize("write", [write_html, write_docx, write_xlsx, write_xlsx_with_formula, write_pdf])
def test_merged_cells_are_filled_and_marked(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    rows = table(read_document(write(tmp_path)))
    assert [row.cells for row in rows] == CELLS
    assert [row.down for row in rows] == DOWN
    assert [row.across for row in rows] == ACROSS


@pytest.mark.parametrize("write", [write_html, write_docx, write_xlsx, write_pdf])
def test_marks_survive_the_way_through_the_child(tmp_path: Path, write: Callable[[Path], Path]) -> None:
    path = write(tmp_path)
    document = read_document(path)
    assert understood(path, answer(path, document)) == document


def test_equal_neighbours_are_not_merged(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<table><tr><td>30</td><td>30</td></tr><tr><td>30</td><td>30</td></tr></table>")
    assert all(not row.merged for row in table(read_document(path)))


def test_block_merged_both_ways_is_owned_by_its_first_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet.append(["甲", None, "乙"])
    sheet.append([None, None, "丙"])
    sheet.merge_cells("A1:B2")
    book.save(tmp_path / "a.xlsx")
    rows = table(read_document(tmp_path / "a.xlsx"))
    assert [row.cells for row in rows] == [("甲", "甲", "乙"), ("甲", "甲", "丙")]
    assert [(row.down, row.across) for row in rows] == [((), (1,)), ((0, 1), ())]


def test_rowspan_beyond_the_cells_of_a_short_row_keeps_its_column(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<table><tr><td>a</td><td>b</td><td rowspan=0>c</td></tr><tr><td>d</td></tr></table>",
        encoding="utf-8",
    )
    row = table(read_document(path))[1]
    assert (row.cells, row.down) == (("d", "", "c"), (2,))


def test_merges_laid_over_each_other_are_refused_before_they_cost_much() -> None:
    lines = {number: [""] * 500 for number in range(1, 1001)}
    with pytest.raises(DocumentError, match="合并单元格过多"):
        fill(lines, [Merge(1, 0, 1_048_576, 16_383)] * 10_000)
