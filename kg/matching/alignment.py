"""Aligns two lists of functions, one to one, by meaning and by what else stands in the lists.

likeness = cos - .2 * penalty of the phrase score. The whole penalty, which tells a single pair with common
characters from a paraphrase, misleads where a function has its true partner in the list: measured by
`benchmarks/measure_alignment.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.phrases import bands, pair_scores, penalties, plain
from kg.matching.thresholds import thresholds
from kg.matching.words import dice, letters_of

SHARE = 0.2
NEAR, FLOOR = 0.05, 0.5
"""Pairs so far below the best of row and column, or below the floor, keep their cosine: none decides."""
Cells = tuple[NDArray[np.int64], NDArray[np.int64]]
RIVALS = 3
"""Lists shorter than this hold no competition to judge by."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """The partner of phrase `i` of the first list: phrase `j` of the second, -1 when that list is empty.

    `score` is at most 1 and may be negative; `same` says whether both are one function.
    """

    i: int
    j: int
    score: float
    same: bool


def likeness(first: Sequence[str], second: Sequence[str], encoder: Encoder) -> Vectors:
    """Likeness of every phrase of `first` (rows) with every phrase of `second`, at most 1, rounded to 1e-4.

    Without the sentence model it is the share of common letters.
    """
    if encoder.mode == "lexical":
        return np.array([[dice(letters_of(a), letters_of(b)) for b in second] for a in first], np.float32)
    left, right = [plain(text) for text in first], [plain(text) for text in second]
    cosine = encoder.encode(left) @ encoder.encode(right).T
    rows, columns = near_cells(cosine)
    lost = penalties(
        [(left[i], right[j]) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)], encoder
    )
    return penalised(cosine, (rows, columns), np.array(lost))


def near_cells(cosine: Vectors) -> Cells:
    """Rows and columns of the pairs that may be partners: near the best of their row and column."""
    best = np.minimum(cosine.max(axis=1, keepdims=True), cosine.max(axis=0, keepdims=True))
    rows, columns = np.nonzero((cosine >= best - NEAR) & (cosine >= FLOOR))
    return rows, columns


def penalised(cosine: Vectors, cells: Cells, lost: NDArray[np.float64]) -> Vectors:
    """The likeness of every pair, of which those at `cells` lose something."""
    found = np.array(cosine, dtype=np.float32)
    found[cells] -= SHARE * lost.astype(np.float32)
    rounded: Vectors = np.round(found, 4).clip(max=1.0)
    return rounded


def pair_likeness(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> list[float]:
    """The likeness of each pair of phrases."""
    if encoder.mode == "lexical":
        return [round(dice(letters_of(one), letters_of(two)), 4) for one, two in pairs]
    if not pairs:
        return []
    wordings = [(plain(one), plain(two)) for one, two in pairs]
    left, right = (encoder.encode(side) for side in zip(*wordings, strict=True))
    cosine = np.einsum("ij,ij->i", left, right)
    lost = penalties(wordings, encoder)
    return [round(min(1.0, float(one) - SHARE * two), 4) for one, two in zip(cosine, lost, strict=True)]


def align(first: Sequence[str], second: Sequence[str], encoder: Encoder) -> list[Aligned]:
    """The best partner in `second` for each phrase of `first`, in its order; partners may repeat.

    Where both lists have rivals the partners that are `same` are one to one, and `score` is the mean of
    likeness and phrase score; else it is the phrase score.
    """
    if not second or not first:
        return [Aligned(i, -1, 0.0, same=False) for i in range(len(first))]
    like = likeness(first, second, encoder)
    best = {i: int(np.argmax(row)) for i, row in enumerate(like)}
    if encoder.mode == "lexical" or min(len(first), len(second)) < RIVALS:
        limit = bands(encoder).same
        scores = pair_scores([(first[i], second[j]) for i, j in best.items()], encoder)
        return [Aligned(i, best[i], score, same=score >= limit) for i, score in enumerate(scores)]
    limits = thresholds().phrases.lists
    paired = dict(pair_up(like, limits.likeness))
    best |= paired
    scores = pair_scores([(first[i], second[j]) for i, j in best.items()], encoder)
    return [
        Aligned(i, j, round((float(like[i, j]) + score) / 2, 4), same=i in paired and score >= limits.score)
        for (i, j), score in zip(best.items(), scores, strict=True)
    ]


def pair_up(scores: Vectors, limit: float) -> list[tuple[int, int]]:
    """One-to-one pairs with a score of at least `limit` whose sum is greatest, by first index."""
    if not scores.size:
        return []
    gain = np.where(scores >= limit, scores, 0.0)
    rows, columns = linear_sum_assignment(-gain)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if scores[i, j] >= limit]
