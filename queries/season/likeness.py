"""How alike two proposals are: which share of what one asks for the other asks for too."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.names import core
from kg.matching.phrases import plain
from queries.policy.season import SeasonRules
from queries.season.submission import Submission

Weights = NDArray[np.float64]
Item = TypeVar("Item")
LEAST_WEIGHT = 0.05
"""What a function that everybody asks for still weighs."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two proposals by position, a before b.

    `share_a` 0..1 is the part of the functions of a that b asks for too, each weighed by how few others ask
    for the like, `share_b` the other way round.
    """

    a: int
    b: int
    share_a: float
    share_b: float

    @property
    def least(self) -> float:
        """The share of the side of which less is repeated."""
        return min(self.share_a, self.share_b)

    @property
    def most(self) -> float:
        """The share of the side of which more is repeated."""
        return max(self.share_a, self.share_b)


class Measure:
    """Compares the proposals of a season; what belongs to one of them is prepared once.

    `background` are the function lists of the estate by which it is told what everybody has.
    """

    def __init__(
        self,
        submissions: Sequence[Submission],
        background: Sequence[Sequence[str]],
        *,
        encoder: Encoder,
        rules: SeasonRules,
    ) -> None:
        self._low, self._high = rules.near[encoder.mode]
        self._neighbours = int(rules.thresholds.neighbours.value)
        self._vectors = [_vectors(one.functions, encoder) for one in submissions]
        size = int(rules.thresholds.background.value)
        listed = [i for i, rows in enumerate(self._vectors) if len(rows)]
        self._drawn = [(i, self._vectors[i]) for i in spread(listed, size)]
        self._drawn += [(-1, _vectors(functions, encoder)) for functions in spread(background, size)]
        self._weights = [self._weighed(i) for i in range(len(submissions))]
        self._linked = [*_of_one_hand(submissions), *_of_one_name(submissions)]

    def likenesses(self) -> Iterator[Likeness]:
        """Every pair of which one is among the nearest of the other, or that hand or name join, in order."""
        for a, b in sorted({*self._near(), *self._linked}):
            yield self.compared(a, b)

    def compared(self, a: int, b: int) -> Likeness:
        """How alike two are."""
        alike = self._alike(self._vectors[a], self._vectors[b])
        return Likeness(a, b, _share(alike, self._weights[a], 1), _share(alike, self._weights[b], 0))

    def _near(self) -> Iterable[tuple[int, int]]:
        """Pairs by how near the middles of their lists lie; a few dozen for each, however many there are."""
        listed = [i for i, rows in enumerate(self._vectors) if len(rows)]
        if len(listed) < 2:
            return []
        middles = np.stack([_middle(self._vectors[i], self._weights[i]) for i in listed])
        near = np.round(middles @ middles.T, 5)
        np.fill_diagonal(near, -np.inf)
        order = np.argsort(-near, axis=1, kind="stable")[:, : min(self._neighbours, len(listed) - 1)]
        return {
            (min(i, listed[k]), max(i, listed[k]))
            for i, row in zip(listed, order, strict=True)
            for k in row.tolist()
        }

    def _weighed(self, own: int) -> Weights:
        """ln((N + 1) / (n + .5)) for each function, n being how many of N lists hold the like of it."""
        rows = self._vectors[own]
        others = [drawn for i, drawn in self._drawn if i != own and len(drawn)]
        if not len(rows) or not others:
            return np.ones(len(rows), dtype=np.float64)
        held = sum((self._alike(rows, other).max(axis=1) for other in others), np.zeros(len(rows)))
        return np.maximum(LEAST_WEIGHT, math.log(len(others) + 1) - np.log(held + 0.5))

    def _alike(self, left: Vectors, right: Vectors) -> Weights:
        """How alike each function of one list is to each of another, 0..1."""
        if not len(left) or not len(right):
            return np.zeros((len(left), len(right)), dtype=np.float64)
        cosines = np.round(left @ right.T, 4).astype(np.float64)
        return np.clip((cosines - self._low) / (self._high - self._low), 0, 1)


def _of_one_hand(submissions: Sequence[Submission]) -> Iterator[tuple[int, int]]:
    """Pairs of one unit or of one vendor."""
    hands: dict[str, list[int]] = {}
    for i, one in enumerate(submissions):
        for hand in {one.unit, *one.vendors} - {""}:
            hands.setdefault(hand, []).append(i)
    for held in hands.values():
        yield from combinations(held, 2)


def _of_one_name(submissions: Sequence[Submission]) -> Iterator[tuple[int, int]]:
    """Pairs of one name core of which one lists no functions: only the name can tell that they are one."""
    called: dict[str, list[int]] = {}
    for i, one in enumerate(submissions):
        called.setdefault(core(one.name), []).append(i)
    for held in called.values():
        for a, b in combinations(held, 2):
            if not (submissions[a].functions and submissions[b].functions):
                yield a, b


def spread(items: Sequence[Item], size: int) -> list[Item]:
    """At most `size` of the items, evenly spread over them, in order."""
    step = max(1, math.ceil(len(items) / size))
    return list(items[::step])


def _vectors(functions: Sequence[str], encoder: Encoder) -> Vectors:
    return encoder.encode([plain(text) for text in functions])


def _middle(rows: Vectors, weights: Weights) -> Weights:
    middle = weights @ rows.astype(np.float64)
    length = float(np.sqrt(middle @ middle))
    return middle / length if length else middle


def _share(alike: Weights, weights: Weights, axis: int) -> float:
    total = float(weights.sum())
    return round(float(alike.max(axis=axis) @ weights) / total, 4) if total and alike.size else 0.0
