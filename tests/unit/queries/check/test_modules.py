from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kg.matching.description import Item
from queries.check.modules import functions_of, module_lines

AMOUNTS = st.none() | st.integers(0, 10**8).map(Decimal)
WORDS = st.sampled_from(["登记", "审批", "统计", "预警"])
ITEMS = st.lists(st.builds(Item, text=WORDS, path=st.sampled_from(["", "甲", "甲/乙"]), amount=AMOUNTS))


def test_lines_without_an_amount_belong_to_the_priced_line_above_them() -> None:
    items = (
        Item("机构管理", amount=Decimal(100)),
        Item("床位登记", path="机构管理"),
        Item("护理计划", path="机构管理"),
        Item("统计分析", amount=Decimal(50)),
    )
    lines = module_lines(items)
    assert [(line.text, line.items) for line in lines] == [("机构管理", (1, 2)), ("统计分析", (3,))]


def test_lines_under_one_heading_belong_to_the_priced_line_before_them() -> None:
    items = (Item("登记", path="甲", amount=Decimal(1)), Item("查询", path="甲"), Item("导出", path="乙"))
    assert [line.items for line in module_lines(items)] == [(0, 1), (2,)]


def test_without_amounts_every_line_is_a_module() -> None:
    assert [line.items for line in module_lines((Item("登记"), Item("查询")))] == [(0,), (1,)]


@given(ITEMS)
def test_every_function_is_in_one_module_and_no_money_is_lost(items: list[Item]) -> None:
    lines = module_lines(tuple(items))
    covered = [i for line in lines for i in line.items]
    assert len(covered) == len(set(covered))
    assert {items[i].text for i in covered} | {line.text for line in lines} == {item.text for item in items}
    assert sum(line.amount or 0 for line in lines) == sum(item.amount or 0 for item in items)


def test_a_line_that_heads_others_is_no_function_itself() -> None:
    items = (Item("子系统"), Item("模块", path="子系统"), Item("登记", path="子系统/模块"), Item("查询"))
    assert [item.text for item in functions_of(items)] == ["登记", "查询"]


def test_a_price_above_prices_is_their_sum_and_no_module() -> None:
    items = (
        Item("预约", amount=Decimal(100)),
        Item("网上预约", path="预约", amount=Decimal(60)),
        Item("窗口预约", path="预约", amount=Decimal(40)),
        Item("统计", amount=Decimal(200)),
    )
    lines = module_lines(items)
    assert [line.text for line in lines] == ["网上预约", "窗口预约", "统计"]
    assert sum(line.amount or 0 for line in lines) == 300
