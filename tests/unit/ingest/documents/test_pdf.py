"""PDF files: text in reading order, tables over page breaks, pages that cannot be read."""

from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.reader import read_document
from kg.errors import DocumentError
from tests.unit.ingest.documents.samples import Printer, coded, picture

LONG = "本项目建设统一的智慧水务平台，接入各区县水务数据，"
TALL = "汇聚各水厂数据，\n生成统一台账"
HEADER = ("序号", "模块", "功能", "说明")


def texts(path: Path) -> list[str]:
    return [block.text for block in read_document(path).blocks if block.kind is not BlockKind.TABLE]


def tables(path: Path) -> list[Block]:
    return [block for block in read_document(path).blocks if block.kind is BlockKind.TABLE]


def cells(rows: tuple[Row, ...]) -> list[tuple[str, ...]]:
    return [row.cells for row in rows]


def test_broken_lines_become_paragraphs_and_headings_keep_their_level(printer: Printer) -> None:
    path = printer.text("一、建设内容", LONG * 6 + "完。", "（一）总体框架", "分为三层。").save()
    found = [(b.kind, b.level, b.text) for b in read_document(path).blocks]
    assert found == [
        (BlockKind.HEADING, 1, "一、建设内容"),
        (BlockKind.PARAGRAPH, 0, LONG * 6 + "完。"),
        (BlockKind.HEADING, 2, "（一）总体框架"),
        (BlockKind.PARAGRAPH, 0, "分为三层。"),
    ]


def test_paragraph_goes_on_over_a_page_break(printer: Printer) -> None:
    path = printer.text(*["段落结束。"] * 30, LONG * 30 + "完。").save(head="智慧水务平台建设方案")
    assert texts(path)[-1] == LONG * 30 + "完。"


def test_running_heads_and_page_numbers_stand_once_or_not_at_all(printer: Printer) -> None:
    for number in range(4):
        printer.text(f"第{number}部分的内容到此为止。").page()
    found = texts(printer.save(head="智慧水务平台建设方案"))
    assert found.count("智慧水务平台建设方案") == 1
    assert len(found) == 5


def test_head_foot_and_number_drawn_before_the_text_do_not_run_into_it(printer: Printer) -> None:
    for number in range(4):
        printer.text(f"第{number}部分的内容到此为止。").page()
    found = texts(printer.save(head="建设方案", foot="云江市水务局编制"))
    assert found == [
        "建设方案",
        "云江市水务局编制",
        *(f"第{number}部分的内容到此为止。" for number in range(4)),
    ]


def test_running_foot_comes_last_and_lets_tables_go_on(printer: Printer) -> None:
    printer.table([HEADER, ("1", "审批", "受理", "登记")]).page()
    path = printer.table([HEADER, ("2", "审批", "审核", "核对")]).save(
        head="建设方案", foot="云江市水务局编制"
    )
    found = read_document(path).blocks
    assert [block.text or len(block.rows) for block in found] == ["建设方案", 3, "云江市水务局编制"]


def test_running_head_with_its_page_number_inside_is_told_by_the_words_around_it(printer: Printer) -> None:
    path = printer.text(*[LONG * 12 + "完。"] * 10).save(head="建设方案 第{page}页 共3页")
    assert [text for text in texts(path) if "建设方案" in text] == ["建设方案 第1页 共3页"]


def test_tables_stand_between_the_text_around_them(printer: Printer) -> None:
    printer.text("前面的文字。").table([("功能", "说明"), ("受理", "登记")]).text("中间的文字。")
    printer.table([("费用", "金额"), ("软件", "30")]).text("后面的文字。")
    told = [block.text or block.rows[0].cells for block in read_document(printer.save()).blocks]
    assert told == ["前面的文字。", ("功能", "说明"), "中间的文字。", ("费用", "金额"), "后面的文字。"]


def test_table_goes_on_over_pages_under_its_repeated_header(printer: Printer) -> None:
    printer.table([HEADER, ("1", "审批", "受理", "登记")]).page()
    printer.table([HEADER, ("2", "审批", "审核", "核对")]).page()
    path = printer.table([HEADER, ("3", "归档", "保存", "入库")]).text("完。").save(head="建设方案")
    (table,) = tables(path)
    assert [row.cells[0] for row in table.rows] == ["序号", "1", "2", "3"]
    assert [(row.place.page, row.place.row) for row in table.rows] == [(1, 1), (1, 2), (2, 3), (3, 4)]
    assert {row.place.block for row in table.rows} == {table.place.block}


def test_row_cut_in_two_by_a_page_break_is_one_row(printer: Printer) -> None:
    printer.table([HEADER, ("1", "审批", "受理", "登记申请，"), ("2", "审批", "审核", "核对材料并")]).page()
    path = printer.table([("", "", "", "通知申请人"), ("3", "归档", "保存", "入库")]).save()
    assert cells(tables(path)[0].rows)[2:] == [
        ("2", "审批", "审核", "核对材料并通知申请人"),
        ("3", "归档", "保存", "入库"),
    ]


def test_row_cut_in_two_with_its_short_texts_behind_the_break_is_one_row(printer: Printer) -> None:
    rows = [HEADER, ("1", "审批", "受理", TALL), ("2", "审批", "审核", TALL), ("", "", "", "核对材料并")]
    printer.table(rows).page()
    path = printer.table([("3", "归档", "保存", "入库归档"), ("4", "归档", "借阅", TALL)]).save()
    assert cells(tables(path)[0].rows)[3:] == [
        ("3", "归档", "保存", "核对材料并入库归档"),
        ("4", "归档", "借阅", TALL.replace("\n", "")),
    ]


def test_empty_strip_of_a_row_before_a_page_break_is_no_row(printer: Printer) -> None:
    rows = [HEADER, ("1", "审批", "受理", TALL), ("2", "审批", "审核", TALL), ("", "", "", "")]
    printer.table(rows).page()
    path = printer.table([("3", "归档", "保存", TALL), ("4", "归档", "借阅", TALL)]).save()
    assert [row[0] for row in cells(tables(path)[0].rows)] == ["序号", "1", "2", "3", "4"]


@pytest.mark.parametrize(
    "last", [("合计", "", "", ""), ("", "", "", "备注：以上含税。"), ("", "", "", "说明到此为止。")]
)
def test_sum_or_remark_before_a_page_break_stays_a_row_of_its_own(
    printer: Printer, last: tuple[str, ...]
) -> None:
    printer.table([HEADER, ("1", "审批", "受理", TALL), ("2", "审批", "审核", TALL), last]).page()
    path = printer.table([("3", "归档", "保存", TALL), ("4", "归档", "借阅", TALL)]).save()
    assert [row[0] for row in cells(tables(path)[0].rows)] == ["序号", "1", "2", last[0], "3", "4"]


def test_row_left_open_by_a_page_break_belongs_to_its_table(printer: Printer) -> None:
    upright = [
        ("LINEBEFORE", (0, 0), (-1, -1)),
        ("LINEAFTER", (-1, 0), (-1, -1)),
        ("LINEABOVE", (0, 0), (-1, -1)),
    ]
    rows = [HEADER, ("1", "审批", "受理", "登记申请，"), ("2", "审批", "审核", "核对材料并")]
    printer.table(rows, lines=upright).page()
    path = printer.table([("", "", "", "通知申请人"), ("3", "归档", "保存", "入库")]).save()
    (block,) = read_document(path).blocks
    assert cells(block.rows)[2:] == [
        ("2", "审批", "审核", "核对材料并通知申请人"),
        ("3", "归档", "保存", "入库"),
    ]


def test_merge_goes_on_over_a_page_break(printer: Printer) -> None:
    printer.table(
        [HEADER, ("1", "审批", "受理", "登记"), ("2", "", "审核", "核对")], [((1, 1), (1, 2))]
    ).page()
    path = printer.table([("3", "", "办结", "通知"), ("4", "归档", "保存", "入库")]).save()
    rows = tables(path)[0].rows
    assert [row.cells[1] for row in rows] == ["模块", "审批", "审批", "审批", "归档"]
    assert [row.down for row in rows] == [(), (), (1,), (1,), ()]


def test_column_that_may_be_blank_stays_blank_over_a_page_break(printer: Printer) -> None:
    printer.table([HEADER, ("1", "审批", "受理", ""), ("2", "审批", "审核", "核对")]).page()
    path = printer.table([("3", "审批", "办结", ""), ("4", "归档", "保存", "入库")]).save()
    assert cells(tables(path)[0].rows)[3] == ("3", "审批", "办结", "")


def test_table_marked_as_continued_joins_the_one_before(printer: Printer) -> None:
    printer.text("表1 功能清单").table([HEADER, ("1", "审批", "受理", "登记")]).page()
    path = printer.text("续表1").table([HEADER, ("2", "审批", "审核", "核对")]).save()
    (table,) = tables(path)
    assert len(table.rows) == 3


def test_text_between_keeps_tables_of_two_pages_apart(printer: Printer) -> None:
    printer.table([HEADER, ("1", "审批", "受理", "登记")]).page()
    path = printer.text("下面是另一张表。").table([HEADER, ("1", "归档", "保存", "入库")]).save()
    assert len(tables(path)) == 2


def test_scanned_file_is_refused_with_the_way_out(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    for _ in range(2):
        picture(tmp_path, canvas)
        canvas.showPage()
    canvas.save()
    with pytest.raises(DocumentError, match=r"第1—2页均为扫描图像.*needs_ocr") as caught:
        read_document(tmp_path / "scan.pdf")
    assert "OCR" in caught.value.remedy


def test_scanned_page_among_others_is_named(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(72, 700, "Water platform")
    canvas.showPage()
    picture(tmp_path, canvas)
    canvas.drawString(72, 30, "- 2 -")
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    assert read_document(tmp_path / "a.pdf").unread == (
        "第2页为扫描图像或无文字，未读（needs_ocr），请安装文字识别（OCR）扩展"
        "（pip install 'reuse-knowledge-graph[ocr]'）后重新提交，或补交文字版",
    )


def test_locked_file_is_refused_as_locked(printer: Printer) -> None:
    path = printer.text("正文").save(encrypt=StandardEncryption("open-me"))
    with pytest.raises(DocumentError, match="已加密") as caught:
        read_document(path)
    assert "密码" in caught.value.remedy


def test_file_that_only_forbids_printing_is_read(printer: Printer) -> None:
    path = printer.text("正文。").save(encrypt=StandardEncryption("", ownerPassword="own", canPrint=0))
    assert texts(path) == ["正文。"]


def test_text_whose_font_has_lost_its_characters_is_told_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(coded(b"<0041> <0041> <e041> <0042> <0042> <e042>"))
    with pytest.raises(DocumentError, match="第1页字体缺少编码，文字为乱码，未读，请重新导出"):
        read_document(path)


def test_radical_signs_become_the_characters_they_stand_for(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(coded(b"<0041> <0041> <2f2f> <0042> <0042> <2ee9>"))
    assert texts(path) == ["工黄工黄工黄"]


def test_what_is_filled_into_a_form_is_read(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(72, 700, "Name:")
    canvas.acroForm.textfield(name="a", value="Water platform", x=120, y=690, width=200, height=20)
    canvas.save()
    assert "Water platform" in " ".join(texts(tmp_path / "a.pdf"))


def test_lines_of_a_cell_are_joined_but_items_of_a_list_stay_apart(printer: Printer) -> None:
    path = printer.table(
        [("功能", "说明"), ("统一身份\n认证", "1.登记\n申请\n2.审核"), ("Spring\nBoot", "3年\n质保")]
    ).save()
    assert cells(tables(path)[0].rows)[1:] == [
        ("统一身份认证", "1.登记申请\n2.审核"),
        ("Spring Boot", "3年质保"),
    ]


def test_drawing_of_many_lines_is_read_as_text_and_said(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.drawString(72, 700, "Topology of the water platform")
    for number in range(10_001):
        canvas.line(number % 500, number % 700, number % 500 + 9, number % 700)
    canvas.save()
    document = read_document(tmp_path / "a.pdf")
    assert [block.text for block in document.blocks] == ["Topology of the water platform"]
    assert document.unread == ("第1页的表格未能按表读取，已按文字读取",)
