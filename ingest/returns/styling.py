"""The colours of marked cells: each cell style once more with another fill."""

from copy import deepcopy

from lxml import etree

from ingest.returns.marks import Grade
from ingest.returns.parts import SHEETS

S = f"{{{SHEETS}}}"


class Styles:
    """The cell styles of a workbook, to which coloured ones are added."""

    def __init__(self, root: etree._Element) -> None:
        """Takes the root of a style sheet. Raises: KeyError where it has no fills or no cell styles."""
        fills, formats = root.find(f"{S}fills"), root.find(f"{S}cellXfs")
        if fills is None or formats is None or not len(formats):
            raise KeyError("cellXfs")
        self._fills, self._formats = fills, formats
        self._fill: dict[str, int] = {}
        self._made: dict[tuple[int, Grade], int] = {}

    def clear(self) -> None:
        """Takes the colours of an earlier return out of all styles."""
        colours = {grade.colour for grade in Grade}
        ours = {
            str(number)
            for number, fill in enumerate(self._fills)
            if any(str(one.get("rgb")).upper() in colours for one in fill.iter(f"{S}fgColor"))
        }
        for one in self._formats:
            if one.get("fillId") in ours:
                one.set("fillId", "0")

    def coloured(self, style: int, grade: Grade) -> int:
        """The number of a style in the colour of a grade."""
        if (style, grade) not in self._made:
            known = style if 0 <= style < len(self._formats) else 0
            made = deepcopy(self._formats[known])
            made.set("fillId", str(self._filled(grade.colour)))
            made.set("applyFill", "1")
            self._made[style, grade] = self._added(made)
        return self._made[style, grade]

    def wrapped(self) -> int:
        """The number of a plain style that breaks its lines."""
        made = deepcopy(self._formats[0])
        for old in made.findall(f"{S}alignment"):
            made.remove(old)
        made.insert(0, etree.Element(f"{S}alignment", wrapText="1", vertical="top"))
        made.set("applyAlignment", "1")
        return self._added(made)

    def _added(self, made: etree._Element) -> int:
        self._formats.append(made)
        self._formats.set("count", str(len(self._formats)))
        return len(self._formats) - 1

    def _filled(self, colour: str) -> int:
        if colour not in self._fill:
            fill = etree.SubElement(self._fills, f"{S}fill")
            pattern = etree.SubElement(fill, f"{S}patternFill", patternType="solid")
            etree.SubElement(pattern, f"{S}fgColor", rgb=colour)
            etree.SubElement(pattern, f"{S}bgColor", indexed="64")
            self._fills.set("count", str(len(self._fills)))
            self._fill[colour] = len(self._fills) - 1
        return self._fill[colour]
