"""Styles and automatic numbers of Word documents."""

import re
from dataclasses import dataclass

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
DIGITS = "〇一二三四五六七八九"
CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"})


def level_of(properties: etree._Element | None) -> int:
    """The outline level set on a paragraph or style, 1.., or 0."""
    found = properties.find(WORD + "outlineLvl") if properties is not None else None
    value = str(found.get(WORD + "val") or "") if found is not None else ""
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else 0


@dataclass(frozen=True, slots=True)
class Styles:
    """Heading level and list number of each paragraph style."""

    levels: dict[str, int]
    numbers: dict[str, tuple[str, int]]

    @classmethod
    def read(cls, root: etree._Element | None) -> "Styles":
        """The styles of a styles part; none when there is no part."""
        levels: dict[str, int] = {}
        numbers: dict[str, tuple[str, int]] = {}
        for style in root.iter(WORD + "style") if root is not None else ():
            key = str(style.get(WORD + "styleId") or "")
            name = style.find(WORD + "name")
            match = HEADING.match(str(name.get(WORD + "val") or "") if name is not None else "")
            properties = style.find(WORD + "pPr")
            levels[key] = int(match[1]) if match else level_of(properties)
            if number := number_of(properties):
                numbers[key] = number
        return cls(levels, numbers)

    def level(self, properties: etree._Element | None) -> int:
        """The heading level of a paragraph's style, 0 for none."""
        return self.levels.get(_style(properties), 0)

    def number(self, properties: etree._Element | None) -> tuple[str, int] | None:
        """The list and level its style gives to a paragraph."""
        return self.numbers.get(_style(properties))


def _style(properties: etree._Element | None) -> str:
    found = properties.find(WORD + "pStyle") if properties is not None else None
    return str(found.get(WORD + "val") or "") if found is not None else ""


def number_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list id and level (0..8) of a paragraph; None when it is in no list."""
    found = properties.find(WORD + "numPr") if properties is not None else None
    if found is None:
        return None
    key, level = found.find(WORD + "numId"), found.find(WORD + "ilvl")
    value = str(level.get(WORD + "val") or "0") if level is not None else "0"
    if key is None or not value.isdecimal():
        return None
    return str(key.get(WORD + "val") or ""), min(int(value), 8)


class Numbering:
    """Counts the automatic numbers of a document in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._formats: dict[tuple[str, int], tuple[str, str]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, list[int]] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        for abstract in root.iter(WORD + "abstractNum"):
            key = str(abstract.get(WORD + "abstractNumId") or "")
            for level in abstract.iter(WORD + "lvl"):
                index = str(level.get(WORD + "ilvl") or "0")
                if index.isdecimal():
                    self._formats[key, int(index)] = (_of(level, "numFmt"), _of(level, "lvlText"))
        for num in root.iter(WORD + "num"):
            self._abstract[str(num.get(WORD + "numId") or "")] = _of(num, "abstractNumId")

    def label(self, properties: etree._Element | None, inherited: tuple[str, int] | None) -> str:
        """The number a reader sees before a paragraph, with a space behind it; "" for none or bullets."""
        number = number_of(properties) or inherited
        if number is None or number[0] not in self._abstract:
            return ""
        key, level = self._abstract[number[0]], number[1]
        counts = self._counts.setdefault(key, [0] * 9)
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        form, pattern = self._formats.get((key, level), ("", ""))
        if form in {"bullet", "none", ""}:
            return ""
        shown = re.sub(r"%([1-9])", lambda m: self._shown(key, int(m[1]) - 1, counts), pattern)
        return shown + " " if shown else ""

    def _shown(self, key: str, level: int, counts: list[int]) -> str:
        form = self._formats.get((key, level), ("decimal", ""))[0]
        count = max(counts[level], 1)
        return chinese_number(count) if form in CHINESE else str(count)


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; plain digits above 99."""
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones or not tens else "")


def _of(element: etree._Element, tag: str) -> str:
    found = element.find(WORD + tag)
    return str(found.get(WORD + "val") or "") if found is not None else ""
