"""Proposes what is worth a comparison: by shared rare words, and by functions of the same meaning.

Scores over words are sparse products of binary word vectors weighted by IDF over the estate, so the result
does not depend on order, threads or batches; ties go to the smaller position.
"""

import functools
import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from kg.matching.description import Description
from kg.matching.encoder.port import Encoder
from kg.matching.meaning import Meaning
from kg.matching.rarity import Rarity
from kg.matching.words import words_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """A description of the index by position and id, and how promising it is, 0..1 within its list."""

    position: int
    id: str
    score: float


class CandidateIndex:
    """An estate made ready for recall; build once, ask often, from any number of threads."""

    def __init__(
        self,
        ids: Sequence[str],
        rarity: Rarity,
        holders: "csr_matrix[np.float32]",
        *,
        encoder: Encoder | None = None,
        meaning: Meaning | None = None,
    ) -> None:
        """`holders` has a row for each word of `rarity`, sorted, and a column for each description."""
        self._ids = ids
        self.rarity = rarity
        self._columns = {word: column for column, word in enumerate(sorted(rarity.counts))}
        self._holders = holders
        self._encoder = encoder if meaning is not None else None
        self._meaning = meaning

    @classmethod
    def build(cls, descriptions: Sequence[Description], *, encoder: Encoder | None = None) -> Self:
        """An index over the descriptions; with a sentence encoder it recalls re-worded functions too."""
        bags = [bag_of(description) for description in descriptions]
        rarity = counted(bags)
        columns = {word: column for column, word in enumerate(sorted(rarity.counts))}
        semantic = encoder is not None and encoder.mode == "semantic"
        return cls(
            [description.id for description in descriptions],
            rarity,
            csr_matrix(_rows(bags, columns, rarity).T),
            encoder=encoder,
            meaning=Meaning.of(descriptions, encoder) if encoder is not None and semantic else None,
        )

    @classmethod
    def from_arrays(cls, ids: Sequence[str], arrays: Mapping[str, NDArray[Any]], *, encoder: Encoder) -> Self:
        """The index that gave these arrays, over the same ids and encoder. Raises: KeyError, ValueError."""
        words = (
            arrays["words"].tobytes().decode("utf-8", "surrogatepass").split("\0")
            if len(arrays["words"])
            else []
        )
        counts = dict(zip(words, arrays["counts"].tolist(), strict=True))
        shape = (max(1, len(words)), len(ids))
        held = (arrays["weights"], arrays["holders"], arrays["offsets"])
        return cls(
            ids,
            Rarity(counts, len(ids)),
            csr_matrix(held, shape=shape, copy=False),
            encoder=encoder,
            meaning=Meaning.from_arrays(arrays) if "vectors" in arrays else None,
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything but ids and encoder, to be kept in a file."""
        text = "\0".join(self._columns).encode("utf-8", "surrogatepass")
        kept: dict[str, NDArray[Any]] = {
            "words": np.frombuffer(text, dtype=np.uint8),
            "counts": np.array([self.rarity.counts[word] for word in self._columns], dtype=np.int64),
            "weights": self._holders.data,
            "holders": self._holders.indices,
            "offsets": self._holders.indptr,
        }
        return kept | (self._meaning.arrays() if self._meaning else {})

    def query(self, description: Description, limit: int = 50) -> list[Candidate]:
        """The best by words and, with a model, the best by meaning: up to `limit` of each, best first.

        A description is never its own candidate (by id).
        """
        row = _rows([bag_of(description)], self._columns, self.rarity)
        scores = np.asarray((row @ self._holders).todense(), dtype=np.float64).ravel()
        found = dict(self._top(scores, limit, description.id))
        if self._meaning is not None and self._encoder is not None:
            meant = self._meaning.scores(description, self._encoder)
            for position, score in self._top(meant, limit, description.id):
                found[position] = max(score, found.get(position, 0.0))
        order = sorted(found, key=lambda position: (-found[position], position))
        return [Candidate(position, self._ids[position], found[position]) for position in order]

    def _top(self, scores: NDArray[np.float64], limit: int, own: str) -> list[tuple[int, float]]:
        rounded = np.round(scores, 6)
        chosen = np.flatnonzero(rounded > 0)
        if len(chosen) > limit:
            least = np.partition(rounded[chosen], len(chosen) - limit - 1)[len(chosen) - limit - 1]
            chosen = chosen[rounded[chosen] >= least]
        order = chosen[np.lexsort((chosen, -rounded[chosen]))]
        kept = [int(position) for position in order[: limit + 1] if self._ids[int(position)] != own]
        return [(position, float(rounded[position])) for position in kept[:limit]]


def _rows(
    bags: Sequence[frozenset[str]], columns: Mapping[str, int], rarity: Rarity
) -> "csr_matrix[np.float32]":
    """A row of unit length for each bag, rarer words weighing more."""
    indptr, indices, data = [0], list[int](), list[float]()
    for bag in bags:
        weights = {columns[word]: rarity.word(word) for word in sorted(bag) if word in columns}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        for column in sorted(weights):
            indices.append(column)
            data.append(weights[column] / length)
        indptr.append(len(indices))
    shape = (len(bags), max(1, len(columns)))
    return csr_matrix((np.array(data, dtype=np.float32), indices, indptr), shape=shape)


def bag_of(description: Description) -> frozenset[str]:
    """Words of everything said, and of each function its neighbouring words and its whole wording."""
    said = (description.name, *description.aliases, description.text)
    bag = {word for text in said for word in words_of(text)}
    bag.update(*(_of_function(item.text) for item in description.items))
    return frozenset(bag - {""})


@functools.lru_cache(maxsize=100_000)
def _of_function(text: str) -> tuple[str, ...]:
    words = words_of(text)
    return (*words, *(f"{one} {two}" for one, two in itertools.pairwise(words)), " ".join(words))


def counted(bags: Sequence[frozenset[str]]) -> Rarity:
    """How many of the bags hold each word."""
    counts: dict[str, int] = {}
    for bag in bags:
        for word in bag:
            counts[word] = counts.get(word, 0) + 1
    return Rarity(counts, len(bags))
