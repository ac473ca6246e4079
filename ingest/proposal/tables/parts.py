"""Lines of a function list, and the parts of the list that titles within it head."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

ROUNDING = Decimal("0.005")
"""Share of a sum by which rounded parts may miss it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One function: its names from the outermost, and the money and the person-months of its row.

    `joined`: its cell of money (of effort, where there is no money) is one with that of the line before.
    `spans`: one cell fills all columns of names, so that it may be the title of the lines below. `other`: it
    is about hardware, services or fees.
    """

    levels: tuple[str, ...]
    amount: Decimal | None
    place: str
    joined: bool = False
    spans: bool = False
    other: bool = False
    effort: Decimal | None = None


def same(one: Decimal, other: Decimal) -> bool:
    """Whether two sums are one but for rounding."""
    return abs(one - other) <= max(abs(other) * ROUNDING, Decimal(1))


def under_titles(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with those below a title put below it; what a title of fees heads is about fees too.

    A line over all columns of names is a title when it has no money or that of the lines up to the next such
    line; else it is a function itself.
    """
    title: Line | None = None
    for number, line in enumerate(lines):
        if line.spans:
            title = line if _heads(line, lines[number + 1 :]) else None
            yield line
        elif title is None:
            yield line
        else:
            common = _common(title.levels[:-1], line.levels)
            levels = (*title.levels, *line.levels[common:])
            yield replace(line, levels=levels, other=line.other or title.other)


def _common(above: Sequence[str], levels: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(above, levels, strict=False)))


def _heads(title: Line, following: Sequence[Line]) -> bool:
    below = list(takewhile(lambda line: not line.spans, following))
    parts = [line.amount for line in below if line.amount is not None and not line.joined]
    if not below:
        return False
    return title.amount is None or not parts or same(sum(parts, Decimal(0)), title.amount)


def without_others(lines: Iterator[Line]) -> tuple[list[Line], Decimal]:
    """The lines of software, and the sum of those that are about something else, titles not counted."""
    every = list(lines)
    titles = {line.levels[:depth] for line in every for depth in range(1, len(line.levels))}
    others = [
        line.amount
        for line in every
        if line.other and line.amount is not None and not line.joined and line.levels not in titles
    ]
    return [line for line in every if not line.other], sum(others, Decimal(0))
