"""Finds the header of a sheet and turns the rows under it into cells by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.sources.mapping import ColumnMapping, unit_of, unit_of_sheet

HEADER_WITHIN = 30
"""Rows from the top among which a header is looked for: titles and notes come to a dozen at most."""


@dataclass(frozen=True, slots=True)
class Header:
    """A sheet's header: where it stands, which column means which field, units of money, unknown columns."""

    index: int
    columns: Mapping[int, str]
    units: Mapping[str, str]
    unknown: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One data row: its cells by field and as they stand."""

    row: Row
    cells: Mapping[str, str]

    def get(self, field: str) -> str:
        """The cell of a field, "" when the sheet has no such column or it is blank."""
        return self.cells.get(field, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its header, the titles above it, the data rows and the repeated headers among them."""

    name: str | None
    header: Header
    titles: tuple[str, ...]
    lines: tuple[Line, ...]
    repeated: tuple[Row, ...]


def sheets(document: Document, mapping: ColumnMapping) -> Iterator[Sheet]:
    """Every table of the document that has a header of this mapping."""
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            sheet = _sheet(block, mapping)
            if sheet is not None:
                yield sheet


def find_header(rows: tuple[Row, ...], mapping: ColumnMapping) -> Header | None:
    """The best row near the top that names the required fields; None when there is none."""
    best: Header | None = None
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        found = _header(index, row, mapping)
        if found and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best


def _header(index: int, row: Row, mapping: ColumnMapping) -> Header | None:
    best: dict[str, tuple[float, int]] = {}
    for number, cell in enumerate(row.cells):
        if (found := mapping.ranked_field_of(cell, loose=True)) is not None:
            field, rank = found
            best[field] = min(best.get(field, (rank, number)), (rank, number))
    columns = {number: field for field, (_, number) in sorted(best.items(), key=lambda item: item[1][1])}
    exact = {field for field, (rank, _) in best.items() if rank == int(rank)}
    if len(best) < mapping.least or not any(
        set(best) >= set(group) and exact & set(group) for group in mapping.required
    ):
        return None
    cells = enumerate(row.cells)
    unknown = {number: cell.strip() for number, cell in cells if cell.strip() and number not in columns}
    units = {columns[n]: unit for n in columns if (unit := unit_of(row.cells[n]))}
    return Header(index, columns, units, unknown)


def _sheet(block: Block, mapping: ColumnMapping) -> Sheet | None:
    header = find_header(block.rows, mapping)
    if header is None:
        return None
    lines, repeated = [], []
    for row in block.rows[header.index + 1 :]:
        if not any(cell.strip() for cell in row.cells):
            continue
        if _is_header(row, header, mapping):
            repeated.append(row)
        else:
            lines.append(Line(row, _cells(row, header)))
    titles = tuple(
        dict.fromkeys(
            cell.strip() for row in block.rows[: header.index] for cell in row.cells if cell.strip()
        )
    )
    if unit := unit_of_sheet(titles):
        units = {field: header.units.get(field, unit) for field in header.columns.values()}
        header = replace(header, units=units)
    return Sheet(block.place.sheet, header, titles, tuple(lines), tuple(repeated))


def _cells(row: Row, header: Header) -> dict[str, str]:
    return {
        field: row.cells[number].strip()
        for number, field in header.columns.items()
        if number < len(row.cells)
    }


def _is_header(row: Row, header: Header, mapping: ColumnMapping) -> bool:
    """Whether the row repeats the header: three cells are header words; data beside them does not matter.

    Lists put together page by page repeat the names of columns beside filled-in ones.
    """
    filled = [cell for number, cell in enumerate(row.cells) if cell.strip() and number in header.columns]
    words = [cell for cell in filled if mapping.field_of(cell)]
    return len(words) >= 3
