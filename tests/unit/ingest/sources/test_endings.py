"""Sums and signatures at the end of a table, told from systems whatever column they stand in."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.report import RunReport
from ingest.sources.endings import END, TOTAL, ending_of, ending_of_row

HEADER = ("序号", "系统名称", "建设单位", "主要功能", "投资（万元）", "备注")
SYSTEM = (1, "养老管理系统", "南宁市民政局", "登记、查询", 12, "")


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("合计", TOTAL),
        ("合 计：", TOTAL),
        ("总计（12个系统）", TOTAL),
        ("本页小计", TOTAL),
        ("合计5个", TOTAL),
        ("共计 约3,400.5万元", TOTAL),
        ("填表人：张三", END),
        ("填 表 人：", END),
        ("审核人 李四", END),
        ("单位负责人（签字）：", END),
        ("填报单位（盖章）：南宁市民政局", END),
        ("联系电话:0771-1234567", END),
        ("备注：本表一式两份。", END),
        ("注1：截至年底", END),
        ("日期：2024年", END),
    ],
)
def test_an_ending_is_told_by_its_cell(text: str, ending: str) -> None:
    assert ending_of(text) == ending


@pytest.mark.parametrize(
    "name",
    [
        "合计划管理系统",
        "总计划平台",
        "统计系统",
        "联系人管理系统",
        "签章",
        "电话",
        "公章管理系统",
        "说明书库",
        "12345热线",
    ],
)
def test_a_system_is_no_ending(name: str) -> None:
    assert ending_of_row(["1", name, "民政局"], name=name) is None


def test_a_named_row_is_data_whatever_else_its_cells_hold() -> None:
    assert ending_of_row(["填报单位：民政局", "养老系统", "备注：无"], name="养老系统") is None
    assert ending_of_row(["合计", "2个"], name="2个") == TOTAL
    assert ending_of_row(["填表人", "张三"], name="张三") == END


def test_a_row_without_name_is_a_sum_when_any_cell_says_so() -> None:
    assert ending_of_row(["9", "南宁市民政局小计", "120"], name="") == TOTAL
    assert ending_of_row(["9", "南宁市民政局", "合计"], name="") == TOTAL
    assert ending_of_row(["9", "南宁市民政局", "登记"], name="") is None
    assert ending_of_row(["9", "120"], name="") is None
    assert ending_of_row([], name="") is None


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("合计", "", "", "", 12), "合计行，不作为系统载入"),
        (("", "合计", "", "", 12), "合计行，不作为系统载入"),
        (("", "", "总 计", "", 12), "合计行，不作为系统载入"),
        (("合计", 1, "", "", 12), "合计行，不作为系统载入"),
        (("填表人：张三", "", "", "联系电话：0771-1234567"), "表尾，不作为系统载入"),
        (("填表人", "张三", "联系电话", "0771-1234567"), "表尾，不作为系统载入"),
        (("", "备注：本表一式两份。"), "表尾，不作为系统载入"),
    ],
)
def test_a_census_ends_in_rows_with_nothing_to_do_about(
    row: Sequence[object],
    reason: str,
    workbook: Callable[[str, Sequence[Sequence[object]]], Path],
    load: Callable[..., RunReport],
) -> None:
    report = load(workbook("a.xlsx", [HEADER, SYSTEM, row]))
    assert [(one.row, one.reason, one.remedy) for one in report.rejected] == [(3, reason, "无需处理")]
    assert (report.rows.written, report.rows.read) == (1, 2)


def test_a_list_of_intentions_ends_so_too(
    workbook: Callable[[str, Sequence[Sequence[object]]], Path], load: Callable[..., RunReport]
) -> None:
    header = ("序号", "采购项目名称", "采购需求概况", "预算金额（万元）", "预计采购时间")
    project = (1, "养老平台建设项目", "建设养老平台", 120, "2025年3月")
    report = load(workbook("a.xlsx", [header, project, ("合计", "", "", 120)]))
    assert [(one.reason, one.remedy) for one in report.rejected] == [("合计行，不作为项目载入", "无需处理")]
