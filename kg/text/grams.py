"""Search grams: overlapping pairs of characters, so that every sub-phrase of two or more is found."""

import re

from kg.text.normal import fold

RUNS = re.compile(r"[㐀-鿿豈-﫿𠀀-𱍏]+|[^\W_㐀-鿿豈-﫿𠀀-𱍏]+")


def _is_han(run: str) -> bool:
    return bool(re.match(r"[㐀-鿿豈-﫿𠀀-𱍏]", run))


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of neighbouring characters inside each run of letters or Han, in order, repeats kept.

    A run of one character yields itself.
    """
    pairs: list[str] = []
    for run in RUNS.findall(fold(text)):
        pairs.extend([run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)])
    return pairs


def grams(text: str) -> list[str]:
    """What an index stores for a name: its bigrams and, for Han, its single characters."""
    singles = [char for run in RUNS.findall(fold(text)) if _is_han(run) for char in run]
    return bigrams(text) + singles
