"""Which systems of an estate are worth a comparison: neighbours by words, by meaning and by order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from kg.matching.candidates import bag_of
from kg.matching.description import Description
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.neighbours import Positions, nearest, pairs_of
from kg.matching.rarity import Rarity
from kg.matching.runs import runs_of
from kg.matching.sketches import Sketches, meaning_sketches, word_sketches

BY_WORDS, BY_MEANING, BY_ORDER, BY_WORDS_ALONE = 3, 8, 2, 22
"""Neighbours of each system that are judged, more in a larger estate; the last without a sentence model."""
EACH = 10_000
"""One neighbour more for so many systems: systems of one kind crowd the lists of a large estate."""


def rarity_of(descriptions: Sequence[Description]) -> Rarity:
    """How many systems say each word, and do each run of things."""
    counts = Counter[str]()
    for one in descriptions:
        counts.update(bag_of(one))
        counts.update(runs_of(one))
    return Rarity(counts, len(descriptions))


@dataclass(frozen=True, slots=True)
class Sketched:
    """A row of small integers for each system, by its words, by its meaning and by what it does in order."""

    words: Sketches
    meaning: Sketches
    order: Sketches

    @classmethod
    def of(
        cls,
        descriptions: Sequence[Description],
        encoder: Encoder,
        rarity: Rarity,
        *,
        centre: Vectors | None = None,
    ) -> tuple[Self, Vectors]:
        """The rows, and what all meanings have in common: `centre` where it is known already."""
        meaning, centre = meaning_sketches(descriptions, encoder, rarity, centre=centre)
        words = word_sketches(descriptions, bag_of, rarity)
        return cls(words, meaning, word_sketches(descriptions, runs_of, rarity)), centre

    def at(self, places: Positions) -> Self:
        """Copies of the rows at these places."""
        return type(self)(*(rows[places] for rows in self.sides()))

    def replace(self, places: Positions, other: Self) -> None:
        """Puts the rows of the other in these places."""
        for rows, new in zip(self.sides(), other.sides(), strict=True):
            rows[places] = new

    def sides(self) -> tuple[Sketches, Sketches, Sketches]:
        """The rows by words, by meaning and by order."""
        return self.words, self.meaning, self.order


def candidates(sketched: Sketched, *, semantic: bool) -> tuple[Positions, NDArray[np.int64]]:
    """Pairs that are neighbours on any side, and each system's least product with a neighbour on each."""
    found, limits = [], []
    for rows, count in _counted(sketched, semantic=semantic):
        places, products = nearest(rows, count)
        found.append(places)
        limits.append(products[:, -1] if count else np.zeros(len(rows), dtype=np.int64))
    return pairs_of(np.concatenate(found, axis=1)), np.stack(limits, axis=1)


def candidates_of(
    fresh: Positions, sketched: Sketched, limits: NDArray[np.int64], *, semantic: bool
) -> tuple[Positions, NDArray[np.int64]]:
    """Pairs of changed systems: their own neighbours, and those among whose neighbours they now are.

    Also the least products of the changed systems with their neighbours.
    """
    near = [
        _near(rows, fresh, limits=limits[:, side], count=count)
        for side, (rows, count) in enumerate(_counted(sketched, semantic=semantic))
    ]
    size = len(limits)
    pairs = np.sort(np.concatenate([pairs for pairs, _ in near]), axis=1)
    codes = np.unique(pairs[:, 0] * size + pairs[:, 1])
    least = np.stack([least for _, least in near], axis=1)
    return np.stack([codes // max(1, size), codes % max(1, size)], axis=1), least


def _counted(sketched: Sketched, *, semantic: bool) -> Iterator[tuple[Sketches, int]]:
    """Each side with the number of neighbours that it may propose."""
    more = len(sketched.words) // EACH
    yield sketched.words, BY_WORDS if semantic else BY_WORDS_ALONE + more
    yield sketched.meaning, BY_MEANING + more if semantic else 0
    yield sketched.order, BY_ORDER


def _near(
    rows: Sketches, fresh: Positions, *, limits: NDArray[np.int64], count: int
) -> tuple[Positions, Positions]:
    if not count or not len(fresh):
        return np.zeros((0, 2), dtype=np.int64), np.zeros(len(fresh), dtype=np.int64)
    size = len(rows)
    products = (rows[fresh].astype(np.float32) @ rows.astype(np.float32).T).astype(np.int64)
    products[np.arange(len(fresh)), fresh] = 0
    keys = products * size + (size - 1 - np.arange(size))
    kept = min(count, size)
    limit = np.partition(keys, size - kept, axis=1)[:, size - kept]
    chosen = ((keys >= limit[:, None]) | (products >= limits[None, :])) & (products > 0)
    chosen_rows, columns = np.nonzero(chosen)
    return np.stack([fresh[chosen_rows], columns], axis=1), np.maximum(limit // size, 0)
