"""Decides which candidate pairs of two tables, or of one, are one record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from kg.matching.linkage.candidates import Floats, rounded
from kg.matching.linkage.comparison import Apart, compare
from kg.matching.linkage.scorer import Scored, score
from kg.matching.linkage.settings import settings
from kg.matching.linkage.table import Table, name_column

HALF, LARGE = 0.5, 30.0
UNDECIDED = -0.1
CROWD = 2
"""Within one table each record proposes so many times more: its nearest may be kept apart from it."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Two records, how likely they are one (0..1), and whether they are held to be one (.5 and more)."""

    a: str
    b: str
    score: float
    match: bool

    def to_json(self) -> dict[str, Any]:
        """One line of `kg link`."""
        return {"a": self.a, "b": self.b, "score": self.score, "match": self.match}


def link(left: Table, right: Table, *, name: str | None = None) -> list[Linked]:
    """All candidate pairs of two tables by id of the left, best first; the order of records never matters.

    `name` is the column that names a record, None for the first that is known to.
    Raises: ValidationError when there is no such column in both.
    """
    if not left.ids or not right.ids:
        return []
    compared = compare(left, right, name_column(left, right, name), neighbours=settings().neighbours)
    if not len(compared.i):
        return []
    pairs = _decided(score(compared))
    rows = zip(compared.i.tolist(), compared.j.tolist(), pairs.tolist(), strict=True)
    found = [Linked(left.ids[i], right.ids[j], value, value >= HALF) for i, j, value in rows]
    return sorted(found, key=lambda one: (one.a, -one.score, one.b))


def link_within(table: Table, apart: Apart, *, name: str | None = None) -> list[Linked]:
    """Pairs of records of one table, a before b by id, best first: each pair once, by its lesser score.

    `apart` tells of two ids whether something that is known keeps them from being one, in either order: such
    pairs are not listed and do not compete.
    """
    if len(table.ids) < 2:
        return []
    named = name_column(table, table, name)
    compared = compare(table, table, named, neighbours=settings().neighbours * CROWD, apart=apart)
    if not len(compared.i):
        return []
    values = _decided(score(compared))
    least: dict[tuple[int, int], float] = {}
    for i, j, value in zip(compared.i.tolist(), compared.j.tolist(), values.tolist(), strict=True):
        pair = (min(i, j), max(i, j))
        least[pair] = min(value, least.get(pair, 1.0))
    return sorted(_within(table, least), key=lambda one: (-one.score, one.a, one.b))


def _within(table: Table, least: dict[tuple[int, int], float]) -> Iterator[Linked]:
    for (i, j), value in least.items():
        yield Linked(table.ids[i], table.ids[j], value, value >= HALF)


def _decided(scored: Scored) -> Floats:
    """How likely each pair is one, 0..1, .5 at the limit.

    A pair loses where both its records have a better partner; where nothing could be learnt, where either
    has. Which side repeats itself, if one does, is not known: a record may then have several partners. Where
    both records have another partner that is as good, nobody can tell which is which: no match.
    """
    behind = [np.maximum(0.0, rival - scored.score) for rival in scored.rivals]
    margin = scored.score - scored.limit
    if scored.trained:
        margin = margin - settings().penalty * np.minimum(*behind)
        tied = (scored.rivals[0] >= scored.score) & (scored.rivals[1] >= scored.score)
        margin = np.where(tied, np.minimum(margin, UNDECIDED), margin)
    else:
        margin = np.where(np.maximum(*behind) > 0, np.minimum(margin, 0.0) - 1.0, margin)
    return rounded(1 / (1 + np.exp(-np.clip(margin, -LARGE, LARGE))))
