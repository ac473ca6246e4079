"""Levels of headings told from their numbering, for text that carries no styles."""

import re

LONGEST = 40
ENDS = ("。", "；", ";", "，", "：", ":")
CHAPTER = re.compile(r"^第[一二三四五六七八九十百\d]{1,4}[章部篇]")
SECTION = re.compile(r"^第[一二三四五六七八九十百\d]{1,4}节")
CHINESE = re.compile(r"^[一二三四五六七八九十]{1,3}、")
BRACKETED = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")
DECIMAL = re.compile(r"^(\d{1,2}(?:[.．]\d{1,2}){1,6})[.．、]?\s*(?=[^\d\s.])")

CONTENTS = re.compile(r"(?:[.…·．]{3,}|[.…·．\s]*\t)\s*\d{1,4}$")
"""The end of a line of a table of contents: leaders or a tab, then the page."""
BOLD = 20
"""Characters of a heading that only its bold type tells."""


def heading_level(text: str) -> int:
    """1.. for a short line numbered as a heading, else 0."""
    if len(text) > LONGEST or text.endswith(ENDS) or CONTENTS.search(text):
        return 0
    if number := DECIMAL.match(text):
        return len(re.split(r"[.．]", number[1]))
    for level, pattern in ((1, CHAPTER), (2, SECTION), (1, CHINESE), (2, BRACKETED)):
        if pattern.match(text):
            return level
    return 0


def bold_heading(text: str) -> bool:
    """Whether a line set bold reads as a heading: short, one phrase, more than digits."""
    return 1 < len(text) <= BOLD and not re.search(r"[。；;，,：:]|^\W*[\d.]+\W*$", text)
