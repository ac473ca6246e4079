"""Layouts of census sheets as offices fill them in: lists, forms, sheets on their side."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from ingest.report import RunReport
from kg.model import Entity
from kg.store.base import GraphStore

Rows = Sequence[Sequence[object]]
Load = Callable[..., RunReport]
Write = Callable[[str, Rows], Path]
OFFICE = "柳州市园林局"
TREES, PARKS = "古树名木管理系统", "公园预约系统"

LISTS: dict[str, Rows] = {
    "aliases": [
        ("信息系统（网站）名称", "主办单位", "主要功能简介", "建设投资（万元）", "是否在用"),
        (TREES, OFFICE, "树木建档、巡护派单", "12", "是"),
    ],
    "vague names": [
        ("填报单位：柳州市园林局",),
        ("系统", "功能", "投资"),
        (TREES, "树木建档、巡护派单", "12万元"),
    ],
    "applications": [
        ("应用系统清单（单位：万元）",),
        ("序号", "应用系统", "归口管理单位", "功能概述", "预算", "启用年份", "当前状态"),
        (1, TREES, OFFICE, "树木建档、巡护派单", 12, 2020, "运行中"),
    ],
    "joined": [
        ("序号", "业务系统名称", "业主单位", "系统主要功能及建设内容", "合同金额(元)", "目前状况"),
        (1, TREES, OFFICE, "树木建档；巡护派单", 120000, "正常运行"),
    ],
    "office first": [
        ("责任处室/单位", "平台全称", "业务模块", "项目资金万元", "状态"),
        (OFFICE, TREES, "树木建档\n巡护派单", "12", "在用"),
    ],
    "instructions": [
        (
            "应用名称*",
            "主管部门*（全称）",
            f"应用功能*（{'多个功能用顿号分隔，' * 6}）",
            "总价/万元",
            "应用状态*",
        ),
        (TREES, OFFICE, "树木建档、巡护派单", "12", "在用"),
    ],
    "numbered": [
        ("一、系统名称", "二、牵头部门", "三、服务事项", "四、概算投资（万元）", "五、使用情况"),
        (TREES, OFFICE, "树木建档、巡护派单", "12.00", "使用中"),
    ],
    "spaced": [
        ("系 统\n名 称", "建 设 单 位", "主 要\n功 能", "投 资\n（万元）", "状 态"),
        (TREES, OFFICE, "1.树木建档\n2.巡护派单", 12, "在用"),
    ],
    "two rows": [
        ("序号", "系统情况", None, "建设情况", None, None),
        (None, "系统名称", "业务功能", "责任单位", "投资金额（万元）", "运行状态"),
        (1, TREES, "树木建档、巡护派单", OFFICE, 12, "在用"),
    ],
    "blanks below": [
        ("序号", "系统名称", "主管部门", "主要功能", "资金情况", "状态"),
        (None, None, None, None, "总投入（万元）", None),
        (1, TREES, OFFICE, "树木建档、巡护派单", 12, "在用"),
    ],
    "form": [
        ("政务信息系统登记表",),
        ("系统名称", TREES, "建设单位", OFFICE),
        ("主要功能", "树木建档、巡护派单", "投资额（万元）", "12"),
        ("承建公司", "甲科技公司", "运行状态", "在用"),
    ],
    "form of one pair": [
        ("1、系统名称：", TREES),
        ("2、责任单位：", OFFICE),
        ("3、系统功能：", "树木建档、巡护派单"),
        ("4、建设经费（万元）：", "12"),
        ("5、目前状态：", "在用"),
    ],
}


def only(store: GraphStore) -> Entity:
    (found,) = store.entities(entity_type="System")
    return found


def names(store: GraphStore, kind: str) -> set[str]:
    return {entity.name for entity in store.entities(entity_type=kind)}


@pytest.mark.parametrize("layout", LISTS)
def test_the_same_system_is_read_from_every_layout(
    workbook: Write, load: Load, store: GraphStore, layout: str
) -> None:
    report = load(workbook("a.xlsx", LISTS[layout]))
    assert (report.status, report.rows.read, report.rows.written) == ("complete", 1, 1)
    found = only(store)
    assert found.name == TREES
    assert found.properties["budget"] == 120_000
    assert found.properties.get("status", "在用") == "在用"
    assert names(store, "Function") == {"树木建档", "巡护派单"}
    assert OFFICE in {store.get([r.source])[r.source].name for r in store.relations(types=["OWNS"])}


def test_a_heading_over_its_parts_tells_whose_name_is_meant(
    tmp_path: Path, load: Load, store: GraphStore
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["序号", "系统情况", None, None, "建设单位", None])
    sheet.append([None, "名称", "主要功能", "状态", "名称", "联系人"])
    sheet.append([1, TREES, "树木建档、巡护派单", "在用", OFFICE, "李四"])
    for merged in ("A1:A2", "B1:D1", "E1:F1"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "a.xlsx")
    load(tmp_path / "a.xlsx")
    assert (only(store).name, only(store).properties["contact"]) == (TREES, "李四")
    assert OFFICE in names(store, "Organization")


def test_forms_may_follow_each_other_on_a_sheet_and_fill_further_sheets(
    tmp_path: Path, load: Load, store: GraphStore
) -> None:
    book = Workbook()
    for title, systems in (("一", (TREES, PARKS)), ("二", ("绿道管理系统",))):
        sheet = book.create_sheet(title)
        for name in systems:
            for row in (
                ("系统名称", name),
                ("建设单位", OFFICE),
                ("功能", f"{name}查询、统计"),
                ("备注", ""),
            ):
                sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    report = load(tmp_path / "a.xlsx")
    assert report.rows.written == 3
    assert names(store, "System") == {TREES, PARKS, "绿道管理系统"}


def test_a_form_tells_its_unit_its_unknown_labels_and_the_place_of_each_value(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    rows = [
        ("填报单位", OFFICE, "填报周期", "2025年"),
        ("系统名称", TREES, "领导意见", "同意"),
        ("系统简介", "本系统依托电子政务外网运行。", "上线时间", "2020年5月"),
    ]
    report = load(workbook("a.xlsx", rows))
    assert [(column.column, column.sample) for column in report.unmapped] == [("领导意见", "同意")]
    (used,) = store.relations([only(store).id], types=["REUSES"])
    assert (used.claims[0].place.row, used.claims[0].place.column) == (3, 2)
    assert used.claims[0].said_on == "2025-12-31"


def test_a_blank_form_is_refused(workbook: Write, load: Load) -> None:
    report = load(workbook("a.xlsx", [("系统名称", "", "建设单位", ""), ("主要功能", "", "状态", "")]))
    assert report.status == "failed"


def test_a_form_in_a_text_document_is_read(tmp_path: Path, load: Load, store: GraphStore) -> None:
    paper = Document()
    paper.add_paragraph("信息系统登记表")
    table = paper.add_table(rows=0, cols=4)
    for texts in LISTS["form"][1:]:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = str(text)
    paper.save(str(tmp_path / "a.docx"))
    report = load(tmp_path / "a.docx")
    assert report.files[0].source == "census"
    assert only(store).properties["status"] == "在用"


def test_systems_side_by_side_are_one_each(workbook: Write, load: Load, store: GraphStore) -> None:
    rows = [
        ("系统名称", TREES, PARKS, "请填写全称"),
        ("建设单位", OFFICE, OFFICE, ""),
        ("主要功能", "树木建档、巡护派单", "预约、核销", "用顿号分隔"),
        ("投资（万元）", 12, -3, ""),
    ]
    report = load(workbook("a.xlsx", rows))
    assert (report.rows.read, report.rows.written) == (2, 2)
    assert names(store, "System") == {TREES, PARKS}
    assert names(store, "Function") == {"树木建档", "巡护派单", "预约", "核销"}
    assert ["-3万元" in note.text for note in report.warnings] == [True]


@pytest.mark.parametrize(
    "header",
    [
        ("名称", "规格型号", "单位", "数量", "金额"),
        ("姓名", "部门", "职务", "备注"),
        ("名称", "序号", "备注"),
        ("项目名称", "建设单位", "联系人", "备注"),
    ],
)
def test_lists_of_other_things_are_no_census(workbook: Write, load: Load, header: Sequence[str]) -> None:
    report = load(workbook("a.xlsx", [header, ["甲"] * len(header)]))
    assert report.status == "failed"
    assert "、".join(header) in report.rejected[0].reason


@pytest.mark.parametrize("header", [("系统名称",), ("项目名称", "责任处室/单位"), ("编号", "系统")])
def test_a_caller_who_names_the_source_needs_names_alone(
    workbook: Write, load: Load, store: GraphStore, header: Sequence[str]
) -> None:
    path = workbook("a.xlsx", [header, [TREES, OFFICE][: len(header)] if header[0] != "编号" else [1, TREES]])
    assert load(path).status == "failed"
    assert load(path, source="census").status == "complete"
    assert names(store, "System") == {TREES}


def test_a_refusal_quotes_the_header_and_names_what_comes_near(workbook: Write, load: Load) -> None:
    (refused,) = load(workbook("a.xlsx", [("系统名册", "主管的单位"), ("甲", "乙")])).rejected
    assert "系统名册、主管的单位" in refused.reason
    assert "「系统名册」相近的已知表头是「" in refused.remedy
    assert "--source census" in refused.remedy


def test_a_refusal_of_the_named_source_does_not_advise_to_name_it(workbook: Write, load: Load) -> None:
    (refused,) = load(workbook("a.xlsx", [("姓名", "年龄"), ("甲", 30)]), source="census").rejected
    assert "姓名、年龄" in refused.reason
    assert "--source" not in refused.remedy


def test_the_report_tells_how_headers_were_read_that_are_no_aliases(workbook: Write, load: Load) -> None:
    header = ("系统名称", "主管部门", "全部功能", "建设时间", "领导批示")
    report = load(workbook("a.xlsx", [header, (TREES, OFFICE, "查询、统计", "2020", "同意")]))
    told = [(column.column, column.field, column.read_as) for column in report.mapped]
    assert told == [("全部功能", "functions", "功能"), ("建设时间", "launched_on", "上线时间")]
    assert report.to_json()["mapped"][0]["sheet"] == "Sheet"
    assert [column.column for column in report.unmapped] == ["领导批示"]


def test_no_header_serves_two_fields_and_the_better_column_wins(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    header = ("使用单位", "系统名称", "建设时间", "上线时间", "主要功能", "主管部门")
    load(workbook("a.xlsx", [header, ("柳州市财政局", TREES, "2018", "2020", "查询、统计", OFFICE)]))
    assert only(store).properties["launched_on"] == "2020"
    (owns,) = store.relations(types=["OWNS"])
    assert store.get([owns.source])[owns.source].name == OFFICE


def test_a_csv_has_no_sheet(tmp_path: Path, load: Load) -> None:
    lines = [
        "系统名称,建设单位,全部功能,领导批示,投资（元）",
        f"{TREES},{OFFICE},查询、统计,同意,-3",
        ",甲,乙,,",
    ]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    report = load(tmp_path / "a.csv").to_json()
    for key in ("rejected", "warnings", "unmapped", "mapped"):
        assert [row["sheet"] for row in report[key]] == [None], key


def test_a_form_that_applies_for_a_system_registers_none(workbook: Write, load: Load) -> None:
    path = workbook("a.xlsx", [("信息化项目申报表",), *LISTS["form"][1:]])
    assert load(path).status == "failed"
    assert load(path, source="census").status == "complete"


def test_a_second_list_on_a_sheet_is_read_by_its_own_header(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    rows = [
        ("填报单位：柳州市园林局", "", "", "单位：万元"),
        ("系统名称", "建设单位", "主要功能", "投资"),
        (TREES, OFFICE, "树木建档、巡护派单", 12),
        ("二、在建系统",),
        ("建设单位", "投资", "系统名称", "主要功能"),
        (OFFICE, 7, PARKS, "预约、核销"),
        ("建设单位", "投资", "系统名称", "主要功能"),
        (OFFICE, 8, "绿道管理系统", "查询"),
        ("主要功能", "系统名称", "投资", "建设单位"),
        ("巡查", "湿地监测系统", 9, OFFICE),
    ]
    report = load(workbook("a.xlsx", rows))
    found = {system.name: system.properties["budget"] for system in store.entities(entity_type="System")}
    assert found == {TREES: 120_000, PARKS: 70_000, "绿道管理系统": 80_000, "湿地监测系统": 90_000}
    assert [(refused.row, refused.reason[:2]) for refused in report.rejected] == [(4, "分节"), (7, "重复")]
