"""Measures how two function phrases agree: object and action apart, word by word, and what only one says."""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.lexicon.loading import phrase_lexicon
from kg.matching.words import dice, letters_of, words_of

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
    vectors: Vectors
    places: Mapping[str, int]

    def alike(self, first: str, second: str, *, one_side: float) -> float:
        """Cosine of two texts; 1 when both are empty, `one_side` when one is."""
        if not first or not second:
            return one_side if first or second else 1.0
        return float(self.vectors[self.places[first]] @ self.vectors[self.places[second]])

    def matrix(self, first: Sequence[str], second: Sequence[str]) -> Vectors:
        left = self.vectors[[self.places[word] for word in first]]
        return left @ self.vectors[[self.places[word] for word in second]].T


def agreements(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> Vectors:
    """One row for each pair, one column for each of FEATURES; the same in either direction."""
    wordings = [(wording(one), wording(two)) for one, two in pairs]
    rests = [(rest(*both), rest(*reversed(both))) for both in wordings]
    texts = {side for both in rests for side in both}
    for both in wordings:
        for side in both:
            texts.update((side.text, side.object, side.action, *side.words))
    known = sorted(texts - {""})
    meant = _Meant(encoder.encode(known), {text: place for place, text in enumerate(known)})
    rows = [_row(both, only, meant) for both, only in zip(wordings, rests, strict=True)]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(FEATURES))


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
    text = prepared(phrase)
    return frozenset(
        name for name, words in phrase_lexicon().actions.items() if any(word in text for word in words)
    )


def action_agreement(first: frozenset[str], second: frozenset[str]) -> float:
    """1 when the classes meet or one side has none, .5 when two are compatible, else 0."""
    if not first or not second or first & second:
        return 1.0
    pairs = phrase_lexicon().compatible_pairs
    return 0.5 if any(frozenset((one, two)) in pairs for one in first for two in second) else 0.0


def is_opposite(first: str, second: str) -> bool:
    """Whether one side holds one word of a pair of opposites and the other side the other."""
    left, right = _opposites(first), _opposites(second)
    return any(right.get(number, word) != word for number, word in left.items())


@functools.lru_cache(maxsize=100_000)
def _opposites(text: str) -> Mapping[int, str]:
    """Of each pair of opposites of which the text holds only one, that one by the pair's number."""
    held = ([word for word in pair if word in text] for pair in phrase_lexicon().vetoes)
    return {number: words[0] for number, words in enumerate(held) if len(words) == 1}


def _row(both: tuple[Wording, Wording], only: tuple[str, str], meant: _Meant) -> list[float]:
    a, b = both
    words, weakest = _partners(a, b, meant)
    first, second = actions_of(a.text), actions_of(b.text)
    objects_left = any(
        tells and word not in other.text
        for one, other in ((a, b), (b, a))
        for word, tells in zip(one.words, one.telling, strict=True)
    )
    return [
        meant.alike(a.text, b.text, one_side=0.0),
        dice(letters_of(a.text), letters_of(b.text)),
        action_agreement(first, second),
        meant.alike(a.object, b.object, one_side=ONE_SIDE),
        meant.alike(a.action, b.action, one_side=NO_PART),
        words,
        weakest,
        meant.alike(*only, one_side=ONE_SIDE),
        float(a.text[-END:] == b.text[-END:]),
        float(a.text[:END] == b.text[:END]),
        float(not objects_left),
        float(is_opposite(a.text, b.text)),
        float(not first or not second),
    ]


def _partners(a: Wording, b: Wording, meant: _Meant) -> tuple[float, float]:
    """How well the words of each side find partners, longer words weighing more; and the worst partner."""
    if not a.words or not b.words:
        return 0.0, 0.0
    alike = meant.matrix(a.words, b.words)
    sides = ((a, alike.max(axis=1)), (b, alike.max(axis=0)))
    shares = [float(np.average(best, weights=[len(word) for word in side.words])) for side, best in sides]
    telling = [float(best[list(side.telling)].min()) for side, best in sides if any(side.telling)]
    return min(shares), min(telling, default=1.0)


@functools.lru_cache(maxsize=50_000)
def _acts(word: str) -> bool:
    return any(verb in word for verb in phrase_lexicon().action_words)
