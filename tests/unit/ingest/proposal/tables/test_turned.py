"""Tables on their side or in two halves are set upright, all others are left as they are."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.blocks import Row
from ingest.proposal.tables.turned import straight

CELLS = st.lists(st.text("功能模块说明金额甲乙丙12", min_size=1, max_size=4), min_size=3, max_size=3)


def rows(*lines: str) -> tuple[Row, ...]:
    return tuple(Row(tuple(line.split())) for line in lines)


def cells(found: tuple[Row, ...]) -> list[tuple[str, ...]]:
    return [row.cells for row in found]


def test_columns_become_rows_where_the_first_column_is_the_header() -> None:
    found = straight(rows("功能模块 建档 查询", "功能说明 登记 检索", "金额（万元） 4 6"))
    assert cells(found) == [
        ("功能模块", "功能说明", "金额（万元）"),
        ("建档", "登记", "4"),
        ("查询", "检索", "6"),
    ]


def test_the_right_half_goes_below_the_left() -> None:
    found = straight(rows("功能模块 金额 功能模块 金额", "建档 4 查询 6"))
    assert cells(found) == [("功能模块", "金额"), ("建档", "4"), ("查询", "6")]


def test_a_form_stays_as_it_is() -> None:
    form = rows("项目名称 灌区平台 建设内容", "建设单位 水利局 新建", "总投资 50万元 财政")
    assert straight(form) == form


@given(st.lists(CELLS, max_size=5))
def test_a_table_with_its_header_on_top_stays_as_it_is(lines: list[list[str]]) -> None:
    table = (Row(("序号", "功能模块", "金额")), *(Row(tuple(line)) for line in lines))
    assert straight(table) == table


def test_a_blank_margin_is_left_out() -> None:
    framed = (Row(("", "功能模块", "说明"), across=(2,)), Row(("", "建档", "登记")))
    assert straight(framed) == (Row(("功能模块", "说明"), across=(1,)), Row(("建档", "登记")))
