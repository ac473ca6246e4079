"""Slipped rows: what their cells prove."""

from ingest.documents.blocks import Row
from ingest.sources.shifts import Look, look, repaired, shift_of
from ingest.sources.tables import Header, Line

FIELDS = ("sub_number", "name", "description", "budget", "for_small_firms", "expected_on", "remark", "url")
HEADER = Header(0, dict(enumerate(FIELDS)), {}, {})
GOOD = ("1", "平台升级项目", "升级平台", "65.0", "是", "2026年03月", "", "http://a.b/c")


def line(*cells: str) -> Line:
    return Line(Row(cells), dict(zip(FIELDS, cells, strict=False)))


def test_looks_are_told_apart() -> None:
    assert look("") is Look.EMPTY
    assert look("1,234.50万元") is Look.NUMBER
    assert look("2026年03月") is Look.DATE
    assert look("2026-01-30 09:07:01") is Look.DATE
    assert look("否") is Look.YES_NO
    assert look("http://a.b/c") is Look.URL
    assert look("一" * 41) is Look.LONG
    assert look("平台升级项目") is Look.TEXT


def test_a_row_in_place_is_left_alone() -> None:
    assert shift_of(line(*GOOD), HEADER) is None


def test_text_under_money_is_a_bad_cell_and_no_shift() -> None:
    assert shift_of(line(*GOOD[:3], "待定", *GOOD[4:]), HEADER) is None


def test_a_certain_shift_is_put_right() -> None:
    slipped = line(*GOOD[1:7], "", GOOD[7])
    assert shift_of(slipped, HEADER)
    fixed = repaired(slipped, HEADER)
    assert fixed is not None
    assert fixed.row.cells == ("", *GOOD[1:])
    assert fixed.get("name") == GOOD[1]


def test_without_enough_typed_cells_nothing_is_guessed() -> None:
    assert repaired(line("平台升级项目", "升级平台", "", "是", "", "", "", "http://a.b/c"), HEADER) is None


def test_a_row_with_no_empty_cell_to_move_over_is_not_repaired() -> None:
    assert repaired(line(*GOOD[1:6], "备注", "说明", GOOD[7]), HEADER) is None


CENSUS = ("number", "name", "owner", "functions", "budget", "launched_on", "status")
LIST = Header(0, dict(enumerate(CENSUS)), {}, {})


def census(*cells: str) -> Line:
    return Line(Row(cells), dict(zip(CENSUS, cells, strict=False)))


def test_a_whole_row_is_moved_when_its_number_is_lost() -> None:
    slipped = census("招考信息系统", "南宁市教育局", "报名、编排", "88.5", "2022年", "在用", "")
    assert shift_of(slipped, LIST)
    fixed = repaired(slipped, LIST)
    assert fixed is not None
    assert (fixed.get("name"), fixed.get("status")) == ("招考信息系统", "在用")


def test_words_of_a_category_and_units_prove_what_no_figure_does() -> None:
    slipped = census("招考信息系统", "南宁市教育局", "报名、编排", "", "", "在用")
    assert shift_of(slipped, LIST)
    fixed = repaired(slipped, LIST)
    assert fixed is not None
    assert (fixed.get("owner"), fixed.get("status")) == ("南宁市教育局", "在用")


def test_a_row_that_lost_its_number_without_further_proof_is_only_told() -> None:
    slipped = census("招考信息系统", "教育口", "报名、编排", "", "", "在用")
    assert shift_of(slipped, LIST)
    assert repaired(slipped, LIST) is None


def test_a_row_without_its_number_is_left_alone() -> None:
    assert (
        shift_of(census("", "招考信息系统", "南宁市教育局", "报名、编排", "88.5", "2022年", "在用"), LIST)
        is None
    )
    assert shift_of(census("一", "招考信息系统", "南宁市教育局", "", "", "", ""), LIST) is None
