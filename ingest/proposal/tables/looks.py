"""What columns hold by the looks of their cells, where no word of their heading tells it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.blocks import Row
from ingest.proposal.tables.columns import FIGURE, LEVELS, Header, squeezed, unit_of

NAME = 20
"""Mean signs of a column of names; longer ones explain."""
SIGN = 2
"""Mean signs up to which cells are marks (新建, 高, 是) rather than names."""
CLAUSES = 0.4
"""Share of cells with a comma from which on a column explains."""
COMMA = re.compile(r"[,，;；。、]")
SERIAL = re.compile(r"\d{1,3}(?:\.\d{1,2})*[.、]?")
BEHIND = ("explain", "amount", "effort", "price", "quantity", "part", "remark")
"""Kinds of columns that stand behind the names."""


def column_of(rows: Sequence[Row], column: int) -> list[str]:
    """The cells of a column that say something."""
    cells = (squeezed(row.cells[column]) if column < len(row.cells) else "" for row in rows)
    return [cell for cell in cells if cell]


def explains(cells: Sequence[str]) -> bool:
    """Whether cells are sentences rather than names. There must be some."""
    clauses = sum(bool(COMMA.search(cell)) for cell in cells) / len(cells)
    return clauses > CLAUSES or sum(map(len, cells)) / len(cells) > NAME


def figures(cells: Sequence[str]) -> bool:
    """Whether most cells are figures."""
    return 2 * sum(bool(FIGURE.fullmatch(cell)) for cell in cells) > len(cells)


def completed(header: Header, rows: Sequence[Row]) -> Header:
    """The header with the columns whose heading is of no known word: money by its figures with units, and
    levels of names that stand before the innermost known one, or before what explains and measures.
    """
    kinds, units = dict(header.kinds), dict(header.units)
    reach = _reach(kinds)
    for column in sorted(set(header.headings) - set(kinds)):
        cells = column_of(rows, column)
        if cells and figures(cells) and any(map(unit_of, cells)) and "amount" not in kinds.values():
            kinds[column], units[column] = "amount", ""
        elif cells and column < reach and _names(cells):
            kinds[column] = _level(kinds, column)
    for column in _explaining(kinds, rows):
        kinds[column] = "explain"
    return replace(header, kinds=kinds, units=units) if kinds != header.kinds else header


def _explaining(kinds: dict[int, str], rows: Sequence[Row]) -> list[int]:
    """Second columns of plain names (名称, 内容), where the first has a name of its own in every row."""
    first, *others = [column for column in sorted(kinds) if kinds[column] == "name"] or [0]
    cells = column_of(rows, first) if others else []
    own = len(cells) == len(rows) and len(set(cells)) == len(cells)
    return others if own and "explain" not in kinds.values() else []


def _reach(kinds: dict[int, str]) -> int:
    """The column before which an unknown one may be a level of names."""
    named = [column for column, kind in kinds.items() if kind in (*LEVELS, "name", "cost")]
    behind = [column for column, kind in kinds.items() if kind in BEHIND]
    return max(named) if named else min(behind, default=0)


def _names(cells: Sequence[str]) -> bool:
    mean = sum(map(len, cells)) / len(cells)
    return not figures(cells) and not explains(cells) and mean > SIGN


def _level(kinds: dict[int, str], column: int) -> str:
    """The kind of the level beside a column, the one on its left first, so that it stands within that."""
    levels = {c: kind for c, kind in kinds.items() if kind in LEVELS}
    left = [c for c in levels if c < column]
    right = [c for c in levels if c > column]
    return levels[max(left)] if left else levels[min(right)] if right else "module"
