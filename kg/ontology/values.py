"""Whether a value is of the kind its property declares."""

import re
from collections.abc import Callable
from decimal import Decimal

from kg.ontology.types import ValueKind

MONEY_LIMIT = Decimal(10) ** 11
"""Yuan; no single government system has cost more, so a larger figure is a unit mistake."""

DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")
PERIOD = re.compile(r"^\d{4}(-\d{2}){0,2}/\d{4}(-\d{2}){0,2}$")


def _text(value: object) -> str | None:
    return None if isinstance(value, str) else "应为文字"


def _list(value: object) -> str | None:
    fits = isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    return None if fits else "应为文字的列表"


def _money(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return "应为金额（元）"
    amount = Decimal(str(value))
    if not amount.is_finite() or not 0 <= amount <= MONEY_LIMIT:
        return f"金额超出范围：{value}"
    exponent = amount.normalize().as_tuple().exponent
    return None if isinstance(exponent, int) and exponent >= -2 else f"金额最多两位小数：{value}"


def _integer(value: object) -> str | None:
    return None if isinstance(value, int) and not isinstance(value, bool) else "应为整数"


def _number(value: object) -> str | None:
    fits = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return None if fits else "应为数字"


def _boolean(value: object) -> str | None:
    return None if isinstance(value, bool) else "应为是或否"


def _date(value: object) -> str | None:
    return None if isinstance(value, str) and DATE.match(value) else f"应为日期：{value}"


def _period(value: object) -> str | None:
    return None if isinstance(value, str) and PERIOD.match(value) else f"应为起止时间：{value}"


CHECKS: dict[ValueKind, Callable[[object], str | None]] = {
    ValueKind.TEXT: _text,
    ValueKind.CATEGORY: _text,
    ValueKind.LIST: _list,
    ValueKind.MONEY: _money,
    ValueKind.INTEGER: _integer,
    ValueKind.NUMBER: _number,
    ValueKind.BOOLEAN: _boolean,
    ValueKind.DATE: _date,
    ValueKind.PERIOD: _period,
}


def problem_of(kind: ValueKind, value: object) -> str | None:
    """Why `value` is not of this kind, in Chinese; None when it is."""
    return CHECKS[kind](value)
