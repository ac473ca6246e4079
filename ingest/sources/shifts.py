"""Tells when a row's cells stand in the wrong columns, from the kinds of its cells."""

import re
from enum import StrEnum

from ingest.sources.tables import Header, Line

AMOUNT = re.compile(r"^\d[\d,]*\.?\d*$")
DATE = re.compile(
    r"^(?:19|20)\d{2}\s*[年/-]\s*\d{1,2}\s*(?:月|[/-]\s*\d{1,2}日?|月\s*\d{1,2}\s*日)?(?:\s[\d:]+)?$"
)
EXPECTED = {
    "budget": "amount",
    "approved_on": "date",
    "launched_on": "date",
    "accepted_on": "date",
    "announced_on": "date",
    "expected_on": "date",
}


class Kind(StrEnum):
    """What a cell looks like."""

    BLANK = "blank"
    AMOUNT = "amount"
    DATE = "date"
    YES_NO = "yes_no"
    LINK = "link"
    LONG = "long"
    SHORT = "short"


NO_AMOUNT = frozenset({Kind.DATE, Kind.YES_NO, Kind.LINK, Kind.LONG})
NO_DATE = frozenset({Kind.AMOUNT, Kind.YES_NO, Kind.LINK, Kind.LONG})
NO_NAME = frozenset({Kind.AMOUNT, Kind.DATE, Kind.YES_NO, Kind.LINK})


def kind_of(text: str) -> Kind:
    """The kind of a cell by its form alone."""
    plain = text.strip()
    if not plain:
        return Kind.BLANK
    if plain in {"是", "否"}:
        return Kind.YES_NO
    if plain.startswith(("http://", "https://")):
        return Kind.LINK
    if DATE.match(plain):
        return Kind.DATE
    if AMOUNT.match(plain):
        return Kind.AMOUNT
    return Kind.LONG if len(plain) > 40 else Kind.SHORT


def shift_of(line: Line, header: Header) -> str | None:
    """Why the row must be refused as shifted, in Chinese; None when nothing speaks for it.

    Two or more cells of money or date columns that hold something of another kind, or a name that is a
    number, a date, an address or a yes.
    """
    name = line.get("name") or line.get("component_name")
    if name and kind_of(name) in NO_NAME:
        return f"错列：名称栏为「{name[:20]}」"
    wrong = 0
    for number, field in header.columns.items():
        if field in EXPECTED and number < len(line.row.cells):
            excluded = NO_AMOUNT if EXPECTED[field] == "amount" else NO_DATE
            wrong += kind_of(line.row.cells[number]) in excluded
    return "错列：金额与日期等栏的内容对不上表头" if wrong >= 2 else None
