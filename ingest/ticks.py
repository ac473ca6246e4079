"""Choices with boxes beside them, as forms offer them: which of them are ticked."""

import re

OPEN, SET = r"□☐", r"☑■✓✔◼▣√"
BOX = re.compile(rf"[{OPEN}{SET}]|\[\s*[√xX]?\s*\]")
TICK = rf"(?:[{SET}]|\[\s*[√xX]\s*\])"
MARKED = re.compile(rf"[（(]\s*[√✓✔{SET}]\s*[）)]")
FRAMED = re.compile(rf"[（(](?:\s+|\s*[{OPEN}]\s*)[）)]")
"""Boxes made of brackets."""
WORDS = rf"[^{OPEN}{SET}\[\]]+"
AFTER_BOX = re.compile(rf"{TICK}\s*({WORDS})")
BEFORE_BOX = re.compile(rf"({WORDS}){TICK}")
LAST_IS_BOX = re.compile(rf"(?:[{OPEN}{SET}]|\[\s*[√xX]?\s*\])\s*$")
AROUND = " 、，,/()（）\n\t；;"


def ticked(value: str) -> str:
    """Of choices with boxes the ticked ones, joined by 、; "" when none is; other values as they are.

    Boxes stand before their words (☑在用 □停用), or behind them where the value ends with one (在用☑ 停用□).
    """
    value = FRAMED.sub("□", MARKED.sub("☑", value))
    if not BOX.search(value):
        return value
    behind = LAST_IS_BOX.search(value) and not BOX.match(value.lstrip())
    found = (BEFORE_BOX if behind else AFTER_BOX).findall(value)
    return "、".join(text for one in found if (text := one.strip(AROUND)))
