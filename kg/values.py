"""Money, dates and periods as people write them, read into one form or refused with the reason."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from kg.errors import ValidationError
from kg.ontology.values import MONEY_LIMIT

UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "万": Decimal(10_000)}
UNITS |= {"百万元": Decimal(10**6), "亿元": Decimal(10**8), "亿": Decimal(10**8)}
NUMBER = r"[-+−]?\d[\d,，]*(?:\.\d+)?"
MONEY = re.compile(
    rf"(?P<number>{NUMBER}|[零〇一二两三四五六七八九十百千点]+)\s*余?\s*(?P<unit>百万元|千元|万元|亿元|万|亿|元)?"
)
DIGITS = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
FULL_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})\s*(?:[年./-]\s*(?P<m>\d{1,2})\s*(?:[月./-]\s*(?P<d>\d{1,2})(?!\d))?)?"
)
PLANS = {
    "十二五": ("2011", "2015"),
    "十三五": ("2016", "2020"),
    "十四五": ("2021", "2025"),
    "十五五": ("2026", "2030"),
}
HALVES = {"上半年": ("01", "06"), "下半年": ("07", "12")}


def parse_money(text: str, *, unit: str | None = None) -> Decimal:
    """Yuan, rounded to two places; `unit` (元, 万元 …) holds where the text itself gives none.

    Raises: ValidationError, in Chinese, for no number, a negative or an absurd amount.
    """
    found = MONEY.search(unicodedata.normalize("NFKC", text).replace("−", "-").strip())
    if found is None:
        raise ValidationError(f"不是金额：{text!r}")
    amount = _number(found["number"]) * UNITS[found["unit"] or unit or "元"]
    if amount < 0:
        raise ValidationError(f"金额为负：{text}")
    if amount > MONEY_LIMIT:
        raise ValidationError(f"金额过大：{text}（超过一千亿元）")
    return amount.quantize(Decimal("0.01")).normalize() + 0


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return _chinese_number(text)


def _chinese_number(text: str) -> Decimal:
    whole, _, fraction = text.partition("点")
    total, digit = 0, 0
    for char in whole:
        if char in SCALES:
            total, digit = total + (digit or 1) * SCALES[char], 0
        else:
            digit = DIGITS[char]
    decimals = "".join(str(DIGITS[char]) for char in fraction if char in DIGITS)
    return Decimal(f"{total + digit}.{decimals or '0'}")


def parse_date(text: str) -> str:
    """ISO date as exact as the text: YYYY, YYYY-MM or YYYY-MM-DD.

    Raises: ValidationError, in Chinese, when there is none or it does not exist.
    """
    found = FULL_DATE.search(unicodedata.normalize("NFKC", text))
    if found is None:
        raise ValidationError(f"不是日期：{text!r}")
    parts = [found["y"]]
    for part, limit in ((found["m"], 12), (found["d"], 31)):
        if part is None:
            break
        if not 1 <= int(part) <= limit:
            raise ValidationError(f"日期不存在：{text!r}")
        parts.append(f"{int(part):02d}")
    return "-".join(parts)


def parse_period(text: str) -> tuple[str, str]:
    """Start and end, each YYYY or YYYY-MM; one date is its own start and end.

    Five-year plans and half years are known. Raises: ValidationError when no year stands in the text.
    """
    plain = unicodedata.normalize("NFKC", text)
    for plan, years in PLANS.items():
        if plan in plain:
            return years
    years_found = re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", plain)
    for half, (start, end) in HALVES.items():
        if half in plain and years_found:
            return f"{years_found[0]}-{start}", f"{years_found[0]}-{end}"
    if len(set(years_found)) >= 2 and not re.search(r"\d\s*[月-]\s*\d{1,2}\s*[日-]", plain):
        return min(years_found), max(years_found)
    date = parse_date(plain)[:7]
    return date, date


def parse_standard(text: str) -> str:
    """The code of a standard in one spelling: GB/T 40692-2021; the text itself when it holds none."""
    plain = unicodedata.normalize("NFKC", text).upper().replace("—", "-").replace("–", "-")
    found = re.search(
        r"\b(GB|GA|GM|DA|YD|DB\d{2,6})[\s/-]*(T|Z)?[\s-]*(\d+(?:\.\d+)?)(?:\s*-+\s*(\d{4}))?", plain
    )
    if found is None:
        return text.strip()
    body, kind, number, year = found.groups()
    return f"{body}{'/' + kind if kind else ''} {number}" + (f"-{year}" if year else "")
