"""Runs of what functions do: lists made from one another share them, whatever their objects are called."""

from kg.matching.description import Description
from kg.matching.phrases import plain
from kg.matching.words import words_of

LENGTH = 3
"""Of 300 generated re-skins among 20,000 systems runs of three find all at the first place, of two 299."""


def does(phrase: str) -> str:
    """What a function does: its last word, for the object stands before."""
    words = words_of(plain(phrase))
    return words[-1] if words else phrase


def runs_of(description: Description) -> frozenset[str]:
    """What every three functions do that follow each other."""
    done = [does(item.text) for item in description.items]
    return frozenset("|".join(done[at : at + LENGTH]) for at in range(len(done) - LENGTH + 1))
