"""Registration forms: labels beside their values, one system per form, any number of forms on a sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.documents.blocks import Block, Row
from ingest.sources.mapping import ColumnMapping, unit_of
from ingest.sources.tables import BESIDE_NAME, Demand, Header, Line, Sheet, titles_of, with_unit
from kg.model import Place

LONGEST_LABEL = 20
"""Characters of a label nobody knows; longer cells are values."""
LONGEST_TABLE = 5000
"""Rows of a table of forms at most: some hundreds of forms."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label and the value beside it; `field` "" for a label nobody knows, `more` below the same label."""

    label: str
    field: str
    value: str
    row: Row
    place: Place
    exact: bool
    more: bool


@dataclass
class _Form:
    pairs: dict[str, list[_Pair]] = field(default_factory=dict)

    def add(self, pair: _Pair) -> None:
        """Keeps the first value of a label and what stands below it beside the same label."""
        held = self.pairs.setdefault(pair.field or pair.label, [])
        if not held or pair.more:
            held.append(pair)

    def value(self, name: str) -> str:
        return "\n".join(pair.value for pair in self.pairs.get(name, ()) if pair.value)


def read_forms(
    block: Block, mapping: ColumnMapping, *, name: str | None, demand: Demand = Demand.NAME_AND_TWO
) -> Sheet | None:
    """The forms of a table as lines of one sheet; None when it holds no form, or only blank ones."""
    columns = _label_columns(block.rows, mapping) if len(block.rows) <= LONGEST_TABLE else frozenset()
    pairs = [pair for row in block.rows for pair in _pairs(row, columns, mapping)]
    forms = [form for form in _forms(pairs) if any(map(form.value, form.pairs))]
    if not forms or not _enough(pairs, mapping, demand):
        return None
    labelled = {id(pair.row) for pair in pairs}
    titles = titles_of(tuple(row for row in block.rows if id(row) not in labelled))
    header = with_unit(_header(pairs), titles)
    return Sheet(name, header, titles, tuple(_line(form, header) for form in forms), (), form=True)


def _enough(pairs: Sequence[_Pair], mapping: ColumnMapping, demand: Demand) -> bool:
    filled = {pair.field for pair in pairs if pair.value}
    if not filled & set(mapping.names):
        return False
    beside = {pair.field for pair in pairs} - {""} - mapping.minor - set(mapping.names)
    return demand is Demand.NAME or (len(beside) >= BESIDE_NAME and len({id(pair.row) for pair in pairs}) > 1)


def _label_columns(rows: Sequence[Row], mapping: ColumnMapping) -> frozenset[int]:
    """The columns in which aliases stand: there an unknown word is a label too."""
    cells = ((column, cell) for row in rows for column, cell in enumerate(row.cells))
    return frozenset(column for column, cell in cells if mapping.field_of(cell))


def _pairs(row: Row, columns: frozenset[int], mapping: ColumnMapping) -> Iterator[_Pair]:
    """Labels with the cell to their right, merged cells once; a label before a label has no value."""
    cells = [(n, cell.strip()) for n, cell in enumerate(row.cells) if n not in row.across]
    at = 0
    while at + 1 < len(cells):
        (column, label), (beside, value) = cells[at], cells[at + 1]
        meaning = mapping.meaning(label) if column in columns else None
        unknown = meaning is None and column in columns and 0 < len(label) <= LONGEST_LABEL
        if (meaning is None and not unknown) or mapping.field_of(value):
            at += 1
            continue
        known, exact = (meaning.field, meaning.exact) if meaning else ("", False)
        place = replace(row.place, column=beside + 1)
        if not (beside in row.down and column in row.down):
            yield _Pair(label, known, value, row, place, exact, more=column in row.down)
        at += 2


def _forms(pairs: Sequence[_Pair]) -> list[_Form]:
    """One form begins wherever the first label of the first one stands again."""
    forms: list[_Form] = []
    for pair in pairs:
        first = pair.field == pairs[0].field and pair.label == pairs[0].label
        if not forms or (first and not pair.more):
            forms.append(_Form())
        forms[-1].add(pair)
    return forms


def _header(pairs: Sequence[_Pair]) -> Header:
    known = {pair.field: pair for pair in reversed(pairs) if pair.field}
    order = list(dict.fromkeys(pair.field or pair.label for pair in pairs))
    columns = {number: name for number, name in enumerate(order) if name in known}
    return Header(
        index=0,
        columns=columns,
        units={name: unit for name, pair in known.items() if (unit := unit_of(pair.label))},
        unknown={number: name for number, name in enumerate(order) if name not in known},
        texts={number: known[name].label for number, name in columns.items()},
        inexact=frozenset(number for number, name in columns.items() if not known[name].exact),
    )


def _line(form: _Form, header: Header) -> Line:
    order = {**header.columns, **header.unknown}
    names = [order[number] for number in sorted(order)]
    first = next(iter(form.pairs.values()))[0]
    cells = {name: form.value(name) for name in header.columns.values()}
    places = {name: pairs[0].place for name, pairs in form.pairs.items()}
    row = Row(tuple(form.value(name) for name in names), first.row.place)
    return Line(row, cells, {name: places.get(name, first.place) for name in names})
