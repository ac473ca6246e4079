"""Cells of money."""

from collections.abc import Sequence
from decimal import Decimal

from kg.errors import ValidationError
from kg.values import parse_money

MYRIAD = "万元"


def yuan(text: str, unit: str = "") -> Decimal | None:
    """The amount of a cell in yuan, None when it is no single amount; its own unit wins over `unit`."""
    if not any(char.isdecimal() for char in text):
        text = text if any(char in "元万亿" for char in text) else ""
    try:
        return parse_money(text, unit=unit or None) if text.strip() else None
    except ValidationError:
        return None


def told_unit(figures: Sequence[Decimal], budget: Decimal | None) -> str:
    """The unit of figures that tell none: the one whose sum comes closest to the budget from below.

    Without a budget figures below ten thousand are taken for 万元, as tables of cost have them.
    """
    total = sum(figures, Decimal(0))
    if budget is not None and total > 0:
        return MYRIAD if total * 10_000 <= budget * Decimal("1.01") else "元"
    return MYRIAD if figures and max(figures) < 10_000 else "元"
