"""Cuts phrases into words and characters for comparison."""

import functools
from collections.abc import Container, Iterator

import rjieba

from kg.matching.encoder.onnx import prepared


@functools.lru_cache(maxsize=200_000)
def words_of(text: str) -> tuple[str, ...]:
    """Words of a text in order, folded (NFKC, lower case), without punctuation."""
    return tuple(word for word in rjieba.cut(prepared(text)) if any(letter.isalnum() for letter in word))


@functools.lru_cache(maxsize=200_000)
def letters_of(text: str) -> frozenset[str]:
    """Distinct letters and digits of a text, folded."""
    return frozenset(letter for letter in prepared(text) if letter.isalnum())


def stand_in(text: str, known: Container[str], *, longest: int) -> Iterator[str]:
    """The known words, none longer than `longest`, that stand anywhere in a text."""
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + longest) + 1):
            if text[start:end] in known:
                yield text[start:end]


def dice(first: frozenset[str], second: frozenset[str]) -> float:
    """Dice coefficient of two sets; 0 when both are empty."""
    total = len(first) + len(second)
    return 2 * len(first & second) / total if total else 0.0
