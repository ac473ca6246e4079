"""Dates and periods, as exact as they are written."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from kg.errors import ValidationError
from kg.values.numerals import chinese_number

DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?:"
    r"(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])?(?!\d)"
    r"|(?!\d)(?:\s*[年./-]\s*(?P<m>\d{1,2})(?!\d|\s*季)(?:\s*[月./-]\s*(?P<d>\d{1,2})(?!\d|\s*月))?)?)"
)
CHINESE_YEAR = re.compile(r"[一二][〇零○一二三四五六七八九]{3}(?=\s*年)")
CHINESE_PART = re.compile(r"(?<=[年月])\s*[一二三四五六七八九十]{1,3}(?=\s*[月日])")
MONTHS = re.compile(
    r"(?P<y>(?:19|20)\d{2})\s*[年./-]\s*(?P<a>\d{1,2})\s*月?\s*(?:[-~～—–]+|至|到)\s*(?P<b>\d{1,2})\s*月"
)
PLANS = {
    "十二五": ("2011", "2015"),
    "十三五": ("2016", "2020"),
    "十四五": ("2021", "2025"),
    "十五五": ("2026", "2030"),
}
PARTS_OF_YEAR = {
    "上半年": ("01", "06"),
    "下半年": ("07", "12"),
    "H1": ("01", "06"),
    "H2": ("07", "12"),
    "前三季度": ("01", "09"),
    "春季": ("03", "05"),
    "夏季": ("06", "08"),
    "秋季": ("09", "11"),
    "冬季": ("12", "12"),
    "年初": ("01", "03"),
    "年底": ("10", "12"),
}
"""Months of the parts of a year, more special ones before those they hold; a winter ends with its year."""
QUARTER = re.compile(r"(?<!前)第?([一二三四1-4])\s*季度?|[Qq]([1-4])")
QUARTERS = {"1": ("01", "03"), "2": ("04", "06"), "3": ("07", "09"), "4": ("10", "12")}


def parse_date(text: str) -> str:
    """ISO date as exact as the text: YYYY, YYYY-MM or YYYY-MM-DD; of several the first.

    Raises: ValidationError, in Chinese, when there is none or it does not exist.
    """
    found = DATE.search(_plain(text))
    if found is None:
        raise ValidationError(f"不是日期：{text}")
    return _iso(found, text)


def _plain(text: str) -> str:
    """Digits in place of Chinese numerals, in years and what follows them."""
    plain = unicodedata.normalize("NFKC", text)
    plain = CHINESE_YEAR.sub(lambda found: str(int(chinese_number(found[0]))), plain)
    for _ in ("month", "day"):
        plain = CHINESE_PART.sub(lambda found: str(int(chinese_number(found[0].strip()))), plain)
    return plain


def _iso(found: re.Match[str], text: str) -> str:
    year, month, day = found["y"], found["cm"] or found["m"], found["cd"] or found["d"]
    try:
        whole = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError as error:
        raise ValidationError(f"日期不存在：{text}") from error
    return whole if day else whole[:7] if month else year


def parse_period(text: str) -> tuple[str, str]:
    """Start and end, each YYYY or YYYY-MM; one date is its own start and end.

    Five-year plans, half years, quarters and months of one year are known.
    Raises: ValidationError, in Chinese, when no year stands in the text or the end lies before the start.
    """
    plain = _plain(text)
    start, end = _span(plain, text)
    if end[: len(start)] < start[: len(end)]:
        raise ValidationError(f"结束早于开始：{text}")
    return start, end


def _span(plain: str, text: str) -> tuple[str, str]:
    months = MONTHS.search(plain)
    dates = [_iso(found, text)[:7] for found in DATE.finditer(plain)]
    if len(dates) > 1:
        return dates[0], dates[-1]
    if months is not None and all(1 <= int(months[key]) <= 12 for key in "ab"):
        return tuple(f"{months['y']}-{int(months[key]):02d}" for key in "ab")  # type: ignore[return-value]  # two
    if not dates:
        plan = next((years for name, years in PLANS.items() if name in plain), None)
        if plan is None:
            raise ValidationError(f"没有年份：{text}")
        return plan
    if len(dates[0]) > len("2024"):
        return dates[0], dates[0]
    spans = [QUARTERS[_quarter(found)] for found in QUARTER.finditer(plain)]
    spans = spans or [span for name, span in PARTS_OF_YEAR.items() if name in plain.upper()]
    return (f"{dates[0]}-{spans[0][0]}", f"{dates[0]}-{spans[-1][1]}") if spans else (dates[0], dates[0])


def last_day(date_: str) -> str:
    """The last day, in ISO form, of a date that is as exact as a year, a month or a day."""
    year, month, day = (*date_.split("-"), "", "")[:3]
    month = month or "12"
    return f"{year}-{month}-{day or monthrange(int(year), int(month))[1]}"


def _quarter(found: re.Match[str]) -> str:
    digit = found[1] or found[2]
    return digit if digit.isdigit() and digit.isascii() else str(int(chinese_number(digit)))
