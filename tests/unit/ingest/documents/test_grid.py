"""Marks of merges hold on every grid, and tables joined over pages keep what the print meant."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.documents.continued import joined_rows
from ingest.documents.grid import Merge, SpanGrid, Spread, fill
from ingest.documents.wire import answer, understood
from kg.model import Place

CELL = st.tuples(st.text("甲乙丙", max_size=2), st.integers(0, 3), st.integers(0, 3))
TABLE = st.lists(st.lists(CELL, max_size=4), max_size=5)


def grid(table: list[list[tuple[str, int, int]]]) -> list[Row]:
    built = SpanGrid(Spread())
    return [built.row(cells, Place(row=number)) for number, cells in enumerate(table, 1)]


@given(TABLE)
def test_repeated_cells_equal_the_cell_they_repeat(table: list[list[tuple[str, int, int]]]) -> None:
    rows = grid(table)
    for number, row in enumerate(rows):
        assert not set(row.down) & set(row.across)
        assert all(row.cells[column] == rows[number - 1].cells[column] for column in row.down)
        assert all(row.cells[column] == row.cells[column - 1] for column in row.across)


@given(TABLE)
def test_every_cell_is_told_once_by_the_columns_that_repeat_nothing(
    table: list[list[tuple[str, int, int]]],
) -> None:
    own = [
        [text for column, text in enumerate(r.cells) if column not in r.merged and text] for r in grid(table)
    ]
    assert own == [[text for text, _, _ in cells if text] for cells in table]


@given(TABLE)
def test_rows_survive_the_way_through_the_child(table: list[list[tuple[str, int, int]]]) -> None:
    block = Block(BlockKind.TABLE, Place(block=1), rows=tuple(grid(table)))
    document = Document("a.html", "0" * 64, "html", (block,))
    assert understood(Path("a.html"), answer(Path("a.html"), document)) == document


@given(st.integers(1, 4), st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_filled_range_repeats_its_first_cell_wherever_lines_exist(
    top: int, left: int, high: int, wide: int
) -> None:
    lines = {number: [f"{number}/{column}" for column in range(4)] for number in (1, 2, 4)}
    first = lines.get(top, ["", "", "", ""])[left]
    marks = fill(lines, [Merge(top, left, top + high, left + wide)])
    for number, (down, across) in marks.items():
        assert {lines[number][column] for column in (*down, *across)} <= {first}
        assert not (down and number == top)


def row(*cells: str, page: int = 1, down: tuple[int, ...] = ()) -> Row:
    return Row(cells, Place(page=page, block=3), down)


HEAD = (row("序号", "模块", "功能", "", "金额"), row("序号", "模块", "名称", "说明", "金额"))
FULL = (
    *HEAD,
    row("1", "审批", "受理", "登记", "30"),
    row("2", "审批", "审核", "核对材料，", "30", down=(1, 4)),
)


def test_header_of_two_rows_is_dropped_where_the_page_repeats_it() -> None:
    below = [row(*one.cells, page=2) for one in HEAD]
    found = joined_rows(FULL, [*below, row("3", "归档", "保存", "入库", "5", page=2)])
    assert [one.cells[0] for one in found] == ["序号", "序号", "1", "2", "3"]
    assert found[-1].place == Place(page=2, block=3, row=5)


def test_row_cut_in_two_inside_a_merge_is_one_row_and_the_merge_goes_on() -> None:
    cut = row("", "", "", "通知申请人", "", page=2)
    found = joined_rows(
        FULL, [cut, row("3", "", "办结", "归档", "", page=2), row("4", "归档", "保存", "入库", "5", page=2)]
    )
    assert found[3].cells == ("2", "审批", "审核", "核对材料，通知申请人", "30")
    assert (found[4].cells, found[4].down) == (("3", "审批", "办结", "归档", "30"), (1, 4))
    assert (found[5].cells[1], found[5].down) == ("归档", ())


def test_page_that_only_repeats_the_header_adds_nothing() -> None:
    assert joined_rows(FULL, [row(*one.cells, page=2) for one in HEAD]) == FULL
