"""Which delivery a row belongs to."""

from dataclasses import replace

import pytest

from ingest.sources.base import Context
from ingest.sources.delivery import reported

HERE = Context("a.xlsx", "2026-03-01")


def context(
    *, folder: str = "", reporter: str = "", period: str = "", region: str = "", dated: str = ""
) -> Context:
    return replace(HERE, folder=folder, reporter=reporter, period=period, region=region, dated=dated)


def test_the_row_comes_before_the_title_and_the_title_before_the_folder() -> None:
    titles = ("填报单位：南宁市水利局", "填报周期：2025年上半年")
    folder = context(folder="普查/南宁市林业局")
    assert reported(folder, titles, unit="南宁市民政局").unit == "南宁市民政局"
    assert reported(folder, titles).unit == "南宁市水利局"
    assert reported(folder, ()).unit == "南宁市林业局"


def test_what_the_caller_says_outranks_titles_and_periods() -> None:
    said = context(reporter="南宁市教育局", period="2025年")
    found = reported(said, ("填报单位：南宁市水利局",), period="2024年")
    assert (found.unit, found.period) == ("南宁市教育局", "2025/2025")


def test_a_unit_in_the_row_itself_outranks_the_caller() -> None:
    said = context(reporter="南宁市教育局")
    assert reported(said, (), unit="南宁市民政局").unit == "南宁市民政局"
    assert reported(said, (), unit="").unit == "南宁市教育局"


@pytest.mark.parametrize(
    "folder", ["南宁市民政局/2025年上半年", "2025年上半年/南宁市民政局", "南宁市民政局2025年上半年"]
)
def test_folders_name_unit_and_period_in_any_order(folder: str) -> None:
    found = reported(context(folder=folder), ())
    assert (found.unit, found.period) == ("南宁市民政局", "2025-01/2025-06")


@pytest.mark.parametrize(
    ("folder", "period"),
    [
        ("2025上半年", "2025-01/2025-06"),
        ("2025年第一季度", "2025-01/2025-03"),
        ("2025Q3", "2025-07/2025-09"),
        ("2025年春季普查", "2025-03/2025-05"),
        ("2025年6月", "2025-06/2025-06"),
        ("2025年1至6月", "2025-01/2025-06"),
        ("2025", "2025/2025"),
        ("2025-06", "2025-06/2025-06"),
        ("202512", "2025-12/2025-12"),
    ],
)
def test_folders_name_halves_quarters_seasons_and_months(folder: str, period: str) -> None:
    assert reported(context(folder=f"普查/{folder}/01-南宁市民政局"), ()).period == period
    assert reported(context(folder=f"普查/{folder}/01-南宁市民政局"), ()).unit == "南宁市民政局"


@pytest.mark.parametrize(
    ("titles", "unit"),
    [
        (("填报单位（盖章）：南宁市民政局",), "南宁市民政局"),
        (("填报单位：", "南宁市民政局"), "南宁市民政局"),
        (("报送部门: 南宁市民政局   填报人：张三",), "南宁市民政局"),
        (("填报单位：", "填报时间：2025年"), None),
    ],
)
def test_titles_name_the_unit_in_one_cell_or_two(titles: tuple[str, ...], unit: str | None) -> None:
    assert reported(HERE, titles).unit == unit


def test_a_folder_that_is_no_unit_names_none() -> None:
    assert reported(context(folder="下载/普查表汇总"), ()).unit is None


def test_without_unit_or_period_the_document_is_the_delivery() -> None:
    assert reported(HERE, ()).key("census", "夏/a.xlsx") == "census:夏/a.xlsx"
    assert reported(context(reporter="南宁市民政局"), ()).key("census", "a.xlsx") == "census:a.xlsx"


def test_namesakes_in_two_places_are_two_units() -> None:
    keys = {
        reported(context(reporter="民政局", period="2025年", region=place), ()).key("census", "a.xlsx")
        for place in ("南宁市", "柳州市")
    }
    assert len(keys) == 2


def test_a_period_dates_what_is_said_but_never_in_the_future() -> None:
    assert reported(context(period="2025年上半年"), ()).said_on == "2025-06-30"
    assert reported(context(period="2026年"), ()).said_on == "2026-03-01"
    assert reported(context(period="2025年", dated="2025-09-01"), ()).said_on == "2025-09-01"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("单位名称：南宁市水利局", "南宁市水利局"),
        ("主管部门（盖章）：南宁市水利局  2025年", "南宁市水利局"),
        ("附件2：南宁市水利局2025年度信息系统清单", "南宁市水利局"),
        ("单位：万元", None),
        ("承建单位：南宁市信息中心", None),
        ("南宁市大数据发展局政务信息系统汇总表", None),
        ("南宁市市直部门信息系统清单", None),
    ],
)
def test_titles_tell_the_unit_whose_sheet_it_is(title: str, unit: str | None) -> None:
    assert reported(HERE, (title,)).unit == unit
