"""Proposes pairs worth a comparison: by shared rare words, and by functions of the same meaning.

All scores are sparse products of binary word vectors weighted by IDF over the estate, so the result does not
depend on order, threads or batches; ties go to the smaller position.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from kg.matching.description import Description
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.rarity import Rarity
from kg.matching.words import words_of

BLOCK = 512
COMMON = 0.1
COMMON_FROM = 200
LOW, HIGH = 0.50, 0.85
FLOOR = 0.55


@dataclass(frozen=True, slots=True)
class Candidate:
    """A description of the index by position and id, and how promising it is, 0..1 within its list."""

    position: int
    id: str
    score: float


class CandidateIndex:
    """An estate made ready for recall; build once, ask often."""

    def __init__(self, descriptions: Sequence[Description], encoder: Encoder | None) -> None:
        self._ids = [description.id for description in descriptions]
        bags = [bag_of(description) for description in descriptions]
        self.rarity = counted(bags)
        self._columns = {word: column for column, word in enumerate(sorted(self.rarity.counts))}
        self._matrix = self._rows(bags)
        self._encoder = encoder if encoder is not None and encoder.mode == "semantic" else None
        self._meaning = _Meaning(descriptions, self._encoder) if self._encoder else None

    @classmethod
    def build(
        cls, descriptions: Sequence[Description], *, encoder: Encoder | None = None
    ) -> "CandidateIndex":
        """An index over the descriptions; with a sentence encoder it recalls re-worded functions too."""
        return cls(descriptions, encoder)

    def query(self, description: Description, limit: int = 50) -> list[Candidate]:
        """The best by words and, with a model, the best by meaning: up to `limit` of each, best first.

        A description is never its own candidate (by id).
        """
        row = self._rows([bag_of(description)])
        scores = np.asarray((self._matrix @ row.T).todense(), dtype=np.float64).ravel()
        found = dict(self._top(scores, limit, description.id))
        if self._meaning is not None:
            for position, score in self._top(self._meaning.scores(description), limit, description.id):
                found[position] = max(score, found.get(position, 0.0))
        order = sorted(found, key=lambda position: (-found[position], position))
        return [Candidate(position, self._ids[position], found[position]) for position in order]

    def pairs(self, *, neighbours: int | None = None) -> Iterator[tuple[int, int, float]]:
        """Pairs (i < j, cosine over words): one is among the other's nearest; each once, in order.

        `neighbours` defaults to 20 + n / 10,000. Words of over a tenth of a large estate are left out.
        """
        count = neighbours or 20 + len(self._ids) // 10_000
        matrix = self._telling()
        transposed = csr_matrix(matrix.T)
        found: dict[tuple[int, int], float] = {}
        for start in range(0, matrix.shape[0], BLOCK):
            block = csr_matrix(matrix[start : start + BLOCK] @ transposed)
            for offset in range(block.shape[0]):
                left, right = block.indptr[offset], block.indptr[offset + 1]
                near = _nearest(block.indices[left:right], block.data[left:right], count + 1)
                for other, score in near:
                    if other != start + offset:
                        found[min(start + offset, other), max(start + offset, other)] = score
        for (one, two), score in sorted(found.items()):
            yield one, two, score

    def _telling(self) -> "csr_matrix[np.float32]":
        if len(self._ids) < COMMON_FROM:
            return self._matrix
        common = COMMON * len(self._ids)
        keep = [column for word, column in self._columns.items() if self.rarity.counts[word] <= common]
        return csr_matrix(self._matrix[:, sorted(keep)])

    def _rows(self, bags: Sequence[frozenset[str]]) -> "csr_matrix[np.float32]":
        indptr, indices, data = [0], list[int](), list[float]()
        for bag in bags:
            weights = {
                self._columns[word]: self.rarity.word(word) for word in sorted(bag) if word in self._columns
            }
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            for column in sorted(weights):
                indices.append(column)
                data.append(weights[column] / length)
            indptr.append(len(indices))
        shape = (len(bags), max(1, len(self._columns)))
        return csr_matrix((np.array(data, dtype=np.float32), indices, indptr), shape=shape)

    def _top(self, scores: NDArray[np.float64], limit: int, own: str) -> list[tuple[int, float]]:
        rounded = np.round(scores, 6)
        chosen = np.flatnonzero(rounded > 0)
        order = chosen[np.lexsort((chosen, -rounded[chosen]))]
        kept = [int(position) for position in order[: limit + 1] if self._ids[int(position)] != own]
        return [(position, float(rounded[position])) for position in kept[:limit]]


class _Meaning:
    """Max-sim over the distinct functions of an estate.

    Per function of the query: the functions of the estate with a cosine of .55 or more, ramp .50 to .85,
    weight ln((N + 1) / (soft count + .5)), summed and divided by the root of the number of functions.
    """

    def __init__(self, descriptions: Sequence[Description], encoder: Encoder) -> None:
        self._encoder = encoder
        self._size = len(descriptions)
        texts = sorted({item.text for description in descriptions for item in description.items})
        rank = {text: row for row, text in enumerate(texts)}
        self._vectors = encoder.encode(texts)
        owners = [sorted({rank[item.text] for item in description.items}) for description in descriptions]
        self._owned = np.array([row for rows in owners for row in rows], dtype=np.int64)
        self._owner = np.repeat(np.arange(len(owners)), [len(rows) for rows in owners])
        self._holders = np.bincount(self._owned, minlength=len(texts)).astype(np.float64)
        self._roots = np.sqrt(np.maximum(1, [len(rows) for rows in owners]))

    def scores(self, description: Description) -> NDArray[np.float64]:
        """A score for each description of the estate, scaled so that a perfect copy has about 1."""
        phrases = list(dict.fromkeys(item.text for item in description.items))
        total = np.zeros(self._size)
        if not phrases or not len(self._vectors):
            return total
        best = 0.0
        for row in _cosines(self._encoder.encode(phrases), self._vectors):
            ramp = np.where(row >= FLOOR, np.clip((row - LOW) / (HIGH - LOW), 0, 1), 0.0)
            weight = max(0.05, math.log((self._size + 1) / (float(ramp @ self._holders) + 0.5)))
            found = np.zeros(self._size)
            np.maximum.at(found, self._owner, ramp[self._owned])
            total += weight * found
            best += weight
        return np.asarray(total / self._roots / (best / math.sqrt(len(phrases))), dtype=np.float64)


def _cosines(queries: Vectors, vectors: Vectors) -> Iterator[NDArray[np.float64]]:
    for query in queries:
        yield np.round(vectors @ query, 4).astype(np.float64)


def bag_of(description: Description) -> frozenset[str]:
    """Words of everything said, and of each function its neighbouring words and its whole wording."""
    texts = (
        description.name,
        *description.aliases,
        description.text,
        *(item.text for item in description.items),
    )
    bag = {word for text in texts for word in words_of(text)}
    for item in description.items:
        words = words_of(item.text)
        bag.update(f"{one} {two}" for one, two in itertools.pairwise(words))
        bag.add(" ".join(words))
    return frozenset(bag - {""})


def counted(bags: Sequence[frozenset[str]]) -> Rarity:
    """How many of the bags hold each word."""
    counts: dict[str, int] = {}
    for bag in bags:
        for word in bag:
            counts[word] = counts.get(word, 0) + 1
    return Rarity(counts, len(bags))


def _nearest(
    indices: NDArray[np.int32], data: NDArray[np.float32], count: int
) -> Iterator[tuple[int, float]]:
    rounded = np.round(data, 5)
    if len(rounded) > count:
        limit = np.partition(rounded, len(rounded) - count)[len(rounded) - count]
        chosen = np.flatnonzero(rounded >= limit)
        indices, rounded = indices[chosen], rounded[chosen]
    order = np.lexsort((indices, -rounded))[:count]
    yield from ((int(indices[k]), float(rounded[k])) for k in order)
