"""Finds the header of a sheet and turns the rows under it into cells by field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.documents.sheetscan import column_letters
from ingest.sources.mapping import ColumnMapping, Meaning, unit_of, unit_of_sheet
from kg.model import Place

HEADER_WITHIN = 30
"""Rows from the top among which a header is looked for: titles and notes come to a dozen at most."""
WIDEST = 512
"""Columns among which a header is looked for: those a workbook may have."""
REPEATED = 3
"""Cells that hold header words by which a row is the header once more."""
BRACKETED = re.compile(r"[（(【\[](?:单位[:：]?)?[^（）()]{1,6}[）)】\]]")
"""A cell that only says in what its column counts."""
FUNCTIONS = "functions"
"""The field of which a merged heading may head several columns."""
BESIDE_NAME = 2
"""Further known columns by which a column of names makes a list of the source's things."""


class Demand(StrEnum):
    """What a row must name to be a header: a group of required fields, a name and two more, a name."""

    GROUP = "group"
    NAME_AND_TWO = "name_and_two"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Header:
    """A sheet's header: where it stands, which column means which field, units of money, unknown columns.

    `texts` are the header cells of the known columns, `inexact` the columns whose text is no alias. `shared`
    are further columns below the merged heading of a column of functions, which hold functions, too.
    """

    index: int
    columns: Mapping[int, str]
    units: Mapping[str, str]
    unknown: Mapping[int, str]
    texts: Mapping[int, str] = field(default_factory=dict)
    inexact: frozenset[int] = frozenset()
    shared: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def text_of(self, name: str) -> str:
        """The header cell of a field on one line; "" when the sheet has no such column."""
        found = (column for column, known in self.columns.items() if known == name)
        return " ".join(self.texts.get(next(found, -1), "").split())


@dataclass(frozen=True, slots=True)
class Line:
    """One data row: its cells by field and as they stand; `places` where fields do not stand in columns."""

    row: Row
    cells: Mapping[str, str]
    places: Mapping[str, Place] | None = None

    def get(self, name: str) -> str:
        """The cell of a field, "" when the sheet has no such column or it is blank."""
        return self.cells.get(name, "")

    def cell_under(self, header: Header, text: str) -> str | None:
        """Where on its sheet (D5) the line has its cell under a header cell; None where there is none.

        Of use in files of sheets alone.
        """
        for column, name in header.columns.items():
            if header.text_of(name) == text:
                place = self.places.get(name) if self.places else replace(self.row.place, column=column + 1)
                if place and place.row and place.column:
                    return f"{column_letters(place.column)}{place.row}"
        return None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its header, the titles above it, the data rows and the repeated headers among them.

    `name` is None where the file has no sheets (csv). In a `form` labels stand beside their values.
    """

    name: str | None
    header: Header
    titles: tuple[str, ...]
    lines: tuple[Line, ...]
    repeated: tuple[Row, ...]
    form: bool = False


def sheets(document: Document, mapping: ColumnMapping) -> Iterator[Sheet]:
    """Every table of the document that has a header of this mapping."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE and (header := find_header(block.rows, mapping)) is not None:
            yield read_sheet(block, header, mapping, name=sheet_name(document, block))


def sheet_name(document: Document, block: Block) -> str | None:
    """The sheet a table stands on; None for files that have none."""
    return None if document.media == "csv" else block.place.sheet


def find_header(
    rows: tuple[Row, ...], mapping: ColumnMapping, *, demand: Demand = Demand.GROUP
) -> Header | None:
    """The best row near the top that names what is demanded; None when there is none."""
    best: Header | None = None
    top = [_narrowed(row) for row in rows[:HEADER_WITHIN]]
    for index, row in enumerate(top):
        found = _header(index, row.cells, mapping, demand=demand)
        if index and (stacked := _stacked(top[index - 1], row, mapping)) != row.cells:
            over = _header(index, stacked, mapping, demand=demand)
            found = over if over and (not found or len(over.columns) > len(found.columns)) else found
        if found and (best is None or _better(found, best, mapping, row=row)):
            best = found
    return best


def _narrowed(row: Row) -> Row:
    return row if len(row.cells) <= WIDEST else replace(row, cells=row.cells[:WIDEST])


def _better(found: Header, best: Header, mapping: ColumnMapping, *, row: Row) -> bool:
    """Whether a lower header tells more, or only goes on with the one above it and holds no data."""
    more = len(found.columns) - len(best.columns)
    own = [cell for number, cell in enumerate(row.cells) if cell.strip() and number not in row.down]
    going_on = found.index == best.index + 1 and all(mapping.meaning(cell) for cell in own)
    return more > 0 or (more == 0 and bool(own) and len(own) < len(found.columns) and going_on)


def _stacked(above: Row, row: Row, mapping: ColumnMapping) -> tuple[str, ...]:
    """A header row with what stands above it: in its blank cells, and before 名称 under a heading."""
    cells = list(row.cells)
    for column, upper in enumerate(above.cells[: len(cells)]):
        own = cells[column].strip()
        group = mapping.meaning(upper) if upper.strip() and upper.strip() != own else None
        if group is None:
            continue
        under = mapping.meaning(upper.strip() + own) if own and group.exact else None
        if not own or (under and under.field == group.field and mapping.stands_alone(own)):
            cells[column] = upper.strip() + own
    return tuple(cells)


def _header(index: int, cells: tuple[str, ...], mapping: ColumnMapping, *, demand: Demand) -> Header | None:
    best: dict[str, tuple[Meaning, int]] = {}
    seen = set[str]()
    for number, cell in enumerate(cells):
        if cell in seen:
            continue
        seen.add(cell)
        found = mapping.meaning(cell)
        if found and (found.field not in best or found.rank < best[found.field][0].rank):
            best[found.field] = (found, number)
    if not _fulfils(demand, best, mapping, cells=cells):
        return None
    if not any(name in best for name in mapping.names) and mapping.substitute in best:
        found, number = best.pop(mapping.substitute)
        best[mapping.names[0]] = (replace(found, exact=False), number)
    columns = {number: name for name, (_, number) in sorted(best.items(), key=lambda item: item[1][1])}
    unknown = {n: cell.strip() for n, cell in enumerate(cells) if cell.strip() and n not in columns}
    units = {columns[n]: unit for n in columns if (unit := unit_of(cells[n]))}
    inexact = frozenset(number for found, number in best.values() if not found.exact)
    texts = {number: cells[number].strip() for number in columns}
    return Header(index, columns, units, unknown, texts, inexact)


def _fulfils(
    demand: Demand, best: Mapping[str, tuple[Meaning, int]], mapping: ColumnMapping, *, cells: tuple[str, ...]
) -> bool:
    exact = {name for name, (found, _) in best.items() if found.exact}
    named = [name for name in mapping.names if name in best]
    if demand is Demand.NAME:
        return bool(named) or mapping.substitute in exact
    vague = all(mapping.stands_alone(cells[best[name][1]]) for name in named)
    if vague and any(cell.strip() in mapping.foreign for cell in cells):
        return False
    groups = (group for group in mapping.required if set(best) >= set(group) and exact & set(group))
    if len(best) >= mapping.least and any(groups):
        return True
    beside = best.keys() - mapping.minor - set(mapping.names)
    enough = bool(named and exact) and len(beside) >= BESIDE_NAME
    return demand is Demand.NAME_AND_TWO and enough and (not vague or bool(beside & mapping.telling))


def read_sheet(block: Block, header: Header, mapping: ColumnMapping, *, name: str | None) -> Sheet:
    """The rows of a table under its header."""
    lines, repeated = [], []
    header = replace(header, shared=dict(_shared(block.rows, header, mapping)))
    units = _units_below(block.rows[header.index + 1 :], header)
    header = replace(header, units={**units, **header.units})
    for row in block.rows[header.index + 1 + bool(units) :]:
        if not any(cell.strip() for cell in row.cells):
            continue
        if _is_header(row, header, mapping):
            repeated.append(row)
        else:
            lines.append(Line(row, _cells(row, header)))
    titles = titles_of(block.rows[: header.index])
    return Sheet(name, with_unit(header, titles), titles, tuple(lines), tuple(repeated))


def _units_below(rows: tuple[Row, ...], header: Header) -> dict[str, str]:
    """The units of money that a row of nothing but bracketed words under a header gives its columns."""
    if not rows:
        return {}
    below = enumerate(rows[0].cells)
    filled = {n: text for n, cell in below if (text := cell.strip()) and n not in rows[0].down}
    if not all(BRACKETED.fullmatch(cell) for cell in filled.values()):
        return {}
    known = {header.columns[n]: unit_of(cell) for n, cell in filled.items() if n in header.columns}
    return {name: unit for name, unit in known.items() if unit}


def untold_unit(sheet: Sheet) -> str | None:
    """The warning for a sheet whose money has no unit anywhere: yuan is then assumed, not known."""
    header = sheet.header
    if "budget" not in header.columns.values() or "budget" in header.units:
        return None
    if not any(line.get("budget").replace(".", "").isdigit() for line in sheet.lines):
        return None
    return f"金额列「{header.text_of('budget')}」未注明单位，按元读取；请在表头注明元或万元"


def titles_of(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """What stands in the rows above a header, each text once."""
    return tuple(dict.fromkeys(cell.strip() for row in rows for cell in row.cells if cell.strip()))


def with_unit(header: Header, titles: tuple[str, ...]) -> Header:
    """The header with the unit of money that its titles name for columns that name none."""
    unit = unit_of_sheet(titles)
    if unit is None:
        return header
    return replace(header, units={name: header.units.get(name, unit) for name in header.columns.values()})


def _shared(
    rows: tuple[Row, ...], header: Header, mapping: ColumnMapping
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The further columns of a heading of functions that is merged over several, by its first column.

    One over headings that are words of their own only groups them.
    """
    first = next((column for column, name in header.columns.items() if name == FUNCTIONS), None)
    if first is None:
        return
    for index in range(max(header.index - 1, 0), header.index + 1):
        row, below = rows[index], rows[index + 1 : index + 2]
        more = first + 1
        while more in row.across and more not in header.columns:
            more += 1
        grouped = any(first < len(one.cells) and mapping.field_of(one.cells[first]) for one in below)
        told = first < len(row.cells) and mapping.meaning(row.cells[first])
        if more > first + 1 and told and told.field == FUNCTIONS and not grouped:
            yield first, tuple(range(first + 1, more))


def _cells(row: Row, header: Header) -> dict[str, str]:
    cells = {
        name: row.cells[number].strip() for number, name in header.columns.items() if number < len(row.cells)
    }
    for first, more in header.shared.items():
        own = [n for n in (first, *more) if n < len(row.cells) and n not in row.across]
        cells[header.columns[first]] = "\n".join(filter(None, (row.cells[n].strip() for n in own)))
    return cells


def _is_header(row: Row, header: Header, mapping: ColumnMapping) -> bool:
    """Whether the row repeats the header: three cells are header words; data beside them does not matter.

    Lists put together page by page repeat the names of columns beside filled-in ones.
    """
    filled = [number for number, cell in enumerate(row.cells) if cell.strip() and number in header.columns]
    same = sum(row.cells[number].strip() == header.texts.get(number) for number in filled)
    if same >= min(REPEATED, len(header.columns)):
        return True
    return sum(mapping.field_of(row.cells[number]) is not None for number in filled) >= REPEATED
