"""Columns under headings of no known word are known by their looks, as far as these tell anything."""

import pytest

from ingest.documents.blocks import Row
from ingest.proposal.tables.columns import header_at
from ingest.proposal.tables.looks import completed

BODY = {
    "names": ("源头管控", "过程监管", "末端处置"),
    "marks": ("新建", "升级", "新建"),
    "money": ("6万元", "8,500元", "3万"),
    "figures": ("2", "1", "4"),
    "sentences": ("企业按月申报，逾期提醒", "一车一单，偏航报警", "地磅数据核对，差异预警"),
}


def kinds(*columns: tuple[str, str]) -> dict[str, str | None]:
    """The kinds by heading of a table of such columns."""
    rows = [Row(tuple(heading for heading, _ in columns))]
    rows += [Row(tuple(BODY[look][line] for _, look in columns)) for line in range(3)]
    header = header_at(rows, 0)
    assert header is not None
    found = completed(header, rows[1:]).kinds
    return {heading: found.get(number) for number, (heading, _) in enumerate(columns)}


def test_names_before_what_measures_are_levels() -> None:
    found = kinds(("能力域", "names"), ("能力说明", "sentences"), ("投入（人月）", "figures"))
    assert found["能力域"] == "module"


def test_names_beside_a_known_level_stand_within_it() -> None:
    found = kinds(("子系统", "names"), ("应用", "names"), ("功能点", "names"), ("金额", "figures"))
    assert found["应用"] == "system"


@pytest.mark.parametrize("look", ["marks", "sentences", "figures"])
def test_marks_sentences_and_figures_are_no_levels(look: str) -> None:
    found = kinds(("其它", look), ("功能点", "names"), ("功能描述", "sentences"), ("金额", "figures"))
    assert found["其它"] is None


def test_figures_with_units_are_money() -> None:
    assert kinds(("功能模块", "names"), ("功能点", "names"), ("预计投放", "money"))["预计投放"] == "amount"


def test_contents_explain_what_has_a_name_of_its_own() -> None:
    found = kinds(("功能板块", "names"), ("具体内容", "sentences"), ("人月", "figures"))
    assert found["具体内容"] == "explain"


def test_codes_and_sorts_behind_the_names_are_no_levels() -> None:
    rows = [Row(("子系统", "功能名称", "类别", "金额"))]
    rows += [Row(("采集", name, code, "3")) for name, code in (("录入", "EI"), ("查询", "EQ"))]
    header = header_at(rows, 0)
    assert header is not None
    assert completed(header, rows[1:]).of("system", "function") == [0, 1]


def test_figures_under_a_word_of_names_and_present_functions_are_no_levels() -> None:
    rows = [Row(("序号", "模块", "系统设计", "现有功能", "本期升级功能"))]
    rows += [Row(("1", "审核", "1", "手工录入", "自动比对")), Row(("2", "租金", "2", "台账", "缴纳"))]
    header = header_at(rows, 0)
    assert header is not None
    assert completed(header, rows[1:]).of("system", "module", "function") == [1, 4]


def test_headings_of_ticks_need_no_known_word() -> None:
    rows = [
        Row(("场景", "功能名称", "PC端", "移动端")),
        Row(("投放", "抓拍", "√", "")),
        Row(("清运", "打卡", "", "√")),
    ]
    header = header_at(rows, 0)
    assert header is not None
    assert completed(header, rows[1:]).kinds == {0: "function", 1: "function"}


def test_one_clause_of_main_functions_beside_each_module_explains_it() -> None:
    heads = Row(("序号", "软件模块", "主要功能", "金额"))
    single = [Row(("1", "识别", "自动识别烟点", "3")), Row(("2", "标绘", "标绘火线", "4"))]
    several = [Row(("1", "识别", "烟点识别\n火点定位", "3")), Row(("2", "标绘", "标绘火线", "4"))]
    header = header_at([heads, *single], 0)
    assert header is not None
    assert completed(header, single).kinds[2] == "explain"
    assert completed(header, several).kinds[2] == "function"


def test_a_row_that_only_divides_merged_headings_belongs_to_them() -> None:
    rows = [
        Row(("模块", "功能点", "总投资", "其中", "其中"), across=(4,)),
        Row(("模块", "功能点", "总投资", "省级补助", "县级配套"), down=(0, 1, 2)),
        Row(("火情", "识别", "24", "16", "8")),
    ]
    header = header_at(rows, 0)
    assert header is not None
    assert header.depth == 2
