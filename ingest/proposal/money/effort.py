"""Cells of effort."""

import re
from decimal import Decimal, InvalidOperation

from ingest.proposal.tables.columns import squeezed
from ingest.proposal.wording import tables

NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,4})?")
CENT = Decimal("0.01")


def person_months(text: str, told: str = "") -> Decimal | None:
    """The person-months of a cell, to two places; None when it is no number or its unit tells no time.

    The unit of the cell wins over `told`, its heading and caption.
    """
    plain = squeezed(text).replace(",", "")
    found = NUMBER.match(plain)
    if found is None:
        return None
    rest = plain[found.end() :]
    per = _per_month(rest) if rest else _per_month(squeezed(told))
    try:
        return None if per is None else (Decimal(found[0]) / per).quantize(CENT).normalize() + 0
    except InvalidOperation:
        return None


def _per_month(text: str) -> Decimal | None:
    """How many of the unit that a text names make a person-month, None when it names none."""
    lower = text.lower()
    hits = [(at, per) for unit, per in tables().efforts.items() if (at := lower.find(unit)) >= 0]
    return min(hits)[1] if hits else None
