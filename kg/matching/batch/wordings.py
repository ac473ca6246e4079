"""The phrases of a block as rows of numbers: letters and words as bits, classes as places in lists."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.matching.agreement import (
    END,
    Wording,
    action_agreement,
    actions_of,
    is_opposite,
    opposites_of,
    wording,
)
from kg.matching.words import letters_of, stand_in

Bits = NDArray[np.uint64]
Places = NDArray[np.int64]
Shares = NDArray[np.float64]
WORD = 64
MOST_WORDS = 12
"""Phrases of more words are rare and compared one by one."""
T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Classes:
    """Of each phrase the place of what it says in a list, and how any two of that list agree."""

    places: Places
    agreement: Shares

    def agree(self, left: Places, right: Places) -> Shares:
        """The agreement of phrases by their places in the block."""
        found: Shares = self.agreement[self.places[left], self.places[right]]
        return found


@dataclass(frozen=True, slots=True)
class Wordings:
    """Distinct phrases of a block, row by row.

    `words` (n, k) are places in `vocabulary`, -1 where a phrase has fewer; `holds` are bits of the words of
    the vocabulary that stand anywhere in the phrase; `telling` marks words with an object. `odd` phrases have
    no words or too many and are left to the comparison one by one.
    """

    phrases: tuple[str, ...]
    parts: tuple[Wording, ...]
    odd: NDArray[np.bool_]
    letters: Bits
    sizes: Places
    vocabulary: tuple[str, ...]
    words: Places
    holds: Bits
    telling: NDArray[np.bool_]
    lengths: Shares
    folded: Places
    ends: Places
    starts: Places
    acts: Classes
    opposites: Classes
    active: NDArray[np.bool_]


def wordings(phrases: Sequence[str]) -> Wordings:
    """The phrases, which are distinct and plain, as rows of numbers."""
    parts = tuple(wording(phrase) for phrase in phrases)
    letters = [letters_of(part.text) for part in parts]
    counts = np.array([len(part.words) for part in parts], dtype=np.int64)
    odd = (counts == 0) | (counts > MOST_WORDS)
    known = [() if left_out else part.words for part, left_out in zip(parts, odd.tolist(), strict=True)]
    vocabulary = sorted({word for words in known for word in words})
    places = {word: place for place, word in enumerate(vocabulary)}
    width = max((len(words) for words in known), default=0)
    words = _padded([[places[word] for word in row] for row in known], width, fill=-1)
    acts = [actions_of(part.text) for part in parts]
    return Wordings(
        phrases=tuple(phrases),
        parts=parts,
        odd=odd,
        letters=_letter_bits(letters),
        sizes=np.array([len(one) for one in letters], dtype=np.int64),
        vocabulary=tuple(vocabulary),
        words=words,
        holds=_held(parts, places),
        telling=_padded(
            [part.telling[: len(row)] for part, row in zip(parts, known, strict=True)], width, fill=0
        ).astype(bool),
        lengths=_padded([[len(word) for word in row] for row in known], width, fill=0).astype(np.float64),
        folded=_numbered([part.text for part in parts]),
        ends=_numbered([part.text[-END:] for part in parts]),
        starts=_numbered([part.text[:END] for part in parts]),
        acts=_classes(acts, action_agreement),
        opposites=_opposed(parts),
        active=np.array([bool(one) for one in acts], dtype=bool),
    )


def _padded(rows: Sequence[Sequence[int]], width: int, *, fill: int) -> Places:
    table = np.full((len(rows), width), fill, dtype=np.int64)
    for place, row in enumerate(rows):
        table[place, : len(row)] = row
    return table


def _numbered(values: Sequence[Hashable]) -> Places:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], dtype=np.int64)


def _classes(values: Sequence[T], agreement: Callable[[T, T], float]) -> Classes:
    distinct = list(dict.fromkeys(values))
    table = [[agreement(one, two) for two in distinct] for one in distinct]
    return Classes(_numbered(values), np.array(table, dtype=np.float64).reshape(len(distinct), -1))


def _opposed(parts: Sequence[Wording]) -> Classes:
    """Phrases that hold the same words of pairs of opposites stand for each other."""
    held = [tuple(sorted(opposites_of(part.text).items())) for part in parts]
    spoken = {said: part.text for said, part in zip(held, parts, strict=True)}
    return _classes(held, lambda one, two: float(is_opposite(spoken[one], spoken[two])))


def _letter_bits(letters: Sequence[frozenset[str]]) -> Bits:
    places = {letter: place for place, letter in enumerate(sorted(frozenset().union(*letters)))}
    rows = [[places[letter] for letter in row] for row in letters]
    return _bits(rows, len(places))


def _held(parts: Sequence[Wording], places: dict[str, int]) -> Bits:
    """Of each phrase the words of the vocabulary that stand in it, wherever they begin."""
    longest = max(map(len, places), default=0)
    rows = [[places[word] for word in stand_in(part.text, places, longest=longest)] for part in parts]
    return _bits(rows, len(places))


def _bits(rows: Sequence[Sequence[int]], size: int) -> Bits:
    table = np.zeros((len(rows), max(1, -(-size // WORD))), dtype=np.uint64)
    owner = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    flat = np.array([place for row in rows for place in row], dtype=np.uint64)
    np.bitwise_or.at(
        table, (owner, (flat // WORD).astype(np.int64)), np.uint64(1) << (flat % np.uint64(WORD))
    )
    return table
