"""Sheets on their side: labels down one column, one system in each column beside it."""

import re
from collections.abc import Sequence

from ingest.documents.blocks import Block, Row
from ingest.sources.mapping import ColumnMapping
from ingest.sources.tables import Demand, Header, Line, Sheet, find_header, titles_of, with_unit
from kg.model import Place

ADVICE = re.compile(r"填写|填报|请|例如|示例|说明|全称|要求")
"""What stands in a column that tells how to fill in the others."""
SYSTEMS = 2
"""Systems side by side from which a sheet stands on its side; one beside its labels is a form."""
TALLEST = 200
"""Rows of such a sheet at most: each is a field."""


def read_upright(block: Block, mapping: ColumnMapping, *, name: str | None, demand: Demand) -> Sheet | None:
    """The systems of a sheet on its side, one line each; None when the table is none."""
    if len(block.rows) > TALLEST:
        return None
    found = {column for row in block.rows for column, cell in enumerate(row.cells) if mapping.field_of(cell)}
    if len(found) != 1:
        return None
    labels = found.pop()
    rows = [row for row in block.rows if labels < len(row.cells) and row.cells[labels].strip()]
    header = find_header((Row(tuple(row.cells[labels] for row in rows)),), mapping, demand=demand)
    named = _named(rows, header, mapping) if header else None
    if header is None or named is None:
        return None
    columns = [column for column in range(labels + 1, len(named.cells)) if _is_name(named, column)]
    if len({named.cells[column] for column in columns}) < SYSTEMS:
        return None
    titles = titles_of(tuple(row for row in block.rows if row not in rows))
    lines = tuple(_line(rows, header, column) for column in columns)
    return Sheet(name, with_unit(header, titles), titles, lines, (), form=True)


def _named(rows: Sequence[Row], header: Header, mapping: ColumnMapping) -> Row | None:
    """The row that holds the names."""
    found = [rows[number] for number, field in header.columns.items() if field in mapping.names]
    return found[0] if found else None


def _is_name(row: Row, column: int) -> bool:
    text = row.cells[column].strip()
    return bool(text) and column not in row.across and not ADVICE.search(text)


def _line(rows: Sequence[Row], header: Header, column: int) -> Line:
    cells = tuple(row.cells[column].strip() if column < len(row.cells) else "" for row in rows)
    first = rows[0].place
    places = {field: _beside(rows[number].place, column) for number, field in header.columns.items()}
    told = {field: cells[number] for number, field in header.columns.items()}
    return Line(Row(cells, Place(sheet=first.sheet, column=column + 1, block=first.block)), told, places)


def _beside(place: Place, column: int) -> Place:
    return Place(sheet=place.sheet, row=place.row, column=column + 1, page=place.page, block=place.block)
