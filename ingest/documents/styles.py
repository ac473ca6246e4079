"""Paragraph styles of Word documents: heading levels, lists and tables of contents."""

import re
from dataclasses import dataclass

from lxml import etree

from ingest.documents.wordxml import WORD, child_value

HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
CONTENTS = re.compile(r"^(?:toc|目录)\s*[1-9]$", re.IGNORECASE)
Number = tuple[str, int]
"""A list id and a level, 0..8."""


def level_of(properties: etree._Element | None) -> int:
    """The outline level set on a paragraph or style, 1.., or 0."""
    value = child_value(properties, "outlineLvl")
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else 0


def number_of(properties: etree._Element | None) -> Number | None:
    """The list and level of a paragraph or style; None when it names no list, id "0" when it leaves one."""
    key, level = child_value(properties, "numPr/numId"), child_value(properties, "numPr/ilvl", "0")
    if not key or not level.isdecimal():
        return None
    return key, min(int(level), 8)


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    level: int
    number: Number | None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by id; one without a level or a list takes those of the style it is based on."""

    styles: dict[str, _Style]

    @classmethod
    def read(cls, root: etree._Element | None) -> "Styles":
        """The styles of a styles part; none when there is no part."""
        found: dict[str, _Style] = {}
        for style in root.iter(WORD + "style") if root is not None else ():
            name, properties = child_value(style, "name"), style.find(WORD + "pPr")
            match = HEADING.match(name)
            level = int(match[1]) if match else level_of(properties)
            found[str(style.get(WORD + "styleId") or "")] = _Style(
                name, child_value(style, "basedOn"), level, number_of(properties)
            )
        return cls(found)

    def level(self, properties: etree._Element | None) -> int:
        """The heading level of a paragraph's style, 0 for none."""
        return next((style.level for style in self._line(properties) if style.level), 0)

    def number(self, properties: etree._Element | None) -> Number | None:
        """The list and level its style gives to a paragraph."""
        return next((style.number for style in self._line(properties) if style.number), None)

    def is_contents(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph is a line of a table of contents, which repeats a heading."""
        return any(CONTENTS.match(style.name) for style in self._line(properties))

    def _line(self, properties: etree._Element | None) -> list[_Style]:
        """A paragraph's style and those it is based on, nearest first."""
        line: list[_Style] = []
        key = child_value(properties, "pStyle")
        while key in self.styles and self.styles[key] not in line:
            line.append(self.styles[key])
            key = line[-1].parent
        return line
