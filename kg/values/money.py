"""Amounts of money in yuan."""

import re
import unicodedata
from decimal import Decimal

from kg.errors import ValidationError
from kg.ontology.values import MONEY_LIMIT
from kg.values.numerals import PLAIN, chinese_number

MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
ARABIC = r"[0-9]+(?:,[0-9]{3,4})*(?:\.[0-9]+)?"
CHINESE = r"[零〇一二两三四五六七八九十百千]+(?:点[零〇一二三四五六七八九]+)?"
PART = rf"(?P<number>{ARABIC}|{CHINESE})\s*[余多来]?\s*(?P<scale>[十百千]?\s*[万亿]*)"
ANONYMOUS = re.sub(r"\?P<\w+>", "?:", PART)
AMOUNT = re.compile(rf"(?:[-+]\s*)?{ANONYMOUS}(?:(?<=[万亿]){ANONYMOUS})*\s*[余多来]?\s*元?")
PARTS = re.compile(PART)
FOREIGN = re.compile(r"美元|美金|欧元|港元|港币|日元|英镑|澳元|USD|EUR|HKD|GBP|JPY|[$€£]", re.IGNORECASE)
RANGE = re.compile(r"\d\s*[元万亿]*\s*(?:[-~～—–]|至|到)\s*\d")
ACCOUNTED = re.compile(rf"\({ARABIC}\)")
BRACKETED_UNIT = re.compile(r"\(([百千]?[万亿]?元)\)")
VAGUE = re.compile(r"[数几上][十百千万亿]")
AROUND = re.compile(
    r"(?:人民币|RMB|CNY|¥|约为?|大约|左右|以内|以下|不超过|不高于|上限|共计?|合计|总计|总?(?:金额|投资|预算|概算|价)|为|整|[:()。\s])*",
    re.IGNORECASE,
)
TOTAL = re.compile(r"(?:总|合计|共计?|总计)[^\d,，;；。]{0,8}$")


def parse_money(text: str, *, unit: str | None = None) -> Decimal:
    """Yuan, rounded to two places; `unit` (元, 万元, 百万元 …) holds where the text itself gives none.

    Of several amounts the total counts, or the first when the others are said to be parts of it (其中).
    Raises: ValidationError, in Chinese, for what is no single amount, is negative, absurd or not in yuan.
    """
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").translate(PLAIN).strip()
    plain = BRACKETED_UNIT.sub(r"\1", plain)
    if FOREIGN.search(plain):
        raise ValidationError(f"不是人民币金额：{text}")
    if RANGE.search(plain) or VAGUE.search(plain):
        raise ValidationError(f"不是单一的金额：{text}")
    words = _chosen(plain, text)
    amount = _value(words, unit)
    if words.startswith("-") or ACCOUNTED.fullmatch(plain):
        raise ValidationError(f"金额为负：{text}")
    if amount > MONEY_LIMIT:
        raise ValidationError(f"金额过大：{text}（超过一千亿元）")
    rounded = amount.quantize(Decimal("0.01"))
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _chosen(plain: str, text: str) -> str:
    """The words of the one amount that the text gives."""
    found = list(AMOUNT.finditer(plain))
    stated = [one for one in found if re.search(r"[万亿元]", one[0])]
    if not stated:
        if len(found) == 1 and AROUND.fullmatch(plain[: found[0].start()] + plain[found[0].end() :]):
            return found[0][0]
        raise ValidationError(f"不是金额：{text}")
    if len({_value(one[0], None) for one in stated}) == 1 or "其中" in plain[stated[0].end() :]:
        return stated[0][0]
    totals = [one for one in stated if TOTAL.search(plain[: one.start()])]
    if len(totals) != 1:
        raise ValidationError(f"含有多个金额：{text}")
    return totals[0][0]


def _value(words: str, unit: str | None) -> Decimal:
    parts = list(PARTS.finditer(words))
    stated = "元" in words or any(re.search(r"[万亿]", part["scale"]) for part in parts)
    total = sum((_number(part["number"]) * _scale(part["scale"]) for part in parts), Decimal(0))
    return total if stated or unit is None else total * _unit(unit)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "")) if text[0].isascii() else chinese_number(text)


def _scale(text: str) -> int:
    value = 1
    for char in text:
        value *= MULTIPLIERS.get(char, 1)
    return value


def _unit(unit: str) -> int:
    plain = unit.translate(PLAIN).strip().removesuffix("元")
    if not all(char in MULTIPLIERS for char in plain):
        raise ValidationError(f"未知的金额单位：{unit}")
    return _scale(plain)
