"""What speaks for a function being one of a shared ability: wordings near it, and the words it is made of."""

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.matching.abilities.wordings import BUSINESS, Wordings
from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Vectors
from kg.matching.words import words_of

FEATURES = ("near", "business", "alone", "covered", "words", "last_word", "own_words")
"""`near`, `business`: mean cosine of the three nearest wordings of the ability, and of lines of business.

`alone`: how far the ability is ahead of the others; `covered`: the share of neighbouring characters that its
wordings have; `words`, `last_word`: log odds that abilities rather than business use the words (their mean),
the last one; `own_words`: that this ability uses its two most telling words. None is a length: a long
sentence of business is no more of an ability than a short one.
"""
CANDIDATES = 3
NEAREST = 3
WIDTH = 0.04
"""Distance in cosine at which a wording's weight falls by e; chosen by held-out folds among .03 to .08."""
_STEPS = 127.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An ability that a phrase may be of: its place, its features, its nearest wording."""

    place: int
    features: tuple[float, ...]
    nearest: str


class Odds:
    """How much rather abilities, and one of them, use a word than business does; smoothed towards 0."""

    def __init__(self, wordings: Wordings) -> None:
        self._texts = Counter(wordings.owners)
        self._abilities = sum(self._texts.values()) - self._texts[BUSINESS]
        self._by_owner: dict[int, Counter[str]] = defaultdict(Counter)
        self._any: Counter[str] = Counter()
        for text, owner in zip(wordings.texts, wordings.owners, strict=True):
            words = set(words_of(text))
            self._by_owner[owner].update(words)
            if owner != BUSINESS:
                self._any.update(words)

    def told(self, words: Sequence[str], place: int) -> tuple[float, ...]:
        """The three features from `words` on."""
        business = [_rate(self._by_owner[BUSINESS][word], self._texts[BUSINESS]) for word in words]
        pairs = list(zip(words, business, strict=True))
        of_any = [_rate(self._any[word], self._abilities) - rival for word, rival in pairs]
        own = sorted(_rate(self._by_owner[place][word], self._texts[place]) - rival for word, rival in pairs)
        return sum(of_any) / len(of_any), of_any[-1], sum(own[-2:]) / 2


class Evidence:
    """The wordings of some abilities with their vectors and words."""

    def __init__(self, wordings: Wordings, vectors: Vectors) -> None:
        self._texts = wordings.texts
        owners = np.array(wordings.owners, dtype=np.int64)
        self._size = int((owners != BUSINESS).sum())
        self._places = np.unique(owners[: self._size])
        self._starts = np.searchsorted(owners[: self._size], self._places)
        self._ends = np.append(self._starts[1:], self._size)
        self._steps, self._scales = _in_steps(vectors)
        self._odds = Odds(wordings)
        self._pieces = _pieces_of(wordings)

    def candidates(self, phrases: Sequence[str], vectors: Vectors) -> list[tuple[Candidate, ...]]:
        """For each phrase (and its vector) up to three abilities, the nearest first."""
        if not phrases or not self._size:
            return [()] * len(phrases)
        likes = self._likes(vectors)
        weights = np.add.reduceat(np.exp(likes[:, : self._size] / WIDTH), self._starts, axis=1)
        business = _nearest_mean(likes[:, self._size :])
        order = np.argsort(-weights, axis=1, kind="stable")[:, :CANDIDATES]
        rows = zip(phrases, likes, weights, business.tolist(), order.tolist(), strict=True)
        return [
            tuple(self._candidate(phrase, like, weight, at=at, business=rival) for at in chosen)
            for phrase, like, weight, rival, chosen in rows
        ]

    def _likes(self, vectors: Vectors) -> Vectors:
        """Cosines of each vector with each wording, the same to the last bit in every batch."""
        steps, scales = _in_steps(vectors)
        likes: Vectors = (steps @ self._steps.T) * (scales[:, None] * self._scales)
        return likes

    def _candidate(
        self, phrase: str, like: Vectors, weight: Vectors, *, at: int, business: float
    ) -> Candidate:
        own = like[self._starts[at] : self._ends[at]]
        place = int(self._places[at])
        others = float(weight.sum()) - float(weight[at])
        features = (
            float(_nearest_mean(own[None, :])[0]),
            business,
            math.log(float(weight[at]) / (others + 1.0)),
            _share(pieces(phrase), self._pieces[place]),
            *self._odds.told(tuple(dict.fromkeys(words_of(phrase))) or ("",), place),
        )
        return Candidate(place, features, self._texts[self._starts[at] + int(own.argmax())])


def pieces(text: str) -> frozenset[str]:
    """Neighbouring characters, two by two; the text itself where it has only one."""
    letters = "".join(letter for letter in prepared(text) if letter.isalnum())
    return frozenset(map("".join, itertools.pairwise(letters))) or frozenset({letters})


def _pieces_of(wordings: Wordings) -> Mapping[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for text, owner in zip(wordings.texts, wordings.owners, strict=True):
        found[owner].update(pieces(text))
    return {owner: frozenset(held) for owner, held in found.items()}


def _rate(count: int, size: int) -> float:
    return math.log((count + 0.3) / (size + 30))


def _in_steps(vectors: Vectors) -> tuple[Vectors, Vectors]:
    """Each row in whole steps of its own scale: sums of up to 1,040 products are exact in whatever order."""
    scales = np.maximum(np.abs(vectors).max(axis=1), np.float32(1e-9)) / np.float32(_STEPS)
    return np.round(vectors / scales[:, None]), scales


def _share(held: frozenset[str], known: frozenset[str]) -> float:
    return len(held & known) / len(held)


def _nearest_mean(likes: Vectors) -> NDArray[np.float64]:
    """Mean of the greatest values of each row; 0 for rows without any."""
    count = min(NEAREST, likes.shape[1])
    if not count:
        return np.zeros(len(likes))
    greatest = np.partition(likes, likes.shape[1] - count, axis=1)[:, -count:]
    mean: NDArray[np.float64] = greatest.mean(axis=1, dtype=np.float64)
    return mean
