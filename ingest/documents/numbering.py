"""Automatic numbers of Word documents, counted in reading order."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from ingest.documents.styles import Number, number_of
from ingest.documents.wordxml import WORD, child_value

DIGITS = "〇一二三四五六七八九"
LEGAL = str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
SILENT = frozenset({"bullet", "none", ""})


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int
    legal: bool


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for abstract in root.iter(WORD + "abstractNum") if root is not None else ():
            self._read(str(abstract.get(WORD + "abstractNumId") or ""), abstract)
        for num in root.iter(WORD + "num") if root is not None else ():
            self._read_list(str(num.get(WORD + "numId") or ""), num)

    def _read(self, key: str, abstract: etree._Element) -> None:
        for level in abstract.iter(WORD + "lvl"):
            index = str(level.get(WORD + "ilvl") or "0")
            if index.isdecimal():
                legal = level.find(WORD + "isLgl") is not None
                start = _natural(child_value(level, "start"), 1)
                form, pattern = child_value(level, "numFmt"), child_value(level, "lvlText")
                self._levels[key, int(index)] = _Level(form, pattern, start, legal)

    def _read_list(self, key: str, num: etree._Element) -> None:
        self._abstract[key] = child_value(num, "abstractNumId")
        for override in num.iter(WORD + "lvlOverride"):
            index, start = str(override.get(WORD + "ilvl") or ""), child_value(override, "startOverride")
            if index.isdecimal() and start:
                self._restarts.setdefault(key, {})[int(index)] = _natural(start, 1)

    def label(self, properties: etree._Element | None, inherited: Number | None) -> str:
        """The number a reader sees before a paragraph, with a space behind it; "" for none or bullets."""
        key, level = number_of(properties) or inherited or ("", 0)
        abstract = self._abstract.get(key, "")
        shape = self._levels.get((abstract, level))
        if shape is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        self._restart(key, counts)
        counts[level] = counts.get(level, shape.start - 1) + 1
        for deeper in [index for index in counts if index > level]:
            del counts[deeper]
        if shape.form in SILENT:
            return ""
        shown = re.sub(
            r"%([1-9])", lambda m: self._shown(abstract, int(m[1]) - 1, plain=shape.legal), shape.pattern
        )
        return shown + " " if shown else ""

    def _restart(self, key: str, counts: dict[int, int]) -> None:
        """Begins anew where a list says so, the first time it is used."""
        for level, start in self._restarts.pop(key, {}).items():
            counts[level] = start - 1

    def _shown(self, abstract: str, level: int, *, plain: bool) -> str:
        shape = self._levels.get((abstract, level), _Level("decimal", "", 1, legal=False))
        count = self._counts[abstract].get(level, shape.start)
        return str(count) if plain else FORMS.get(shape.form, str)(count)


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十; plain digits above 99."""
    if not 0 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones or not tens else "")


def _legal(number: int) -> str:
    return chinese_number(number).translate(LEGAL)


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


def _letter(number: int) -> str:
    return chr(96 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1) if 0 < number < 200 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 400:
        return str(number)
    shown = ""
    for value, sign in ROMAN:
        shown, number = shown + sign * (number // value), number % value
    return shown


def _natural(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default


FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese_number,
    "chineseCountingThousand": chinese_number,
    "japaneseCounting": chinese_number,
    "taiwaneseCounting": chinese_number,
    "taiwaneseCountingThousand": chinese_number,
    "ideographDigital": chinese_number,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
