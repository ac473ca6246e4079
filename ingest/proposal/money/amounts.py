"""Settles the money of a function list: merged cells count once, sums of parts are not counted again."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise, takewhile

from ingest.proposal.money.figures import told_unit
from ingest.proposal.tables.lines import FunctionList
from ingest.proposal.tables.parts import Line, same
from kg.matching.description import Item

UNITS = {"元": 1, "万元": 10_000}


@dataclass(frozen=True, slots=True)
class Settled:
    """The items of a function list, what a person should verify, and the sum its table states in yuan."""

    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()
    total: Decimal | None = None
    place: str = ""


def settle(found: FunctionList, budget: Decimal | None) -> Settled:
    """The items with their money in yuan; `budget` tells the unit where the table does not."""
    scaled, unit_notes = _scaled(found, budget)
    within = Counter(line.levels[:depth] for line in scaled.lines for depth in range(1, _depth(line)))
    items = [item for run in _runs(scaled.lines) for item in _items(run, within)]
    kept, sum_notes = _without_sums(items)
    notes = (*unit_notes, *sum_notes, *_total_note(kept, scaled))
    return Settled(tuple(kept), notes, scaled.total, scaled.place)


def _scaled(found: FunctionList, budget: Decimal | None) -> tuple[FunctionList, tuple[str, ...]]:
    """The list in yuan. Figures that carry their own unit show that no unit was left out."""
    own = [line.amount for run in _runs(found.lines) if (line := run[0]).amount is not None]
    figures = [amount for amount in own if amount is not None]
    if found.scaled or not figures or max(figures) >= UNITS["万元"]:
        return found, ()
    unit = told_unit(figures, budget)
    factor = UNITS[unit]
    lines = tuple(
        replace(one, amount=one.amount * factor if one.amount else one.amount) for one in found.lines
    )
    total = found.total * factor if found.total is not None else None
    note = f"功能清单未写明金额单位，按{unit}计（{found.lines[0].place}），请核对"
    return replace(found, lines=lines, total=total, others=found.others * factor), (note,)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that share one cell of money; a blank cell below a priced one of the same module shares it."""
    run: list[Line] = []
    for line in lines:
        blank = line.amount is None and bool(run) and run[0].amount is not None
        same = bool(run) and line.levels[:-1] == run[-1].levels[:-1] and len(line.levels) > 1
        if run and (line.joined or (blank and same)):
            run.append(line)
            continue
        if run:
            yield run
        run = [line]
    if run:
        yield run


def _items(run: list[Line], within: Mapping[tuple[str, ...], int]) -> Iterator[Item]:
    """The lines of a run; money they share goes to the module above them, or to the first of them.

    `within` counts the lines below each module, to tell whether the run is all of it. Effort goes the same
    way when only the first line has any.
    """
    first = run[0]
    shared: tuple[str, ...] = _shared([line.levels for line in run])
    alone = within.get(shared) == len(run)
    lone = first.effort if all(line.effort is None for line in run[1:]) else None
    carries = first.amount is not None or lone is not None
    to_head = carries and len(run) > 1 and alone and 0 < len(shared) < min(map(_depth, run))
    if to_head:
        yield _item(shared, first.place, amount=first.amount, effort=lone)
    for number, line in enumerate(run):
        moved = number == 0 and to_head
        amount = first.amount if number == 0 and not moved else None
        effort = None if moved and lone is not None else line.effort
        yield _item(line.levels, line.place, amount=amount, effort=effort)


def _shared(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The names that all paths begin with."""
    return tuple(
        names[0] for names in takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False))
    )


def _depth(line: Line) -> int:
    return len(line.levels)


def _item(levels: Sequence[str], place: str, *, amount: Decimal | None, effort: Decimal | None) -> Item:
    return Item(levels[-1].replace("／", "/"), "/".join(levels[:-1]), amount, place, effort)


def full(item: Item) -> str:
    """The path of an item with its own name."""
    text = item.text.replace("/", "／")
    return f"{item.path}/{text}" if item.path else text


def _without_sums(items: Sequence[Item]) -> tuple[list[Item], list[str]]:
    """Without lines that only head others: those without money, and sums of what stands below them."""
    below: dict[str, list[Item]] = {}
    for item in items:
        for head in _heads(item.path):
            below.setdefault(head, []).append(item)
    kept: list[Item] = []
    notes: list[str] = []
    for item in items:
        parts = below.get(full(item), [])
        if not parts or _carries(item, parts):
            kept.append(item)
        elif note := _sum_note(item, [one.amount for one in parts if one.amount is not None]):
            notes.append(note)
    return kept, notes


def _carries(item: Item, parts: Sequence[Item]) -> bool:
    """Whether the money of a line that heads others, or its effort without money, is told there alone."""
    if item.amount is not None:
        return all(one.amount is None for one in parts)
    return item.effort is not None and all(one.effort is None for one in parts)


def _sum_note(item: Item, parts: Sequence[Decimal]) -> str:
    total = sum(parts, Decimal(0))
    if item.amount is None or same(total, item.amount):
        return ""
    return f"「{item.text}」写明{item.amount}元，其下各项合计{total}元（{item.place}），按各项计，请核对"


def _heads(path: str) -> Iterator[str]:
    """The path itself and every path above it."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _total_note(items: Sequence[Item], found: FunctionList) -> tuple[str, ...]:
    total = sum((item.amount for item in items if item.amount is not None), found.others)
    if found.total is None or total == found.others or same(total, found.total):
        return ()
    return (f"功能清单各行合计{total}元，与表内合计{found.total}元不一致（{found.place}），请核对",)


def differing(stated: Sequence[Decimal]) -> bool:
    """Whether amounts that should be one differ by more than rounding."""
    return any(not same(one, other) for one, other in pairwise(stated))
