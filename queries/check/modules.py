"""Cuts a function list into the modules that verdicts and money are given for."""

from dataclasses import dataclass
from decimal import Decimal

from kg.matching.description import Item


@dataclass(frozen=True, slots=True)
class Line:
    """One module: its own words, its money, and the indexes of the items whose functions it stands for."""

    path: str
    text: str
    amount: Decimal | None
    place: str
    items: tuple[int, ...]


def module_lines(items: tuple[Item, ...]) -> tuple[Line, ...]:
    """Modules of a function list, in its order; every function belongs to exactly one.

    A module is a line that carries an amount; lines without one belong to the priced line that stands
    above them in the path, else to the last priced line before them under the same heading. Without any
    amount, or where no priced line takes it, each line is a module of its own. A price above other prices is
    their sum: that line is no module, and its money is not counted twice.
    """
    sums = _sums(items)
    priced = [i for i, item in enumerate(items) if item.amount is not None and i not in sums]
    members: dict[int, list[int]] = {i: [i] for i in priced}
    for index, item in enumerate(items):
        if item.amount is None:
            home = _home(items, priced, index)
            members.setdefault(index if home is None else home, []).append(index)
    return tuple(_line(items, head, members[head]) for head in sorted(members))


def _sums(items: tuple[Item, ...]) -> frozenset[int]:
    """Priced lines under which other priced lines stand."""
    paths = {item.path for item in items if item.amount is not None and item.path}
    above = {path[: i if i >= 0 else None] for path in paths for i in _ends(path)}
    return frozenset(i for i, item in enumerate(items) if item.amount is not None and _full(item) in above)


def _line(items: tuple[Item, ...], head: int, members: list[int]) -> Line:
    item = items[head]
    below = [i for i in members if _is_under(items[i].path, _full(item))]
    own = [i for i in members if i != head] if below else members
    return Line(item.path, item.text, item.amount, item.place, tuple(sorted(set(own))))


def functions_of(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The lines that are functions themselves: those that head no other line."""
    paths = {item.path for item in items}
    heads = {path[: i if i >= 0 else None] for path in paths for i in _ends(path)}
    return tuple(item for item in items if _full(item) not in heads)


def _ends(path: str) -> list[int]:
    return [i for i, char in enumerate(path) if char == "/"] + [-1] if path else []


def _home(items: tuple[Item, ...], priced: list[int], index: int) -> int | None:
    path = items[index].path
    above = [i for i in priced if _full(items[i]) and _is_under(path, _full(items[i]))]
    if above:
        return max(above, key=lambda i: (len(_full(items[i])), -abs(i - index)))
    before = [i for i in priced if i < index and path and items[i].path == path]
    return before[-1] if before else None


def _full(item: Item) -> str:
    return f"{item.path}/{item.text}" if item.path else item.text


def _is_under(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}/")
