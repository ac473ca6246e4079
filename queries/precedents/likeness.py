"""Which functions of decided projects are like the functions asked for, and how much."""

from collections.abc import Iterator, Sequence

import numpy as np

from kg.matching.alignment import pair_likeness
from kg.matching.phrases import pair_scores
from kg.matching.thresholds import thresholds
from queries.precedents.library import Library, encoded

ROWS = 256
"""Functions compared at a time: with 30,000 phrases a block takes 30 MB."""


def alike(texts: Sequence[str], library: Library, *, near: int, least: float) -> dict[str, dict[int, float]]:
    """For each text the phrases of the library (by number) that stand for it, with their likeness 0..1.

    With the sentence model it is the mean of likeness and phrase score, as in aligned lists; without it the
    phrase score. `near` phrases of each text are compared, `least` is what they must reach.
    """
    semantic = library.encoder.mode == "semantic"
    floor = thresholds().phrases.lists.likeness if semantic else least
    pairs = list(_near(texts, library, near=near, floor=floor))
    wordings = [(text, library.phrases[j]) for text, j in pairs]
    scores = pair_scores(wordings, library.encoder)
    if semantic:
        like = pair_likeness(wordings, library.encoder)
        scores = [(one + score) / 2 if one >= floor else 0.0 for one, score in zip(like, scores, strict=True)]
    found: dict[str, dict[int, float]] = {}
    for (text, j), score in zip(pairs, scores, strict=True):
        if round(score, 4) >= least:
            found.setdefault(text, {})[j] = round(score, 4)
    return found


def _near(texts: Sequence[str], library: Library, *, near: int, floor: float) -> Iterator[tuple[str, int]]:
    """Pairs of a text with its nearest phrases; of equally near ones all."""
    if not texts or not library.phrases:
        return
    rows = encoded(texts, library.encoder)
    kept = min(near, len(library.phrases))
    for start in range(0, len(texts), ROWS):
        cosine = np.round(rows[start : start + ROWS] @ library.vectors.T, 4)
        limit = np.partition(cosine, -kept, axis=1)[:, -kept][:, None]
        found, columns = np.nonzero((cosine >= limit) & (cosine >= floor))
        yield from ((texts[start + i], j) for i, j in zip(found.tolist(), columns.tolist(), strict=True))
