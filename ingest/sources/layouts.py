"""The layouts of a census: lists with a header, forms and lists on their side, whichever tells most."""

from collections.abc import Iterator
from dataclasses import replace

from ingest.documents.blocks import Block, BlockKind, Document
from ingest.sources.forms import read_forms
from ingest.sources.mapping import ColumnMapping
from ingest.sources.tables import (
    HEADER_WITHIN,
    Demand,
    Header,
    Sheet,
    find_header,
    read_sheet,
    sheet_name,
    with_unit,
)
from ingest.sources.upright import read_upright

TITLES = 5
"""Blocks or rows at the top among which a title stands."""
LONGEST_TITLE = 60
SHEETS = frozenset({"xlsx", "xls", "csv"})


def is_census(document: Document, mapping: ColumnMapping) -> bool:
    """Whether a table of the document is a list of systems or holds forms of systems."""
    demand = _demand(document)
    return any(_layout(document, block, mapping, demand=demand) is not None for block in _tables(document))


def census_sheets(document: Document, mapping: ColumnMapping, *, forced: bool) -> Iterator[Sheet]:
    """Every table that is a list or holds forms; with `forced` a column of names is enough."""
    demand = Demand.NAME if forced else _demand(document)
    for block in _tables(document):
        layout = _layout(document, block, mapping, demand=demand)
        if isinstance(layout, Header):
            sheet = read_sheet(block, layout, mapping, name=sheet_name(document, block))
            yield from _parts(sheet, block, mapping, demand=demand)
        elif layout is not None:
            yield layout


def _parts(sheet: Sheet, block: Block, mapping: ColumnMapping, *, demand: Demand) -> Iterator[Sheet]:
    """The lists of one table: a header further down in another order begins a list of its own."""
    for row in sheet.repeated:
        header = find_header((row,), mapping, demand=demand)
        words = all(mapping.meaning(cell) for cell in row.cells if cell.strip())
        if header is None or not words or header.columns == sheet.header.columns:
            continue
        at = block.rows.index(row)
        rest = replace(block, rows=block.rows[at:])
        below = read_sheet(rest, with_unit(header, sheet.titles), mapping, name=sheet.name)
        above = read_sheet(replace(block, rows=block.rows[:at]), sheet.header, mapping, name=sheet.name)
        yield replace(above, titles=sheet.titles)
        yield from _parts(replace(below, titles=sheet.titles), rest, mapping, demand=demand)
        return
    yield sheet


def _layout(
    document: Document, block: Block, mapping: ColumnMapping, *, demand: Demand
) -> Header | Sheet | None:
    """The header of a list, or the sheet read otherwise where that tells more fields."""
    header = find_header(block.rows, mapping, demand=demand)
    if demand is Demand.GROUP or (header and not _labels_below(block, header, mapping)):
        return header
    if demand is not Demand.NAME and _applies(document, block, mapping):
        return header
    name = sheet_name(document, block)
    sheet = read_upright(block, mapping, name=name, demand=demand)
    sheet = sheet or read_forms(block, mapping, name=name, demand=demand)
    if sheet is None or (header and len(sheet.header.columns) <= len(header.columns)):
        return header
    return sheet


def _applies(document: Document, block: Block, mapping: ColumnMapping) -> bool:
    """Whether the title of the paper or above the table says that it applies for something."""
    texts = [one.text for one in document.blocks[:TITLES] if one.kind is not BlockKind.TABLE]
    alone = ({cell.strip() for cell in row.cells} - {""} for row in block.rows[:TITLES])
    texts += [cell for cells in alone if len(cells) == 1 for cell in cells]
    return any(word in text for word in mapping.planned for text in texts if len(text) <= LONGEST_TITLE)


def _labels_below(block: Block, header: Header, mapping: ColumnMapping) -> bool:
    """Whether words of headers stand in rows other than the header, as they do in forms."""
    rows = (row for number, row in enumerate(block.rows[:HEADER_WITHIN]) if number != header.index)
    fields = {mapping.field_of(cell) for row in rows for cell in row.cells}
    return bool(fields - {None, *header.columns.values()})


def _tables(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TABLE]


def _demand(document: Document) -> Demand:
    """Less is asked of a table in a sheet, or in a paper that is mostly tables, than amid prose."""
    inside = sum(len(cell) for block in _tables(document) for row in block.rows for cell in row.cells)
    outside = sum(len(block.text) for block in document.blocks if block.kind is not BlockKind.TABLE)
    return Demand.NAME_AND_TWO if document.media in SHEETS or inside > outside else Demand.GROUP
