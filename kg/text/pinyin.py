"""Pinyin initials of Chinese names, as people type them to find a name quickly."""

from functools import cache
from importlib.resources import files

from kg.text.normal import fold


@cache
def _initials() -> dict[str, str]:
    rows = files("kg.text").joinpath("initials.txt").read_text("utf-8").splitlines()
    return {char: row[0] for row in rows for char in row[1:]}


def initials(text: str) -> str:
    """First letters of the pinyin of each character, letters and digits as they are, the rest dropped.

    Covers the 6,763 characters of GB 2312, each by its most common reading.
    """
    table = _initials()
    return "".join(table.get(char, char if char.isascii() and char.isalnum() else "") for char in fold(text))
