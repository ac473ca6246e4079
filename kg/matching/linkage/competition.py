"""How each pair compares with the best other partner of either record, in the world or without a partner."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.matching.linkage.candidates import Floats, Ints, Marks, rounded
from kg.matching.linkage.comparison import Compared

NEAR_ZERO = 0.05
NEVER = -1e9
"""Below any score: what a record has as best other partner when it has none."""


@dataclass(frozen=True, slots=True)
class World:
    """Pairs with everything that is known of them; `ratios` (log) compare likenesses with those of rivals."""

    i: Ints
    j: Ints
    features: Floats
    likenesses: tuple[Floats, ...]
    ratios: tuple[Floats, ...]


def whole(compared: Compared) -> World:
    """The world as it is."""
    rivals = [_rivals(compared, likeness) for likeness in compared.likenesses]
    return _world(compared, np.arange(len(compared.i)), rivals)


def without_best(compared: Compared, score: Floats, side: int) -> World:
    """For each record of a side (0 left, 1 right) a world of its own in which its best partner is missing.

    What then still looks like a match is none: the true partner, if there is one, is gone.
    """
    key, other = (compared.i, compared.j) if side == 0 else (compared.j, compared.i)
    order = np.lexsort((other, -score, key))
    kept = np.ones(len(score), dtype=bool)
    kept[order[firsts(key[order])]] = False
    at = np.flatnonzero(kept)
    rivals = []
    for likeness in compared.likenesses:
        before = _rivals(compared, likeness)
        own = best_other(key[at], likeness[at], compared.sizes[side])
        rivals.append((own, before[1][at]) if side == 0 else (before[0][at], own))
    return _world(compared, at, rivals)


def best_other(key: Ints, score: Floats, size: int) -> Floats:
    """For each pair the best score among the other pairs of the same key; 0 where there is none."""
    order = np.lexsort((-score, key))
    first = firsts(key[order])
    second = np.concatenate([[False], first[:-1]]) & ~first if len(first) else first
    best, next_best = np.zeros(size), np.zeros(size)
    best[key[order[first]]] = score[order[first]]
    next_best[key[order[second]]] = score[order[second]]
    leads = np.zeros(len(score), dtype=bool)
    leads[order[first]] = True
    return np.where(leads, next_best[key], best[key])


def best_rival(key: Ints, score: Floats, size: int) -> Floats:
    """As `best_other` for scores of any sign; far below all where there is none."""
    least = float(score.min(initial=0.0)) - 1.0
    found = best_other(key, score - least, size)
    return np.where(found > 0, rounded(found + least), NEVER)


def firsts(key: Ints) -> Marks:
    """Where a new key begins in sorted keys."""
    return np.concatenate([[True], key[1:] != key[:-1]]) if len(key) else np.zeros(0, dtype=bool)


def _rivals(compared: Compared, likeness: Floats) -> tuple[Floats, Floats]:
    left, right = compared.sizes
    return best_other(compared.i, likeness, left), best_other(compared.j, likeness, right)


def _world(compared: Compared, at: Ints, rivals: Sequence[tuple[Floats, Floats]]) -> World:
    likenesses = tuple(likeness[at] for likeness in compared.likenesses)
    columns, ratios = [compared.plain[at]], list[Floats]()
    for likeness, of_both in zip(likenesses, rivals, strict=True):
        for rival in of_both:
            ratio = rounded(np.log((likeness + NEAR_ZERO) / (rival + NEAR_ZERO)))
            columns += [ratio[:, None], rounded(likeness - rival)[:, None]]
            ratios.append(ratio)
    return World(compared.i[at], compared.j[at], np.hstack(columns), likenesses, tuple(ratios))
