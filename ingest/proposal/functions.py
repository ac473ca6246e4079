"""The functions of a proposal with their money, from the surest place that names any."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.proposal.money.amounts import Settled, full, settle
from ingest.proposal.money.budget import Sum
from ingest.proposal.money.costs import Costs, priced, software
from ingest.proposal.prose.formcells import cell_blocks
from ingest.proposal.prose.items import prose_items
from ingest.proposal.sections import Placed
from ingest.proposal.tables.grids import Grid, GridKind, is_price_list
from ingest.proposal.tables.lines import function_list
from ingest.proposal.tables.loose import loose_list
from kg.matching.description import Item
from kg.matching.proposal import Fact

ONLY_TEXT = "没有功能清单表，功能取自正文，请核对"
ONLY_COSTS = "没有功能清单表，功能取自投资概算表的分项，请核对"


@dataclass(frozen=True, slots=True)
class Functions:
    """The functions, how sure they are (0..1), what to verify, and the sum of each function list."""

    items: tuple[Item, ...] = ()
    confidence: float = 0.0
    notes: tuple[str, ...] = ()
    sums: tuple[Sum, ...] = ()


def read_functions(
    blocks: Sequence[Placed],
    tables: Sequence[Grid],
    costed: Sequence[Costs],
    *,
    budget: Decimal | None,
    own: Sequence[str],
) -> Functions:
    """Functions of the function lists; else of cost tables with a column of functions, of tables without
    headings, of the text, of cost lines.

    `budget` tells the unit of money where a table does not; `own` are names of the whole project.
    """
    lines = [item for one in costed for item in one.items]
    read = _listed([grid for grid in tables if grid.kind is GridKind.FUNCTIONS], budget, own)
    if not any(one.items for one in read):
        read = _listed([grid for grid in tables if _prices_functions(grid)], budget, own)
    if not any(one.items for one in read):
        read = [settle(found, budget) for grid in tables if (found := loose_list(grid))]
    items = tuple(_without_heads([item for one in read for item in one.items]))
    notes = tuple(note for one in read for note in one.notes)
    if items:
        return Functions(priced(items, lines), 1.0, notes, tuple(_sums(read)))
    told, confidence = prose_items([*blocks, *cell_blocks(tables)])
    if told:
        return Functions(priced(told, lines), confidence, (ONLY_TEXT,))
    parts = tuple(software(lines))
    return Functions(parts, 1.0, (ONLY_COSTS,)) if parts else Functions()


def _listed(grids: Sequence[Grid], budget: Decimal | None, own: Sequence[str]) -> list[Settled]:
    return [settle(function_list(grid, own), budget) for grid in grids]


def _without_heads(items: Sequence[Item]) -> Iterator[Item]:
    """Without bare names that only head lines of another table."""
    paths = {item.path for item in items}
    heads = {"/".join(path.split("/")[:depth]) for path in paths for depth in range(1, path.count("/") + 2)}
    for item in items:
        if item.amount is not None or item.effort is not None or full(item) not in heads:
            yield item


def _prices_functions(grid: Grid) -> bool:
    """Whether a cost table names what it prices as functions (功能模块 beside 金额) or prices software."""
    header = grid.header
    functional = header is not None and header.functional > 0 and bool(header.of("module", "function"))
    return grid.kind is GridKind.COSTS and (functional or is_price_list(grid))


def _sums(read: Sequence[Settled]) -> list[Sum]:
    """What each function list sums up to: as its table says, else the sum of its lines."""
    found = []
    for one in read:
        total = one.total or sum((i.amount for i in one.items if i.amount is not None), Decimal(0))
        if total and one.items:
            found.append(Sum(total, Fact("budget", f"{total}元", one.place or one.items[0].place)))
    return found
