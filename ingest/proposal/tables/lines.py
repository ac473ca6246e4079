"""Lines of a function list as its rows give them, before their money is settled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.documents.blocks import Row
from ingest.proposal.money.effort import person_months
from ingest.proposal.money.figures import yuan
from ingest.proposal.tables.cells import contents_of, functions_in, is_other_cost, listed, name_of
from ingest.proposal.tables.columns import LEVELS, Header, unit_of
from ingest.proposal.tables.grids import Grid
from ingest.proposal.tables.outline import depths
from ingest.proposal.tables.parts import Line, under_titles, without_others
from ingest.proposal.tables.rows import is_note, is_subtotal, is_total, title_of
from ingest.proposal.wording import any_of, tables

SHORT = 40
"""Signs of an explanation that may itself be the name of a function."""


@dataclass(frozen=True, slots=True)
class FunctionList:
    """The lines of one table; `total` is the sum it states, None when it states none, `others` that of lines
    which are no software. `scaled` is false while the unit of all its amounts is not told.
    """

    lines: tuple[Line, ...]
    total: Decimal | None = None
    place: str = ""
    scaled: bool = True
    others: Decimal = Decimal(0)


def function_list(grid: Grid, own: Sequence[str] = ()) -> FunctionList:
    """The lines of a table of functions, which must have a header; `own` are names of the project."""
    if grid.header is None:
        raise ValueError("a function list needs a header")
    reader = _Reader(grid.header, _unit(grid), _root(grid, own), grid.caption)
    numbers = _outline(grid)
    lines: list[Line] = []
    for index, row in enumerate(grid.rows):
        reader.repeats = any(_repeats(grid.header, one) for one in grid.rows[index : index + 2])
        lines.extend(reader.lines(row, depth=numbers.get(index)))
    total, place = reader.total
    software, others = without_others(under_titles(lines))
    return FunctionList(tuple(software), total, place, bool(reader.unit), others)


def _repeats(header: Header, row: Row) -> bool:
    """Whether the innermost name of a row is one cell with that of the row above."""
    columns = header.of(*LEVELS, "name")
    return bool(columns) and columns[-1] in row.down


def _unit(grid: Grid) -> str:
    header = grid.header
    column = None if header is None else header.amount
    told = header.units.get(column, "") if header and column is not None else ""
    return told or unit_of(grid.caption)


def _root(grid: Grid, own: Sequence[str]) -> str:
    """The part of the system that the heading above the table, or its sheet, names; not the system itself.

    A table within the row of another is about what that row names.
    """
    if grid.within:
        return name_of(grid.within)
    for title in (grid.part, *reversed(grid.titles[-1:]), grid.caption.split("\n")[0]):
        name = name_of(title)
        whole = any(name in one or one in name for one in own if one)
        part = any(name.lower().endswith(root.lower()) for root in tables().roots)
        if part and not whole and 2 < len(name) <= SHORT:
            return name if not any_of(tables().captions["functions"]).fullmatch(name) else ""
    return ""


def _outline(grid: Grid) -> Mapping[int, int]:
    """Depths by the number of the row, where one column holds the names of all levels; {} elsewhere."""
    header = grid.header
    columns = header.of(*LEVELS, "name") if header else []
    if header is None or len(columns) != 1:
        return {}
    numbered = (header.of("number") or columns)[0]
    own = [n for n, row in enumerate(grid.rows) if not _is_over(row)]
    found = depths([_cell(grid.rows[n], numbered) for n in own])
    return dict(zip(own, found, strict=True)) if found else {}


def _is_over(row: Row) -> bool:
    """Whether a row is a title or a sum, whose number tells nothing of the lines."""
    return bool(title_of(row)) or any(is_total(cell) or is_subtotal(cell) for cell in row.cells)


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


@dataclass
class _Reader:
    header: Header
    unit: str
    root: str
    caption: str = ""
    repeats: bool = False
    """Whether the innermost name stands beside several rows."""
    total: tuple[Decimal | None, str] = (None, "")
    _above: dict[int, str] = field(default_factory=dict)
    _outline: list[str] = field(default_factory=list)
    _title: str = ""

    def lines(self, row: Row, *, depth: int | None) -> Iterable[Line]:
        """The lines of a row: none for sums, titles and blanks, several where a cell lists functions."""
        if self._is_sum(row) or is_note(row):
            return ()
        if title := title_of(row):
            self._title, self._above = name_of(title), {}
            return ()
        levels = self._levels(row) if depth is None else self._outlined(row, depth)
        if not levels:
            return ()
        amount, joined = self._amount(row)
        spans, other = self._spans(row), any(is_other_cost(level) for level in levels)
        effort = self._effort(row)
        return self._divided(row, levels, Line((), amount, place_of(row), joined, spans, other, effort))

    def _effort(self, row: Row) -> Decimal | None:
        """The person-months of a row, None where its cell goes on from above or tells no time."""
        column = next(iter(self.header.of("effort")), None)
        if column is None or column in row.down:
            return None
        return person_months(_cell(row, column), f"{self.header.headings.get(column, '')}{self.caption}")

    def _spans(self, row: Row) -> bool:
        columns = [c for c in self._naming() if c < len(row.cells)]
        return len(columns) > 1 and all(column in row.across for column in columns[1:])

    def _is_sum(self, row: Row) -> bool:
        naming = [row.cells[c] for c in self._naming("number", "cost") if c < len(row.cells)]
        if any(is_total(cell) for cell in naming):
            self.total = (self._amount(row)[0], place_of(row))
            return True
        return any(is_subtotal(cell) for cell in naming)

    def _naming(self, *more: str) -> list[int]:
        """The columns that name, outermost first; a plain 名称 stands where its column stands."""
        columns, plain = self.header.of(*LEVELS), self.header.of("name")
        first = [c for c in plain if columns and c < min(columns)]
        return [*self.header.of(*more), *first, *columns, *(c for c in plain if c not in first)]

    def _levels(self, row: Row) -> tuple[str, ...]:
        """The names of a row; a blank takes the name above while a name further in stands beside it."""
        columns = [c for c in self._naming() if c < len(row.cells)]
        texts = {c: self._own(row.cells[c]) for c in columns}
        if not any(texts.values()):
            return self._explained(row)
        found: list[str] = []
        for position, column in enumerate(columns):
            if texts[column] and texts[column] != self._above.get(column):
                self._above = {c: t for c, t in self._above.items() if c in columns[:position]}
                self._above[column] = texts[column]
            deeper = any(texts[c] for c in columns[position + 1 :])
            found.append(texts[column] or (self._above.get(column, "") if deeper else ""))
        return self._explained(row, tuple(dict.fromkeys(level for level in found if level)))

    def _own(self, cell: str) -> str:
        return "" if cell.strip() in tables().same_as_above else name_of(cell)

    def _explained(self, row: Row, levels: tuple[str, ...] = ()) -> tuple[str, ...]:
        """With the explanation as the function, where one name stands beside several explanations."""
        columns = self._naming()
        explains = self.header.of("explain")
        text = name_of(row.cells[explains[0]]) if explains and explains[0] < len(row.cells) else ""
        alone = not levels or self.repeats
        if not alone or not text or len(text) > SHORT or explains[0] in row.down:
            return levels
        above = levels or tuple(self._above[c] for c in columns if c in self._above)
        return (*above, text) if above else ()

    def _outlined(self, row: Row, depth: int) -> tuple[str, ...]:
        column = self._naming()[0]
        name = self._own(row.cells[column]) if column < len(row.cells) else ""
        if not name:
            return ()
        self._outline = [*self._outline[:depth], name]
        return tuple(self._outline)

    def _amount(self, row: Row) -> tuple[Decimal | None, bool]:
        column = self.header.amount
        if column is None:
            return self._product(row), any(one in row.down for one in self.header.of("effort"))
        cell = row.cells[column] if column < len(row.cells) else ""
        return yuan(cell, self.unit), column in row.down

    def _product(self, row: Row) -> Decimal | None:
        """Price times quantity or effort, where the sum has no column."""
        prices, counts = self.header.of("price"), self.header.of("quantity", "effort")
        if not prices or not counts or max(prices[0], counts[0]) >= len(row.cells):
            return None
        unit = self.header.units.get(prices[0], "") or self.unit
        price, count = yuan(row.cells[prices[0]], unit), yuan(row.cells[counts[0]])
        return price * count if price is not None and count is not None else None

    def _divided(self, row: Row, levels: tuple[str, ...], line: Line) -> Iterable[Line]:
        """A line for each function of the row; only the first keeps the money, the others share its cell."""
        above = tuple(name for name in (self.root, self._title) if name and name not in levels)
        for number, path in enumerate(self._paths(row, levels)):
            yield replace(
                line,
                levels=(*above, *path),
                joined=line.joined or number > 0,
                effort=None if number else line.effort,
            )

    def _paths(self, row: Row, levels: tuple[str, ...]) -> list[tuple[str, ...]]:
        functions = self.header.of("function")
        cell = row.cells[functions[-1]] if functions and functions[-1] < len(row.cells) else ""
        if cell.strip() and name_of(cell) == levels[-1]:
            return [(*levels[:-1], name) for name in functions_in(cell)]
        explains = self.header.of("explain")
        if functions or not explains or explains[0] >= len(row.cells) or explains[0] in row.down:
            return [levels]
        cell = row.cells[explains[0]]
        names = listed(" ".join(cell.split())) or (contents_of(cell) if self._lists(explains[0]) else ())
        return [(*levels, name) for name in names if name not in levels] or [levels]

    def _lists(self, column: int) -> bool:
        """Whether a column beside names is headed by a word for contents (建设内容), not for explanations."""
        told = dict(zip(self.header.kinds, self.header.told, strict=False))
        return told.get(column) in ("module", "function")


def place_of(row: Row) -> str:
    """Where a row stands, for a reader."""
    place = row.place
    if place.sheet:
        return f"工作表“{place.sheet}”第{place.row}行"
    return (
        f"第{place.page}页的表格第{place.row}行"
        if place.page
        else f"第{place.block}段处的表格第{place.row}行"
    )
