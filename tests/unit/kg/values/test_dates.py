"""Dates and periods come out as exact as they were written, and exist."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ValidationError
from kg.values import last_day, parse_date, parse_period

DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))
NUMERALS = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023年12月12日", "2023-12-12"),
        ("2023 年 12 月", "2023-12"),
        ("2026/3/1", "2026-03-01"),
        ("2024.5", "2024-05"),
        ("20231212", "2023-12-12"),
        ("202312", "2023-12"),
        ("2023年", "2023"),
        ("二〇二三年十二月二十一日", "2023-12-21"),
        ("2023-12-12 10:30:00", "2023-12-12"),
        ("2024年第一季度", "2024"),
    ],
)
def test_wordings_of_dates_are_read(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize("text", ["", "十四五期间", "23年12月", "2023456789", "近期"])
def test_what_holds_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="不是日期"):
        parse_date(text)


@pytest.mark.parametrize("text", ["2023-02-30", "2023-13", "2023年2月29日"])
def test_a_day_that_never_was_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="日期不存在"):
        parse_date(text)


@given(DAYS)
def test_a_day_written_in_any_form_is_the_same_day(day: date) -> None:
    forms = [f"{day.year}年{day.month}月{day.day}日", f"{day.year}/{day.month}/{day.day}", day.isoformat()]
    assert {parse_date(form) for form in [*forms, f"{day:%Y%m%d}"]} == {day.isoformat()}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("十四五", "2021", "2025"),
        ("“十五五”期间", "2026", "2030"),
        ("十四五期间（2022-2025年）", "2022", "2025"),
        ("2024年上半年", "2024-01", "2024-06"),
        ("2024年第一季度至第三季度", "2024-01", "2024-09"),
        ("2024年Q2", "2024-04", "2024-06"),
        ("2026Q1", "2026-01", "2026-03"),
        ("2026年1季度", "2026-01", "2026-03"),
        ("2026年第四季度", "2026-10", "2026-12"),
        ("2026年前三季度", "2026-01", "2026-09"),
        ("2026H1", "2026-01", "2026-06"),
        ("2026年春季", "2026-03", "2026-05"),
        ("2026年秋季普查", "2026-09", "2026-11"),
        ("2026年6月", "2026-06", "2026-06"),
        ("2023-2025年", "2023", "2025"),
        ("2024年3月-6月", "2024-03", "2024-06"),
        ("2024年3月至2025年6月", "2024-03", "2025-06"),
        ("2024年3月1日-2024年6月30日", "2024-03", "2024-06"),
        ("2024", "2024", "2024"),
    ],
)
def test_wordings_of_periods_are_read(text: str, start: str, end: str) -> None:
    assert parse_period(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "day"), [("2024", "2024-12-31"), ("2024-02", "2024-02-29"), ("2024-03-05", "2024-03-05")]
)
def test_the_last_day_of_a_date(text: str, day: str) -> None:
    assert last_day(text) == day


@pytest.mark.parametrize(("text", "reason"), [("12个月", "没有年份"), ("2025-2023", "结束早于开始")])
def test_what_is_no_period_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        parse_period(text)


@given(st.text(max_size=14) | st.from_regex(r"(19|20)\d\d[年./-]\d{1,2}[月./-]?\d{0,2}", fullmatch=True))
def test_any_text_is_a_period_in_order_or_refused(text: str) -> None:
    try:
        start, end = parse_period(text)
    except ValidationError:
        return
    assert start[:4] <= end[:4]
