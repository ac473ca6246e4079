"""What columns hold by the looks of their cells, where no word of their heading tells it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.blocks import Row
from ingest.proposal.tables.cells import functions_in
from ingest.proposal.tables.columns import FIGURE, LEVELS, Header, is_tick, squeezed, unit_of
from ingest.proposal.tables.rows import is_subtotal, is_total
from ingest.proposal.wording import tables

NAME = 20
"""Mean signs of a column of names; longer ones explain."""
SIGN = 2
"""Mean signs below which cells are marks (高, 是) rather than names."""
CLAUSES = 0.4
"""Share of cells with a comma from which on a column explains."""
COMMA = re.compile(r"[,，;；。、]")
SERIAL = re.compile(r"\d{1,3}(?:\.\d{1,2})*[.、]?")
CODE = re.compile(r"[A-Z]{1,4}\d?")
"""A cell of a code, as the types of function points are (GB/T 36964: ILF, EIF, EI, EO, EQ)."""
SORTS = ("类别", "分类", "类型", "种类", "属性")
"""What ends the heading of a column that tells of what sort a thing is."""
VAGUE = ("主要功能", "具体功能", "功能要求", "功能简介", "业务功能")
"""What ends a heading below which functions are named or described."""
CONTENT = "内容"
"""What ends the heading of a column that may tell what a thing holds."""
ORGAN = re.compile("(?:局|委|委员会|厅|办公室|处|科|室|股|大队|支队)$")
"""What ends the name of an organ, which is nobody's function."""
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
    kinds, units = _without_attributes(header, rows), dict(header.units)
    reach = _reach(kinds, rows)
    for column in sorted(set(header.headings) - set(header.kinds)):
        cells = column_of(rows, column)
        if cells and figures(cells) and any(map(unit_of, cells)) and "amount" not in kinds.values():
            kinds[column], units[column] = "amount", ""
        elif cells and column < reach and _names(cells):
            kinds |= _as_levels(kinds, column)
    for column in (*_explaining(kinds, rows, header.headings), *_vague(kinds, rows, header.headings)):
        kinds[column] = "explain"
    return replace(header, kinds=kinds, units=units) if kinds != header.kinds else header


def _without_attributes(header: Header, rows: Sequence[Row]) -> dict[int, str]:
    """The kinds without columns that name nothing: figures, codes and marks, or 类别 behind all names."""
    kinds = dict(header.kinds)
    naming = [column for column in sorted(kinds) if kinds[column] in (*LEVELS, "name")]
    for position, column in enumerate(naming if len(naming) > 1 else ()):
        cells = [cell for cell in column_of(rows, column) if not is_total(cell)]
        behind = column == naming[-1] and header.headings.get(column, "").endswith(SORTS)
        if behind or (cells and (figures(cells) or (position and all(map(_is_mark, cells))))):
            del kinds[column]
    return kinds


def _is_mark(cell: str) -> bool:
    return bool(CODE.fullmatch(cell)) or is_tick(cell) or cell in tables().marks


def _explaining(kinds: dict[int, str], rows: Sequence[Row], headings: dict[int, str]) -> list[int]:
    """Columns of plain names behind one that names each row itself: second names, and contents (具体内容)."""
    naming = [column for column in sorted(kinds) if kinds[column] in (*LEVELS, "name")]
    if "explain" in kinds.values():
        return []
    own = [column for column in naming if not _repeats(rows, column)]
    behind = [column for column in naming if own and column > own[0]]
    plain = [c for c in behind if kinds[c] == "name" and kinds[own[0]] in ("function", "name")]
    contents = [c for c in behind if kinds[c] in ("name", "module") and headings.get(c, "").endswith(CONTENT)]
    return list(dict.fromkeys((*plain, *contents)))


def _vague(kinds: dict[int, str], rows: Sequence[Row], headings: dict[int, str]) -> list[int]:
    """A last column of 主要功能 that says one clause of each thing named beside it, so that it lists none."""
    naming = [column for column in sorted(kinds) if kinds[column] in (*LEVELS, "name")]
    column = naming[-1] if len(naming) > 1 and "explain" not in kinds.values() else None
    if column is None or not headings.get(column, "").endswith(VAGUE) or _repeats(rows, naming[-2]):
        return []
    cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column].strip()]
    single = all(len(functions_in(cell)) == 1 for cell in cells)
    return [column] if cells and single else []


def _repeats(rows: Sequence[Row], column: int) -> bool:
    """Whether a column names several rows at once, so that it is no name of each; sums do not count."""
    lines = [row for row in rows if not any(is_total(cell) or is_subtotal(cell) for cell in row.cells)]
    cells = column_of(lines, column)
    return len(cells) < len(lines) or len(set(cells)) < len(cells)


def _reach(kinds: dict[int, str], rows: Sequence[Row]) -> int:
    """The column before which an unknown one may be a level of names."""
    named = [column for column, kind in kinds.items() if kind in (*LEVELS, "name", "cost")]
    last = max(named, default=-1)
    behind = [column for column, kind in kinds.items() if kind in BEHIND and column > last]
    return last if named and not _repeats(rows, last) else min(behind, default=last)


def _names(cells: Sequence[str]) -> bool:
    """Whether cells name things, so that they are no figures, sentences, organs or marks (新建, 高, 是)."""
    mean = sum(map(len, cells)) / len(cells)
    marked = all(cell in tables().marks for cell in cells)
    organs = 2 * sum(bool(ORGAN.search(cell)) for cell in cells) > len(cells)
    return not figures(cells) and not explains(cells) and mean >= SIGN and not marked and not organs


def _as_levels(kinds: dict[int, str], column: int) -> dict[int, str]:
    """The kind of the level beside a column, the one on its left first, so that it stands within that.

    A plain name on its left is a level with it.
    """
    levels = {c: kind for c, kind in kinds.items() if kind in LEVELS}
    left = [c for c in levels if c < column]
    right = [c for c in levels if c > column]
    kind = levels[max(left)] if left else levels[min(right)] if right else "module"
    return {c: kind for c, told in kinds.items() if told == "name" and c < column} | {column: kind}
