"""Depth of lines told by how they are numbered, for lists that have one column for all levels."""

import re
from collections.abc import Sequence

STYLES = (
    ("han", re.compile(r"^\s*[一二三四五六七八九十]{1,3}\s*(?:[、.．]|$)")),
    ("bracketed", re.compile(r"^\s*[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]")),
    ("dotted", re.compile(r"^\s*(\d{1,2}(?:[.．-]\d{1,2})*)[.．、]?(?=\D|$)")),
    ("inner", re.compile(r"^\s*[（(]?\s*\d{1,2}\s*[）)]")),
    ("circled", re.compile(r"^\s*[①-⑳]")),
)


def depths(numbers: Sequence[str]) -> list[int] | None:
    """The depth of each line from 0, styles nesting in the order they first appear; None when all are one."""
    styles = [_style(number) for number in numbers]
    order = [style for style in dict.fromkeys(styles) if style]
    if len(order) < 2 or styles[0] is None:
        return None
    found: list[int] = []
    for style in styles:
        found.append(order.index(style) if style else (found[-1] if found else 0))
    return found


def _style(number: str) -> str | None:
    for name, pattern in STYLES:
        if hit := pattern.match(number):
            return f"{name}{len(re.split('[.．-]', hit[1]))}" if name == "dotted" else name
    return None
