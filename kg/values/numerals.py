"""Numbers in Chinese numerals."""

from decimal import Decimal

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億圆兩", "一二三四五六七八九十百千万亿元两")
"""Numerals of cheques and traditional ones, by their plain form."""


def chinese_number(text: str) -> Decimal:
    """The value of numerals below ten thousand, with or without a fraction (一千二百, 三点五, 二〇二三)."""
    whole, _, fraction = text.partition("点")
    if not set(whole) & SCALES.keys():
        value = int("".join(str(DIGITS[char]) for char in whole) or "0")
    else:
        value = _scaled(whole)
    decimals = "".join(str(DIGITS[char]) for char in fraction)
    return Decimal(f"{value}.{decimals or '0'}")


def _scaled(whole: str) -> int:
    total, digit = 0, None
    for char in whole:
        if char in SCALES:
            total, digit = total + (1 if digit is None else digit) * SCALES[char], None
        else:
            digit = DIGITS[char]
    return total + (digit or 0)
