"""Shares of common letters of the items of many systems: what stands in for meaning without a model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from kg.matching.encoder.port import Vectors
from kg.matching.words import letters_of


@dataclass(frozen=True, slots=True)
class Letters:
    """Of each list of items the letters that each item holds, as rows of zeros and ones, and their number."""

    held: Mapping[int, NDArray[np.float32]]
    sizes: Mapping[int, NDArray[np.int64]]

    @classmethod
    def of(cls, lists: Mapping[int, Sequence[str]]) -> Self:
        """The letters of the lists."""
        letters = {place: [letters_of(item) for item in items] for place, items in lists.items()}
        alphabet = sorted({letter for row in letters.values() for item in row for letter in item})
        columns = {letter: column for column, letter in enumerate(alphabet)}
        held = {}
        for place, row in letters.items():
            held[place] = np.zeros((len(row), len(alphabet)), dtype=np.float32)
            for marks, item in zip(held[place], row, strict=True):
                marks[[columns[letter] for letter in item]] = 1.0
        sizes = {place: np.array([len(item) for item in row], np.int64) for place, row in letters.items()}
        return cls(held, sizes)

    def shares(self, first: int, second: int) -> Vectors:
        """The Dice coefficient of each two items: counts of common letters are exact in float32."""
        common = (self.held[first] @ self.held[second].T).astype(np.float64)
        totals = self.sizes[first][:, None] + self.sizes[second][None, :]
        shares: Vectors = (2 * common / np.maximum(1, totals)).astype(np.float32)
        return shares
