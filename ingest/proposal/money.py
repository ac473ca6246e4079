"""Amounts of proposals in yuan."""

import re
from decimal import Decimal

AMOUNT = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(亿元|万元|元|亿|万)?")
UNITS = {"亿": Decimal(10**8), "万": Decimal(10**4), "元": Decimal(1)}


def unit_of(text: str) -> str:
    """The unit a header or field names: 亿, 万, 元 or ""."""
    return next((mark for mark in ("亿", "万", "元") if mark in text), "")


def yuan(text: str, unit: str = "") -> Decimal | None:
    """The first amount of a text; its own unit wins over `unit`. None when there is no number."""
    found = AMOUNT.search(text)
    if found is None:
        return None
    number = Decimal(found[1].replace(",", "").replace("，", ""))
    return (number * UNITS[unit_of(found[2] or "") or unit or "元"]).normalize() + Decimal(0)
