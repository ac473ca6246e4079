"""Whatever the shape of a function list, its money is counted once."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.proposal.reader import read_proposal
from kg.matching.proposal import Proposal
from kg.model import Place

HEADER = Row(("子系统", "模块", "功能点", "金额（元）"))
AMOUNTS = st.integers(min_value=1, max_value=9_999_999)


def proposal(*rows: Row, caption: str = "功能清单") -> Proposal:
    table = Block(BlockKind.TABLE, Place(block=2), rows=rows)
    title = Block(BlockKind.PARAGRAPH, Place(block=1), caption)
    return read_proposal(Document("a.docx", "0" * 64, "docx", (title, table)))


def total(found: Proposal) -> Decimal:
    return sum((item.amount for item in found.description.items if item.amount is not None), Decimal(0))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(AMOUNTS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_money_of_single_lines_adds_up_line_by_line(modules: list[list[int]]) -> None:
    rows = [
        Row(("受理", f"模块{m}", f"功能{m}之{n}", str(amount)))
        for m, amounts in enumerate(modules)
        for n, amount in enumerate(amounts)
    ]
    assert total(proposal(HEADER, *rows)) == sum(map(sum, modules))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(AMOUNTS, st.integers(1, 5)), min_size=1, max_size=6))
def test_money_of_merged_cells_counts_once_for_each_cell(modules: list[tuple[int, int]]) -> None:
    rows = [
        Row(("受理", f"模块{m}", f"功能{m}之{n}", str(amount)), down=(1, 3) if n else ())
        for m, (amount, functions) in enumerate(modules)
        for n in range(functions)
    ]
    found = proposal(HEADER, *rows)
    assert total(found) == sum(amount for amount, _ in modules)
    leaves = {item.text for item in found.description.items}
    assert leaves >= {row.cells[2] for row in rows}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(AMOUNTS, min_size=2, max_size=4), min_size=1, max_size=4))
def test_sums_of_parts_and_of_all_are_not_counted_again(modules: list[list[int]]) -> None:
    rows = []
    for m, amounts in enumerate(modules):
        rows += [Row(("受理", f"模块{m}", f"功能{m}之{n}", str(a))) for n, a in enumerate(amounts)]
        rows.append(Row(("受理", "小计", "", str(sum(amounts)))))
    rows.append(Row(("合计", "", "", str(sum(map(sum, modules))))))
    found = proposal(HEADER, *rows)
    assert total(found) == sum(map(sum, modules))
    assert found.budget == total(found)
    assert not any("不一致" in note for note in found.notes)


def test_a_sum_that_does_not_add_up_is_noted() -> None:
    rows = (Row(("受理", "登记", "建档", "100000")), Row(("合计", "", "", "300000")))
    assert any("不一致" in note for note in proposal(HEADER, *rows).notes)


def test_two_equal_amounts_side_by_side_are_two() -> None:
    rows = (Row(("受理", "登记", "建档", "5000")), Row(("受理", "登记", "注销", "5000")))
    assert total(proposal(HEADER, *rows)) == 10_000


@pytest.mark.parametrize(
    ("budget", "figures", "expected"),
    [
        ("总投资：40万元", ("14", "15.5"), 295_000),
        ("总投资：40万元", ("140000", "155000"), 295_000),
        ("总投资：9000元", ("4000", "3000"), 7_000),
        ("", ("14", "15.5"), 295_000),
    ],
)
def test_a_unit_left_out_is_told_by_the_budget(budget: str, figures: tuple[str, str], expected: int) -> None:
    header = Row(("模块", "功能点", "金额"))
    rows = [Row(("登记", f"功能{n}", figure)) for n, figure in enumerate(figures)]
    line = Block(BlockKind.PARAGRAPH, Place(block=1), budget or "功能清单")
    table = Block(BlockKind.TABLE, Place(block=2), rows=(header, *rows))
    assert total(read_proposal(Document("a.docx", "0" * 64, "docx", (line, table)))) == expected


@pytest.mark.parametrize("cell", ["—", "/", "", "待定", "20-30", "-5", "赠送"])
def test_what_is_no_amount_is_none(cell: str) -> None:
    (item,) = proposal(HEADER, Row(("受理", "登记", "建档", cell))).description.items
    assert item.amount is None
