"""Workbooks: values as shown, hidden sheets and macros told, formulas never computed, grids never dense."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.documents.reader import read_document
from kg.errors import DocumentError
from tests.unit.ingest.documents.oldoffice import ole, sheet_records, xls

SHEET = "xl/worksheets/sheet1.xml"


def workbook(path: Path, *cells: tuple[str, Any]) -> Path:
    book = openpyxl.Workbook()
    for place, value in cells:
        book["Sheet"][place] = value
    book.save(path)
    return path


def changed(path: Path, old: str, new: str, part: str = SHEET) -> Path:
    """The package with a piece of one part replaced."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def cells(path: Path) -> list[tuple[str, ...]]:
    return [row.cells for row in read_document(path).blocks[0].rows]


def test_values_are_the_texts_they_are_compared_by(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ("A1", 12.0),
        ("B1", 0.1 + 0.2),
        ("C1", True),
        ("D1", date(2026, 3, 1)),
        ("E1", datetime.fromisoformat("2026-03-01T09:30")),
        ("F1", " 水务平台 "),
    )
    assert cells(path) == [("12", "0.3", "是", "2026-03-01", "2026-03-01 09:30:00", "水务平台")]


def test_hidden_sheets_are_read_and_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"]["A1"] = "名称"
    book.create_sheet("旧表")["A1"] = "旧"
    book["旧表"].sheet_state = "veryHidden"
    book.save(tmp_path / "a.xlsx")
    document = read_document(tmp_path / "a.xlsx")
    assert [block.text for block in document.blocks] == ["Sheet", "旧表"]
    assert document.unread == ("工作表“旧表”为隐藏表，已读取",)


def test_macros_are_told_and_never_run(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsm", ("A1", "名称"))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    assert read_document(path).unread == ("含宏，未读取也未执行",)


def test_stored_value_of_a_formula_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A1", "=1+1"))
    changed(path, "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
    assert cells(path) == [("2",)]
    assert read_document(path).unread == ()


def test_formula_with_an_empty_result_is_blank(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A1", "=1+1"), ("B1", "名称"))
    changed(path, '<c r="A1"><f>1+1</f><v></v>', '<c r="A1" t="str"><f>1+1</f><v></v>')
    assert (cells(path), read_document(path).unread) == ([("", "名称")], ())


def test_formula_without_a_stored_value_stays_text_and_is_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A1", "名称"), ("C2", '=IF(1<2,"是","否")'), ("D3", "=B2"))
    document = read_document(path)
    assert document.blocks[0].rows[1].cells[2] == '=IF(1<2,"是","否")'
    assert document.unread == (
        "工作表“Sheet”C2等2处公式没有保存计算结果，未计算，请用办公软件打开并保存后再提交",
    )


def test_grid_of_a_hundred_million_cells_is_read_by_its_few(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A1", "名称"), ("SR1", "末列"), ("A200000", "末行"))
    rows = read_document(path).blocks[0].rows
    assert [(row.place.row, row.cells[0], len(row.cells)) for row in rows] == [
        (1, "名称", 512),
        (200000, "末行", 1),
    ]


def test_many_cells_beyond_the_limits_are_data_and_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in range(1, 1003):
        book["Sheet"].cell(row, 600, row)
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DocumentError, match="工作表“Sheet”超过200000行或512列"):
        read_document(tmp_path / "a.xlsx")


def test_far_cells_that_are_only_coloured_do_not_count(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A1", "名称"), ("A2", "水务平台"))
    changed(path, "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')
    document = read_document(path)
    assert [row.cells for row in document.blocks[0].rows] == [("名称",), ("水务平台",)]
    assert document.unread == ()


def test_claimed_size_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A1", "名称"))
    changed(path, '<dimension ref="A1:A1"', '<dimension ref="A1:XFD1048576"')
    assert cells(path) == [("名称",)]


def test_part_twice_in_a_package_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ("A1", "名称"))
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(SHEET, "<worksheet/>")
    with pytest.raises(DocumentError, match="损坏"):
        read_document(path)


def test_old_workbook_is_read_with_merges_hidden_sheet_and_macro_note(tmp_path: Path) -> None:
    first = sheet_records(
        {(0, 0): "模块", (0, 1): "金额", (1, 0): "审批", (1, 1): 12.0, (2, 1): 3.5}, [(1, 2, 0, 0)]
    )
    path = tmp_path / "a.xls"
    path.write_bytes(
        xls(("清单", False, first), ("旧表", True, sheet_records({(0, 0): "旧"})), _VBA_PROJECT_CUR=b"x")
    )
    document = read_document(path)
    assert [(row.cells, row.down) for row in document.blocks[0].rows] == [
        (("模块", "金额"), ()),
        (("审批", "12"), ()),
        (("审批", "3.5"), (0,)),
    ]
    assert document.unread == ("含宏，未读取也未执行", "工作表“旧表”为隐藏表，已读取")


def test_old_workbook_with_cells_at_both_far_corners_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(xls(("清单", False, sheet_records({(0, 0): "名称", (65535, 255): "x"}))))
    with pytest.raises(DocumentError, match="单元格过多"):
        read_document(path)


def test_locked_workbooks_old_and_new_are_refused_as_locked(tmp_path: Path) -> None:
    old, new = tmp_path / "a.xls", tmp_path / "a.xlsx"
    old.write_bytes(xls(("清单", False, sheet_records({(0, 0): "名称"})), locked=True))
    new.write_bytes(ole(EncryptionInfo=b"\x04\0\x04\0", EncryptedPackage=b"x" * 5000))
    for path in (old, new):
        with pytest.raises(DocumentError, match="已加密") as caught:
            read_document(path)
        assert "密码" in caught.value.remedy
