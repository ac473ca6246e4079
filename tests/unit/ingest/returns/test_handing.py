"""What is handed back is what was sent, marked; what must not or cannot be handed back is not."""

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName

from ingest.report import RunReport
from ingest.returns.receipt import SHEET, Receipt
from kg.store.base import GraphStore
from tests.unit.ingest.documents.oldoffice import sheet_records, xls

HEAD: list[str | int] = ["系统名称", "建设单位", "主要功能", "投资（万元）"]
GOOD: list[str | int] = ["养老服务平台", "南宁市民政局", "床位登记、补贴审核", 35]
BAD: list[str | int] = ["婚姻登记系统", "南宁市民政局", "预约、登记", "若干"]
Load = Callable[..., RunReport]
Book = Callable[[str, Sequence[Sequence[object]]], Path]


def returned(report: RunReport) -> Path:
    [one] = report.returned
    assert one.path, one.reason
    return Path(one.path)


def test_a_faulty_cell_bears_a_colour_and_says_what_belongs_there(
    tmp_path: Path, workbook: Book, load: Load
) -> None:
    report = load(workbook("a.xlsx", [HEAD, GOOD, BAD]), returns=tmp_path / "back")
    sheet = openpyxl.load_workbook(returned(report))["Sheet"]
    assert sheet["D3"].comment is not None
    assert sheet["D3"].comment.text == (
        "未采用：「投资（万元）」不是金额：若干，该单元格未采用；请只填数字，可带单位（如 35 万元），不得为负"
    )
    assert (sheet["D3"].fill.fgColor.rgb, sheet["D2"].fill.patternType) == ("FFFFEB9C", None)


def test_all_that_is_not_marked_stays_as_it_was_sent(tmp_path: Path, load: Load) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEAD, GOOD, BAD):
        sheet.append(row)
    sheet["A2"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["D2"].number_format = "0.00"
    sheet["B3"].comment = Comment("自己的批注", "填表人")
    sheet["D3"].comment = Comment("待核", "填表人")
    sheet["F2"] = "=D2*2"
    sheet.merge_cells("A5:B5")
    sheet.freeze_panes = "A2"
    book.create_sheet("说明")["A1"] = "附注"
    sheet.defined_names["_xlnm.Print_Area"] = DefinedName("_xlnm.Print_Area", attr_text="Sheet!$A$1:$D$3")
    path = tmp_path / "a.xlsx"
    book.save(path)
    back = openpyxl.load_workbook(returned(load(path, returns=tmp_path / "back")))
    assert back.sheetnames == [SHEET, "Sheet", "说明"]
    found = back["Sheet"]
    assert found["A2"].fill.fgColor.rgb == "FF00FF00"
    assert (found["D2"].number_format, found["F2"].value) == ("0.00", "=D2*2")
    assert found["B3"].comment is not None
    assert found["B3"].comment.text == "自己的批注"
    assert found["D3"].comment is not None
    assert found["D3"].comment.text.startswith("待核\n未采用")
    assert (str(found.merged_cells), found.freeze_panes, found.print_area) == (
        "A5:B5",
        "A2",
        "'Sheet'!$A$1:$D$3",
    )
    assert back.active is not None
    assert back.active.title == SHEET
    assert [one.title for one in back if one.sheet_view.tabSelected] == []


def test_stored_results_of_formulas_are_kept(tmp_path: Path, workbook: Book, load: Load) -> None:
    path = workbook("a.xlsx", [HEAD, GOOD, BAD])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'<c r="D2" t="n"><v>35</v></c>', b'<c r="D2"><f>30+5</f><v>35</v></c>')
    assert b"30+5" in parts[name]
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    back = returned(load(path, returns=tmp_path / "back"))
    cells = [openpyxl.load_workbook(back, data_only=kept)["Sheet"]["D2"].value for kept in (True, False)]
    assert cells == [35, "=30+5"]


def test_old_workbooks_and_texts_come_back_as_new_ones_of_the_same_delivery(
    tmp_path: Path, load: Load, store: GraphStore
) -> None:
    rows: tuple[Sequence[str | int], ...] = (HEAD, GOOD, BAD)
    cells = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}
    merged = cells | {(4, 0): "合并的备注"}
    old, text = tmp_path / "in" / "旧.xls", tmp_path / "in" / "表.csv"
    old.parent.mkdir()
    old.write_bytes(xls(("清单", False, sheet_records(merged, [(4, 4, 0, 2)]))))
    text.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="gb18030")
    first = load(old.parent, returns=tmp_path / "back")
    paths = [Path(one.path) for one in first.returned]
    assert [path.name for path in paths] == ["旧.xlsx", "表.xlsx"]
    sheet = openpyxl.load_workbook(paths[0])["清单"]
    assert (sheet["D2"].value, str(sheet.merged_cells)) == (35, "A5:C5")
    known = {delivery.key for delivery in store.deliveries()}
    for path in paths:
        book = openpyxl.load_workbook(path)
        book.worksheets[1]["D3"] = 20
        book.save(path)
    again = load(tmp_path / "back")
    assert {delivery.key for delivery in store.deliveries()} == known
    assert (again.rows.unchanged, again.rows.written) == (2, 2)
    assert [note for note in again.warnings if note.cell] == []


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, load: Load) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        '系统名称,建设单位,主要功能,备注\n平台甲系统,民政局,登记,"=HYPERLINK(""x"")"\n', encoding="utf-8"
    )
    sheet = openpyxl.load_workbook(returned(load(path, returns=tmp_path / "back"))).worksheets[1]
    assert (sheet["D2"].value, sheet["D2"].data_type) == ('=HYPERLINK("x")', "s")


def test_unit_and_period_of_a_folder_are_told_by_the_receipt(
    tmp_path: Path, workbook: Book, load: Load, store: GraphStore
) -> None:
    path = workbook("南宁市民政局2024/a.xlsx", [HEAD, GOOD, BAD])
    back = returned(load(path.parent, returns=tmp_path / "back"))
    [before] = store.deliveries()
    again = load(back.parent)
    assert [delivery.key for delivery in store.deliveries()] == [before.key]
    assert (before.unit, again.rows.unchanged) == ("南宁市民政局", 2)


def test_a_second_return_bears_the_marks_that_are_left(tmp_path: Path, workbook: Book, load: Load) -> None:
    worse = ["", "南宁市民政局", "登记", 3]
    first = returned(load(workbook("a.xlsx", [HEAD, BAD, worse]), returns=tmp_path / "back"))
    book = openpyxl.load_workbook(first)
    book["Sheet"]["D2"] = 20
    book.save(first)
    second = openpyxl.load_workbook(returned(load(first, returns=tmp_path / "again")))
    assert second.sheetnames == [SHEET, "Sheet"]
    sheet = second["Sheet"]
    assert (sheet["D2"].comment, sheet["D2"].fill.patternType) == (None, None)
    marked = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment]
    assert marked == ["B3"]


def test_macros_are_not_handed_back(tmp_path: Path, workbook: Book, load: Load) -> None:
    path = workbook("a.xlsx", [HEAD, GOOD])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    macro = path.rename(tmp_path / "a.xlsm")
    back = returned(load(macro, returns=tmp_path / "back"))
    assert back.name == "a.xlsx"
    assert "xl/vbaProject.bin" not in zipfile.ZipFile(back).namelist()


def test_marked_and_unreadable_files_are_never_handed_back(
    tmp_path: Path, workbook: Book, load: Load
) -> None:
    workbook("in/a.xlsx", [["机密★10年"], HEAD, GOOD])
    (tmp_path / "in" / "b.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "in" / "c.txt").write_text("第一条 各部门应当复用共享平台。", encoding="utf-8")
    report = load(tmp_path / "in", returns=tmp_path / "back")
    assert report.returned == []
    assert not (tmp_path / "back").exists()


def test_a_sheet_with_an_unknown_header_comes_back_with_the_reason(
    tmp_path: Path, workbook: Book, load: Load
) -> None:
    back = returned(load(workbook("a.xlsx", [["甲", "乙"], ["1", "2"]]), returns=tmp_path / "back"))
    told = [cell.value for row in openpyxl.load_workbook(back)[SHEET].iter_rows() for cell in row]
    assert any("无法识别表头" in str(text) for text in told)


def test_the_original_is_never_written_over(tmp_path: Path, workbook: Book, load: Load) -> None:
    path = workbook("in/a.xlsx", [HEAD, GOOD, BAD])
    before = path.read_bytes()
    [told] = load(path, returns=path.parent).returned
    assert (told.path, told.reason) == ("", "返还文件夹就是原文件所在的文件夹，未覆盖原文件")
    assert path.read_bytes() == before


def test_members_of_a_zip_come_back_by_their_names(tmp_path: Path, workbook: Book, load: Load) -> None:
    inner = workbook("a.xlsx", [HEAD, BAD])
    with zipfile.ZipFile(tmp_path / "报送.zip", "w") as archive:
        archive.write(inner, "民政/a.xlsx")
    back = returned(load(tmp_path / "报送.zip", returns=tmp_path / "back"))
    assert back == tmp_path / "back" / "报送.zip!" / "民政" / "a.xlsx"


def test_the_same_file_gives_the_same_return(tmp_path: Path, workbook: Book, load: Load) -> None:
    path = workbook("a.xlsx", [HEAD, BAD])
    text = tmp_path / "b.csv"
    text.write_text("系统名称,建设单位,主要功能\n平台甲系统,民政局,登记\n", encoding="utf-8")
    for one in (path, text):
        twice = [
            returned(load(one, returns=tmp_path / name, dry_run=True)).read_bytes() for name in ("x", "y")
        ]
        assert twice[0] == twice[1]


@pytest.mark.parametrize(
    ("told", "now", "document"),
    [
        ("a.xls", "a.xlsx", "a.xls"),
        ("民政/a.csv", "返还/a.xlsx", "民政/a.csv"),
        ("a.xls", "a.xls.xlsx", "a.xls"),
        ("别家.xlsx", "a.xlsx", "a.xlsx"),
        ("", "a.xlsx", "a.xlsx"),
    ],
)
def test_a_receipt_takes_nobody_elses_place(told: str, now: str, document: str) -> None:
    assert Receipt(told).original(now) == document
