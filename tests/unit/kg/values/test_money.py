"""Amounts are read as people write them, or refused with a reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ValidationError
from kg.values import parse_money

AMOUNTS = st.decimals(0, 10**11, places=2)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("190万元", "1900000"),
        ("1,900,000", "1900000"),
        ("１９０万元", "1900000"),
        ("三点五亿", "350000000"),
        ("3000余万", "30000000"),
        ("3千万", "30000000"),
        ("一亿二千万元", "120000000"),
        ("1亿2000万元", "120000000"),
        ("壹佰贰拾万元整", "1200000"),
        ("十五万", "150000"),
        ("约12.5 万 元", "125000"),
        ("190（万元）", "1900000"),
        ("￥1,234.567", "1234.57"),
        ("2023年预算190万元", "1900000"),
        ("总投资3.5亿元，其中一期1亿元", "350000000"),
        ("合计300万元，一期100万元，二期200万元", "3000000"),
        ("100万元（大写：壹佰万元整）", "1000000"),
        ("0", "0"),
    ],
)
def test_wordings_of_amounts_are_read(text: str, yuan: str) -> None:
    assert parse_money(text) == Decimal(yuan)


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [
        ("190", "万元", "1900000"),
        ("3.5", "亿元", "350000000"),
        ("190", "元", "190"),
        ("190元", "万元", "190"),
        ("2千万", "万元", "20000000"),
        ("5", "百万元", "5000000"),
    ],
)
def test_the_unit_of_the_header_holds_where_the_cell_gives_none(text: str, unit: str, yuan: str) -> None:
    assert parse_money(text, unit=unit) == Decimal(yuan)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "不是金额"),
        ("无", "不是金额"),
        ("第3标段", "不是金额"),
        ("50%", "不是金额"),
        ("1,23", "不是金额"),
        ("-5", "金额为负"),
        ("(1,000)", "金额为负"),
        ("2000亿元", "金额过大"),
        ("190万美元", "不是人民币金额"),
        ("100-200万元", "不是单一的金额"),
        ("数百万元", "不是单一的金额"),
        ("一期100万元，二期200万元", "含有多个金额"),
    ],
)
def test_what_is_no_single_amount_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        parse_money(text)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ValidationError, match="未知的金额单位"):
        parse_money("5", unit="美金")


@given(AMOUNTS)
def test_an_amount_written_in_any_form_is_the_same_amount(amount: Decimal) -> None:
    assert parse_money(str(amount)) == parse_money(f"{amount:,}") == parse_money(f"¥{amount} 元") == amount


@given(st.decimals(0, 10**7, places=2))
def test_ten_thousands_are_ten_thousand_times_as_much(amount: Decimal) -> None:
    assert parse_money(f"{amount}万元") == parse_money(str(amount), unit="万元") == amount * 10_000


@given(st.text(max_size=12))
def test_any_text_is_an_amount_in_bounds_or_refused(text: str) -> None:
    try:
        amount = parse_money(text)
    except ValidationError:
        return
    assert 0 <= amount <= 10**11
    assert amount == amount.quantize(Decimal("0.01"))
