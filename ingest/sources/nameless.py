"""Rows that name no thing: titles of parts, ends of tables, and rows that go on with the one above."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ingest.sources.delivery import UNIT
from ingest.sources.endings import ending_of_row
from ingest.sources.tables import Line

PART = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[)）]?\s*[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[部章节])"
)
STYLES = (re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．]"), re.compile(r"[（(]"), re.compile("第"))
"""How titles of parts are numbered, to tell titles of one depth."""
LABEL = re.compile(r"^(?:[^\s：:]{0,4}(?:单位|部门)(?:名称|全称)?\s*[:：])\s*")
ASIDE = re.compile(r"\s*[（(][^）)]*[）)]\s*$|[：:]\s*$|\s*[共计]*\d+\s*[个项套].*$")
NO_UNIT = ("平台", "系统")
TITLE = "分节的标题，不是数据"
CARRIED = ("name", "component_name", "code", "owner", "reporter", "period", "region", "sub_unit")
"""Fields that tell which system a row is about: those of the row above hold for a row that goes on."""
ADDED = frozenset({"functions", "description", "components_used", "systems_linked", "remark"})
"""Fields of which a system may have several rows."""


def ending(line: Line, *, name: str) -> str | None:
    """合计行 or 表尾 for a row that ends a table; None for any other."""
    return ending_of_row(_own(line), name=name)


def problem_of_row(line: Line, *, name: str) -> str | None:
    """Why a row is no data, in Chinese: it is the title of a part; None when it may be data."""
    own = _own(line)
    several = sum(bool(cell.strip()) for cell in line.row.cells) > 1
    alone = len(own) == 1 and (PART.match(own[0]) or (several and own[0] == name) or unit_in_title(line))
    return TITLE if alone else None


def unit_in_title(line: Line) -> str:
    """The unit that a row of one cell names, as titles of parts by units do; "" for any other row."""
    own = _own(line)
    if len(own) != 1:
        return ""
    text = ASIDE.sub("", LABEL.sub("", PART.sub("", own[0], count=1).strip()))
    return text if UNIT.fullmatch(text) and not text.endswith(NO_UNIT) else ""


def under_units(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with the unit of the title above them for owner, in lists whose parts are mostly units'.

    A title of another thing ends the part when it is numbered as the unit's was.
    """
    titles = [unit_in_title(line) for line in lines if _is_title(line)]
    by_units = 2 * sum(map(bool, titles)) > len(titles) > 0
    unit, style = "", -1
    for line in lines:
        if by_units and _is_title(line):
            named, depth = unit_in_title(line), _style(line)
            if named or depth == style:
                unit, style = named, depth
        held = unit and not line.get("owner") and not _is_title(line)
        yield replace(line, cells={**line.cells, "owner": unit}) if held else line


def _is_title(line: Line) -> bool:
    own = _own(line)
    return len(own) == 1 and bool(PART.match(own[0]) or unit_in_title(line))


def _style(line: Line) -> int:
    text = _own(line)[0]
    return next((number for number, style in enumerate(STYLES) if style.match(text)), len(STYLES))


def _own(line: Line) -> list[str]:
    """The filled cells of a row, without what merged cells repeat to their right."""
    cells = enumerate(line.row.cells)
    return [cell.strip() for column, cell in cells if cell.strip() and column not in line.row.across]


def continued(lines: Iterable[Line]) -> Iterator[tuple[Line, bool]]:
    """Every line, and whether it goes on with the one above: then that one's name and unit are its own.

    A line goes on when nothing but further functions and the like stands in it.
    """
    above: Line | None = None
    for line in lines:
        filled = {name for name, text in line.cells.items() if text}
        empty = all(not text for name, text in line.cells.items() if name not in ADDED)
        more = "functions" in filled and empty and _only_known(line, filled)
        if above is not None and more:
            carried = {name: above.get(name) for name in CARRIED if above.get(name)}
            yield replace(line, cells={**line.cells, **carried}), True
            continue
        above = line if line.get("name") or line.get("component_name") else None
        yield line, False


def _only_known(line: Line, filled: set[str]) -> bool:
    """Whether nothing stands in the row besides its known cells."""
    return sum(bool(cell.strip()) for cell in line.row.cells) == len(filled)
