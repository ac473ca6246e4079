"""A list within an application form begins beside its label and ends where the form goes on."""

import pytest

from ingest.documents.blocks import Row
from ingest.proposal.tables.columns import Header, header_at
from ingest.proposal.tables.informs import beside_label, ends

LIST = (
    Row(("建设内容", "序号", "功能名称", "投资（万元）")),
    Row(("建设内容", "1", "墒情采集", "12"), down=(0,)),
)


def header(rows: tuple[Row, ...]) -> Header:
    found = header_at(rows, 0)
    assert found is not None
    return beside_label(found, rows[1:])


def test_a_cell_beside_all_lines_is_no_column_of_names() -> None:
    assert header(LIST).kinds == {1: "number", 2: "function", 3: "amount"}


def test_a_heading_over_cells_of_its_own_stays_a_column() -> None:
    assert header((LIST[0], Row(LIST[1].cells))).kinds[0] == "module"


def test_the_list_goes_on_as_long_as_its_label_and_to_its_sum() -> None:
    found = header(LIST)
    assert not ends(found, Row(("建设内容", "2", "旱情研判", "11"), down=(0,)))
    assert not ends(found, Row(("合计", "合计", "合计", "23"), across=(1, 2)))
    assert ends(found, Row(("绩效目标", "办结率95%", "办结率95%", "办结率95%"), across=(2, 3)))


@pytest.mark.parametrize(
    ("cells", "ended"),
    [
        (("主管部门意见", "（盖章）", "（盖章）", "（盖章）"), True),
        (("一", "采集子系统", "采集子系统", "采集子系统"), False),
        (("合计（大写）", "贰拾叁万元整", "贰拾叁万元整", "贰拾叁万元整"), False),
    ],
)
def test_a_label_with_one_cell_over_the_columns_of_figures_ends_a_list(
    cells: tuple[str, ...], *, ended: bool
) -> None:
    rows = (Row(("序号", "功能名称", "功能说明", "投资（万元）")), Row(("1", "墒情采集", "接入", "12")))
    assert ends(header(rows), Row(cells, across=(2, 3))) is ended
