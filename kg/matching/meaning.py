"""Says which descriptions of an estate do what a description does, in whatever words, by their functions.

Per function of the query: the functions of the estate with a cosine of .55 or more, ramp .50 to .85, weight
ln((N + 1) / (soft count + .5)), summed and divided by the root of the number of functions.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from kg.matching.description import Description
from kg.matching.encoder.port import Encoder, Vectors

LOW, HIGH = 0.50, 0.85
FLOOR = 0.55
SLACK = 0.001
"""Cosines this far below the floor are looked at again when they are rounded."""
BATCH = 10_000
TOGETHER = 32
"""Functions whose cosines are worked out together, so that the vectors are read once for all of them."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The distinct functions of an estate as vectors, and who has them.

    `owners[starts[n]:starts[n + 1]]` are the descriptions that have function n, ascending; `roots` are the
    roots of the number of functions of each description.
    """

    vectors: Vectors
    starts: NDArray[np.int64]
    owners: NDArray[np.int32]
    roots: NDArray[np.float64]

    @classmethod
    def of(cls, descriptions: Sequence[Description], encoder: Encoder) -> Self:
        """The functions of the descriptions, each distinct one encoded once."""
        texts = sorted({item.text for description in descriptions for item in description.items})
        rank = {text: row for row, text in enumerate(texts)}
        having = [sorted({rank[item.text] for item in description.items}) for description in descriptions]
        counts = np.array([len(rows) for rows in having], dtype=np.int64)
        owned = np.array([row for rows in having for row in rows], dtype=np.int64)
        order = np.argsort(owned, kind="stable")
        starts = np.zeros(len(texts) + 1, dtype=np.int64)
        np.cumsum(np.bincount(owned, minlength=len(texts)), out=starts[1:])
        owners = np.repeat(np.arange(len(having), dtype=np.int32), counts)[order]
        return cls(_encoded(texts, encoder), starts, owners, np.sqrt(np.maximum(1, counts)))

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """What `arrays` gave. Raises: KeyError."""
        return cls(arrays["vectors"], arrays["starts"], arrays["owners"], arrays["roots"])

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything it holds, by name."""
        return {
            "vectors": self.vectors,
            "starts": self.starts,
            "owners": self.owners,
            "roots": self.roots,
        }

    def scores(self, description: Description, encoder: Encoder) -> NDArray[np.float64]:
        """A score for each description of the estate, scaled so that a perfect copy has about 1."""
        phrases = list(dict.fromkeys(item.text for item in description.items))
        total = np.zeros(len(self.roots))
        if not phrases or not len(self.vectors):
            return total
        best = 0.0
        for functions, cosines in self._near(encoder.encode(phrases)):
            ramp = np.clip((cosines - LOW) / (HIGH - LOW), 0, 1)
            begin, counts = self.starts[functions], self.starts[functions + 1] - self.starts[functions]
            soft = float(ramp @ counts.astype(np.float64))
            weight = max(0.05, math.log((len(self.roots) + 1) / (soft + 0.5)))
            found = np.zeros(len(self.roots))
            places = np.repeat(begin - np.cumsum(counts) + counts, counts) + np.arange(int(counts.sum()))
            np.maximum.at(found, self.owners[places], np.repeat(ramp, counts))
            total += weight * found
            best += weight
        return np.asarray(total / self.roots / (best / math.sqrt(len(phrases))), dtype=np.float64)

    def _near(self, queries: Vectors) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float64]]]:
        """For each query the functions that are near enough to count, and their cosines."""
        for start in range(0, len(queries), TOGETHER):
            for row in np.ascontiguousarray((self.vectors @ queries[start : start + TOGETHER].T).T):
                functions = np.flatnonzero(row >= FLOOR - SLACK)
                cosines = np.round(row[functions], 4).astype(np.float64)
                held = cosines >= FLOOR
                yield functions[held], cosines[held]


def _encoded(texts: Sequence[str], encoder: Encoder) -> Vectors:
    """One row for each text, encoded some at a time so that nothing is held twice."""
    rows = np.zeros((len(texts), encoder.encode([]).shape[1]), dtype=np.float32)
    for start in range(0, len(texts), BATCH):
        rows[start : start + BATCH] = encoder.encode(texts[start : start + BATCH])
    return rows
