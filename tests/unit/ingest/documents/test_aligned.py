"""Words that stand in columns are a table without lines between them, running text is none."""

from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.aligned import aligned_tables, may_align

SIGN = 10.0
NAMES = st.text("建档查询预警", min_size=1, max_size=6)


def words(*lines: tuple[float, Sequence[tuple[float, str]]]) -> list[dict[str, object]]:
    """Words of ten points by the top of their line and their left edge."""
    return list(_words(lines))


def _words(lines: Sequence[tuple[float, Sequence[tuple[float, str]]]]) -> Iterator[dict[str, object]]:
    for top, pieces in lines:
        for left, text in pieces:
            yield {"x0": left, "x1": left + SIGN * len(text), "top": top, "bottom": top + SIGN, "text": text}


def cells(*lines: tuple[float, Sequence[tuple[float, str]]]) -> list[list[tuple[str, ...]]]:
    return [
        [row.cells for row in rows] for rows in (one.rows for one in aligned_tables(words(*lines), page=1))
    ]


def row(top: float, *texts: str) -> tuple[float, list[tuple[float, str]]]:
    return top, [(100.0 * column, text) for column, text in enumerate(texts) if text]


def test_lines_of_three_columns_are_a_table() -> None:
    found = cells(row(0, "模块", "功能", "金额"), row(18, "档案", "建档", "3"), row(36, "", "查询", "4"))
    assert found == [[("模块", "功能", "金额"), ("档案", "建档", "3"), ("", "查询", "4")]]


def test_lines_that_stand_close_are_one_cell() -> None:
    found = cells(
        row(0, "模块", "功能", "金额"),
        row(18, "", "按月建档", ""),
        row(30, "档案", "并归档", "3"),
        row(48, "评价", "计分", "4"),
    )
    assert found == [[("模块", "功能", "金额"), ("档案", "按月建档并归档", "3"), ("评价", "计分", "4")]]


def test_a_line_across_columns_ends_the_table() -> None:
    body = [row(18.0 * n, "档案", "建档", "3") for n in range(4)]
    assert [len(one) for one in cells(*body, (72.0, [(0.0, "上述功能均部署在县政务云上运行")]))] == [4]


def test_contents_with_leaders_and_two_columns_are_none() -> None:
    assert cells(*[row(18.0 * n, "一", "总论..........", "1") for n in range(5)]) == []
    assert cells(*[row(18.0 * n, "项目名称", "灌区平台") for n in range(5)]) == []
    assert not may_align(["一 总论 ........ 1"] * 5)


@given(st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=3, max_size=8))
def test_any_full_table_is_read_as_it_stands(rows: list[tuple[str, str, str]]) -> None:
    assert cells(*[row(18.0 * n, *one) for n, one in enumerate(rows)]) == [rows]


def test_lines_at_the_top_of_a_page_go_on_with_the_columns_above() -> None:
    (first,) = aligned_tables(words(*[row(18.0 * n, "档案", "建档", "3") for n in range(3)]), page=1)
    (more,) = aligned_tables(words(row(0, "评价", "", "4")), page=2, above=first.columns)
    assert [one.cells for one in more.rows] == [("评价", "", "4")]
    assert aligned_tables(words(row(0, "评价", "", "4")), page=2) == []
