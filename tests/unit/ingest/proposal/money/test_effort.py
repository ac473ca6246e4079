"""Effort is told in person-months, whatever the unit of the cell or its heading."""

from decimal import Decimal

import pytest

from ingest.proposal.money.effort import person_months


@pytest.mark.parametrize(
    ("cell", "told", "months"),
    [
        ("2.5", "工作量（人月）", "2.5"),
        ("10", "预估人月", "10"),
        ("2人月", "", "2"),
        ("30", "工作量（人天）", "1.38"),
        ("87", "工时", "0.5"),
        ("43.5人天", "工作量（人月）", "2"),
        ("3", "Effort (person-months)", "3"),
        ("1", "工作量（人/月）", "1"),
    ],
)
def test_effort_is_told_in_person_months(cell: str, told: str, months: str) -> None:
    assert person_months(cell, told) == Decimal(months)


@pytest.mark.parametrize(
    ("cell", "told"), [("12", "功能点数"), ("约两月", "人月"), ("", "人月"), ("5", "工作量")]
)
def test_what_tells_no_time_is_no_effort(cell: str, told: str) -> None:
    assert person_months(cell, told) is None
