"""Pinyin initials of Chinese names, as people type them to find a name quickly."""

import re
from functools import cache
from importlib.resources import files

from kg.text.normal import fold


@cache
def _initials() -> dict[str, str]:
    rows = files("kg.text").joinpath("initials.txt").read_text("utf-8").splitlines()
    return {char: row[0] for row in rows for char in row[1:]}


@cache
def _readings() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words in which a character is not read in its most common way."""
    rows = files("kg.text").joinpath("readings.txt").read_text("utf-8").split()
    known = dict(zip(rows[::2], rows[1::2], strict=True))
    return re.compile("|".join(known)), known


def initials(text: str) -> str:
    """First letters of the pinyin of each character, letters and digits as they are, the rest dropped.

    Covers the 6,763 characters of GB 2312, each by its most common reading but for some words (重庆, 银行).
    """
    return initials_of_folded(fold(text))


def initials_of_folded(text: str) -> str:
    """The same of a text that is folded already."""
    words, known = _readings()
    return words.sub(lambda found: known[found[0]], text).translate(_letters())


class _Letters(dict[int, str]):
    """What stands for each character, learned as it is met; most texts use few."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        letter = _initials().get(char, char if char.isascii() and char.isalnum() else "")
        return self.setdefault(code, letter)


@cache
def _letters() -> _Letters:
    return _Letters()
