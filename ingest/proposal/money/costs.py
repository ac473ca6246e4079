"""Cost tables: their lines, their sum, and the parts of the software they price."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.documents.blocks import Row
from ingest.proposal.money.amounts import full
from ingest.proposal.money.figures import told_unit, yuan
from ingest.proposal.tables.cells import is_other_cost, name_of
from ingest.proposal.tables.columns import LEVELS, Header, unit_of
from ingest.proposal.tables.grids import Grid
from ingest.proposal.tables.lines import place_of
from ingest.proposal.tables.rows import is_grand_total, is_note, is_subtotal, is_total, title_of
from ingest.proposal.wording import tables, ties
from kg.matching.description import Item

ENDINGS = (
    "开发费用",
    "建设费用",
    "开发费",
    "建设费",
    "费用",
    "开发",
    "建设",
    "费",
    "功能模块",
    "子系统",
    "模块",
)
"""What a cost line adds to the name of a module, or leaves out of it."""


@dataclass(frozen=True, slots=True)
class Costs:
    """The priced lines of a cost table in yuan, and the sum it states, None when it states none.

    `grand` tells that the sum is said to be that of the whole project.
    """

    items: tuple[Item, ...]
    total: Decimal | None = None
    place: str = ""
    grand: bool = False


def costs(grid: Grid) -> Costs:
    """The lines of a cost table. The grid must have a header with a column of money."""
    header = grid.header
    if header is None or header.amount is None:
        raise ValueError("a cost table needs a column of money")
    unit = header.units.get(header.amount, "") or unit_of(grid.caption)
    unit = unit or told_unit([a for row in grid.rows if (a := _amount(row, header.amount, ""))], None)
    items: list[Item] = []
    total, place, grand = None, "", False
    for row in grid.rows:
        names = _names(row, header)
        amount = _amount(row, header.amount, unit)
        if any(is_total(name) for name in names):
            if amount is not None:
                total, place, grand = amount, place_of(row), any(map(is_grand_total, names))
        elif names and not any(is_subtotal(name) for name in names) and not (title_of(row) or is_note(row)):
            merged = header.amount in row.merged
            items.append(Item(names[-1], "/".join(names[:-1]), None if merged else amount, place_of(row)))
    return Costs(tuple(items), total, place, grand)


def _names(row: Row, header: Header) -> list[str]:
    columns = [*header.of("cost"), *header.of(*LEVELS, "name")]
    columns = columns or header.of("number")
    cells = [name_of(row.cells[c]) for c in sorted(columns) if c < len(row.cells)]
    return list(dict.fromkeys(cell for cell in cells if cell))


def _amount(row: Row, column: int, unit: str) -> Decimal | None:
    return yuan(row.cells[column], unit) if column < len(row.cells) else None


def software(items: Sequence[Item]) -> Iterator[Item]:
    """The cost lines that name a part of the software, for files that have no other function list."""
    for item in items:
        bare = _core(item.text, ENDINGS[:-3])
        ends = any(bare.lower().endswith(part.lower()) for part in tables().parts)
        if ends and not _is_lump(item.text, bare) and item.amount is not None:
            yield replace(item, text=bare, path="")


def _is_lump(text: str, bare: str) -> bool:
    """Whether a line is no part of the software by name: a fee, or software in general (应用系统开发费)."""
    made = text != bare and text.removeprefix(bare).startswith(("开发", "建设"))
    return bare in ties().generic or is_other_cost(bare if made else text)


def priced(items: Sequence[Item], lines: Sequence[Item]) -> tuple[Item, ...]:
    """The items with the money that cost lines give to them, or to a module above them, by name.

    A list that carries money of its own is left as it is.
    """
    if any(item.amount is not None for item in items):
        return tuple(items)
    amounts = {_core(line.text): line for line in lines if line.amount is not None}
    found: list[Item] = []
    headed: set[str] = set()
    for item in items:
        for head in _heads(item):
            line = amounts.get(_core(head.text))
            if line is not None and full(head) not in headed and not _is_under(full(head), headed):
                headed.add(full(head))
                found.append(replace(head, amount=line.amount, place=line.place))
        own = amounts.get(_core(item.text))
        covered = own is None or _is_under(full(item), headed)
        found.append(item if covered or own is None else replace(item, amount=own.amount))
    return tuple(found)


def _heads(item: Item) -> Iterator[Item]:
    parts = item.path.split("/") if item.path else []
    for depth in range(1, len(parts) + 1):
        yield Item(parts[depth - 1], "/".join(parts[: depth - 1]), None, item.place)


def _is_under(path: str, heads: set[str]) -> bool:
    return any(path.startswith(f"{head}/") for head in heads)


def _core(text: str, endings: Sequence[str] = ENDINGS) -> str:
    for ending in endings:
        text = text.removesuffix(ending) if len(text) > len(ending) + 1 else text
    return text
