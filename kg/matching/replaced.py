"""Sees lists of functions of which one was made from the other by putting other words for its objects.

Functions are paired in order by what they do. A pair of words that stands for the same other words again and
again is a replacement; several of them are neither chance nor the template of one business.
"""

import functools
from collections import Counter
from collections.abc import Sequence

from kg.matching.agreement import rest, wording
from kg.matching.phrases import plain
from kg.matching.runs import does

REPEATED, SEVERAL = 2, 3
"""How often a replacement must occur, and how many must: lists of neighbours differ by one or two."""


@functools.lru_cache(maxsize=65_536)
def replaced(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Share of the shorter list that the other one repeats in order, object words replaced throughout; 0..1.

    0 where fewer than three objects were replaced more than once.
    """
    one, two = sorted((first, second))
    paired = _in_order([plain(item) for item in one], [plain(item) for item in two])
    changed = Counter(_change(a, b) for a, b in paired if a != b)
    partners = [Counter[str](), Counter[str]()]
    for change in changed:
        for words, side in zip(change, partners, strict=True):
            side[words] = max(side[words], changed[change])
    found = [
        count
        for change, count in changed.items()
        if all(change)
        and count >= REPEATED
        and all(count == side[words] for words, side in zip(change, partners, strict=True))
    ]
    kept = sum(a == b for a, b in paired)
    return (sum(found) + kept) / min(len(one), len(two)) if len(found) >= SEVERAL else 0.0


def could_be_replaced(first: Sequence[str], second: Sequence[str], *, limit: float) -> bool:
    """Whether enough functions do the same, in whatever order, for `replaced` to reach the limit."""
    shared = Counter(map(does, first)) & Counter(map(does, second))
    return shared.total() >= limit * min(len(first), len(second))


def _in_order(one: Sequence[str], two: Sequence[str]) -> list[tuple[str, str]]:
    """The longest run of pairs, in the order of both lists, of functions that do the same."""
    first, second = [does(item) for item in one], [does(item) for item in two]
    longest = [[0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        row, below = longest[i], longest[i + 1]
        for j in range(len(two) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if first[i] == second[j] else max(below[j], row[j + 1])
    paired, i, j = [], 0, 0
    while i < len(one) and j < len(two):
        if first[i] == second[j]:
            paired.append((one[i], two[j]))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return paired


def _change(one: str, two: str) -> tuple[str, str]:
    """The words of each side that the other lacks."""
    a, b = wording(one), wording(two)
    return rest(a, b), rest(b, a)
