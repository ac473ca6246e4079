"""Measures how two function phrases agree: object and action apart, word by word, and what only one says."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.lexicon.loading import phrase_lexicon
from kg.matching.words import dice, letters_of, stand_in, words_of

FEATURES = (
    "cosine",
    "letters",
    "action_class",
    "object",
    "action",
    "words",
    "weakest_word",
    "rest",
    "same_end",
    "same_start",
    "no_object_left",
    "opposite",
    "no_action",
)
"""All 0..1 (cosines may fall below): none is a length.

`object` and `action` are cosines of these parts alone; `words` how well each word finds a partner, the
weaker direction; `weakest_word` the worst partner of any word with an object; `rest` the cosine of the words
that the other side lacks.
"""
Shares = NDArray[np.float64]
ONE_SIDE = 0.75
NO_PART = 0.6
END = 2


@dataclass(frozen=True, slots=True)
class Wording:
    """A phrase, folded: its words, and those that name its object and its action joined."""

    text: str
    words: tuple[str, ...]
    telling: tuple[bool, ...]
    object: str
    action: str


@dataclass(frozen=True, slots=True)
class _Meant:
    """Vectors of distinct texts; each text's place among them, the empty one's -1."""

    vectors: Vectors
    places: Mapping[str, int]

    def alike(self, pairs: Sequence[tuple[str, str]], *, one_side: float) -> Vectors:
        """Cosine of each two texts; 1 when both are empty, `one_side` when one is."""
        left, right = (np.array([self.places[text] for text in side]) for side in zip(*pairs, strict=True))
        cosines = self.dots(left, right)
        cosines[(left < 0) ^ (right < 0)] = one_side
        cosines[(left < 0) & (right < 0)] = 1.0
        return cosines

    def dots(self, left: NDArray[np.int64], right: NDArray[np.int64]) -> Vectors:
        """Row by row, so that no pair depends on its neighbours."""
        products: Vectors = np.einsum("ij,ij->i", self.vectors[left], self.vectors[right])
        return products


def agreements(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> Vectors:
    """One row for each pair, one column for each of FEATURES; the same in either direction."""
    if not pairs:
        return np.zeros((0, len(FEATURES)), dtype=np.float32)
    wordings = [(wording(one), wording(two)) for one, two in pairs]
    rests = [(rest(*both), rest(*reversed(both))) for both in wordings]
    texts = {side for both in rests for side in both}
    for both in wordings:
        for side in both:
            texts.update((side.text, side.object, side.action, *side.words))
    known = sorted(texts - {""}) or [" "]
    meant = _Meant(encoder.encode(known), {text: place for place, text in enumerate(known)} | {"": -1})
    words, weakest = _partners(wordings, meant)
    said = np.array([_said(*both) for both in wordings], dtype=np.float32)
    columns = [
        meant.alike([(a.text, b.text) for a, b in wordings], one_side=0.0),
        said[:, 0],
        said[:, 1],
        meant.alike([(a.object, b.object) for a, b in wordings], one_side=ONE_SIDE),
        meant.alike([(a.action, b.action) for a, b in wordings], one_side=NO_PART),
        words,
        weakest,
        meant.alike(rests, one_side=ONE_SIDE),
        *said[:, 2:].T,
    ]
    return np.stack(columns, axis=1).astype(np.float32)


@functools.lru_cache(maxsize=200_000)
def wording(phrase: str) -> Wording:
    """The parts of a phrase."""
    words, idle = words_of(phrase), phrase_lexicon().idle_words
    telling = tuple(word not in idle for word in words)
    objects = "".join(word for word, tells in zip(words, telling, strict=True) if tells)
    return Wording(prepared(phrase), words, telling, objects, "".join(filter(_acts, words)))


def rest(one: Wording, other: Wording) -> str:
    """The words of one phrase that do not stand in the other, joined."""
    return "".join(word for word in one.words if word not in other.text)


@functools.lru_cache(maxsize=100_000)
def actions_of(phrase: str) -> frozenset[str]:
    """Classes of the actions a phrase names; empty when it names none."""
    known, longest = _acting()
    found = stand_in(prepared(phrase), known, longest=longest)
    return frozenset(name for word in found for name in known[word])


@functools.cache
def _acting() -> tuple[Mapping[str, tuple[str, ...]], int]:
    """The classes of each word of action, and the length of the longest."""
    known: dict[str, tuple[str, ...]] = {}
    for name, words in phrase_lexicon().actions.items():
        for word in words:
            known[word] = (*known.get(word, ()), name)
    return known, max(map(len, known))


def action_agreement(first: frozenset[str], second: frozenset[str]) -> float:
    """1 when the classes meet or one side has none, .5 when two are compatible, else 0."""
    if not first or not second or first & second:
        return 1.0
    pairs = phrase_lexicon().compatible_pairs
    return 0.5 if any(frozenset((one, two)) in pairs for one in first for two in second) else 0.0


def is_opposite(first: str, second: str) -> bool:
    """Whether one side holds one word of a pair of opposites and the other side the other."""
    left, right = opposites_of(first), opposites_of(second)
    return any(right.get(number, word) != word for number, word in left.items())


@functools.lru_cache(maxsize=100_000)
def opposites_of(text: str) -> Mapping[int, str]:
    """Of each pair of opposites of which the text holds only one, that one by the pair's number."""
    known, longest = _opposed()
    held: dict[int, set[str]] = {}
    for word in stand_in(text, known, longest=longest):
        for number in known[word]:
            held.setdefault(number, set()).add(word)
    return {number: min(words) for number, words in sorted(held.items()) if len(words) == 1}


@functools.cache
def _opposed() -> tuple[Mapping[str, tuple[int, ...]], int]:
    """The pairs of opposites each word is in, by number, and the length of the longest word."""
    known: dict[str, tuple[int, ...]] = {}
    for number, pair in enumerate(phrase_lexicon().vetoes):
        for word in pair:
            known[word] = (*known.get(word, ()), number)
    return known, max(map(len, known))


def _said(a: Wording, b: Wording) -> tuple[float, ...]:
    """What letters and word lists tell of a pair: letters, action class and the features after `rest`."""
    first, second = actions_of(a.text), actions_of(b.text)
    objects_left = any(
        tells and word not in other.text
        for one, other in ((a, b), (b, a))
        for word, tells in zip(one.words, one.telling, strict=True)
    )
    return (
        dice(letters_of(a.text), letters_of(b.text)),
        action_agreement(first, second),
        float(a.text[-END:] == b.text[-END:]),
        float(a.text[:END] == b.text[:END]),
        float(not objects_left),
        float(is_opposite(a.text, b.text)),
        float(not first or not second),
    )


def _partners(wordings: Sequence[tuple[Wording, Wording]], meant: _Meant) -> tuple[Shares, Shares]:
    """How well the words of each side find partners, longer words weighing more; and the worst partner."""
    sides = [_best(wordings, meant), _best([(b, a) for a, b in wordings], meant)]
    shares = np.minimum(sides[0][0], sides[1][0])
    weakest = np.minimum(sides[0][1], sides[1][1])
    empty = np.array([not a.words or not b.words for a, b in wordings], dtype=bool)
    return np.where(empty, 0.0, shares), np.where(empty, 0.0, np.where(np.isinf(weakest), 1.0, weakest))


def _best(wordings: Sequence[tuple[Wording, Wording]], meant: _Meant) -> tuple[Shares, Shares]:
    """Of each pair the weighted mean and the least, over telling words, of its first side's best partners."""
    size = len(wordings)
    shares, weakest = np.zeros(size), np.full(size, np.inf)
    asked = [(row, a, b) for row, (a, b) in enumerate(wordings) if a.words and b.words]
    if not asked:
        return shares, weakest
    places = meant.places
    left = [places[word] for _, a, b in asked for word in a.words for _ in b.words]
    right = [places[word] for _, a, b in asked for _ in a.words for word in b.words]
    widths = [len(b.words) for _, a, b in asked for _ in a.words]
    starts = np.concatenate([[0], np.cumsum(widths)[:-1]])
    best = np.maximum.reduceat(meant.dots(np.array(left), np.array(right)), starts).astype(np.float64)
    owner = np.array([row for row, a, _ in asked for _ in a.words])
    lengths = np.array([len(word) for _, a, _ in asked for word in a.words], dtype=np.float64)
    telling = np.array([tells for _, a, _ in asked for tells in a.telling], dtype=bool)
    total = np.bincount(owner, weights=lengths, minlength=size)
    shares = np.bincount(owner, weights=best * lengths, minlength=size) / np.maximum(total, 1.0)
    np.minimum.at(weakest, owner[telling], best[telling])
    return shares, weakest


@functools.lru_cache(maxsize=50_000)
def _acts(word: str) -> bool:
    return any(verb in word for verb in phrase_lexicon().action_words)
