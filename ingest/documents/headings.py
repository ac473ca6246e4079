"""Levels of headings told from their numbering, for text that carries no styles."""

import re

LONGEST = 40
ENDS = ("。", "；", ";", "，", "：", ":")
CHAPTER = re.compile(r"^第[一二三四五六七八九十百\d]{1,4}[章部篇]")
SECTION = re.compile(r"^第[一二三四五六七八九十百\d]{1,4}节")
CHINESE = re.compile(r"^[一二三四五六七八九十]{1,3}、")
BRACKETED = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")
DECIMAL = re.compile(r"^(\d{1,2}(?:[.．]\d{1,2}){1,6})[.．、]?\s*(?=[^\d\s.])")


def heading_level(text: str) -> int:
    """1.. for a short line numbered as a heading, else 0."""
    if len(text) > LONGEST or text.endswith(ENDS):
        return 0
    if number := DECIMAL.match(text):
        return len(re.split(r"[.．]", number[1]))
    for level, pattern in ((1, CHAPTER), (2, SECTION), (1, CHINESE), (2, BRACKETED)):
        if pattern.match(text):
            return level
    return 0
