"""How well the words of each two phrases find partners in the other, for many pairs at once."""

import numpy as np
from numpy.typing import NDArray

from kg.matching.batch.texts import dots
from kg.matching.batch.wordings import Places, Shares, Wordings
from kg.matching.encoder.port import Encoder, Vectors


def partners(said: Wordings, left: Places, right: Places, *, encoder: Encoder) -> tuple[Shares, Shares]:
    """Share of words that find partners, of the weaker side, and the worst partner of a telling word."""
    cosines = _cosines(said, left, right, encoder=encoder)
    forward = _best(said, left, cosines.max(axis=2, initial=-np.inf))
    backward = _best(said, right, cosines.max(axis=1, initial=-np.inf))
    weakest = np.minimum(forward[1], backward[1])
    return np.minimum(forward[0], backward[0]), np.where(np.isinf(weakest), 1.0, weakest)


def _best(said: Wordings, phrases: Places, best: Vectors) -> tuple[Shares, Shares]:
    """Of each pair the mean of one side's best partners, longer words weighing more, and the least."""
    values, lengths = best.astype(np.float64), said.lengths[phrases]
    total, gained = np.zeros(len(phrases)), np.zeros(len(phrases))
    for place in range(values.shape[1]):
        present = lengths[:, place] > 0
        total += lengths[:, place]
        gained += np.where(present, values[:, place], 0.0) * lengths[:, place]
    telling = np.where(said.telling[phrases], values, np.inf)
    return gained / np.maximum(total, 1.0), telling.min(axis=1, initial=np.inf)


def _cosines(said: Wordings, left: Places, right: Places, *, encoder: Encoder) -> Vectors:
    """Of each pair the cosines of its words (n, k, k), minus infinity where a phrase has no such word."""
    one, two = said.words[left][:, :, None], said.words[right][:, None, :]
    size = len(said.vocabulary)
    present = (one >= 0) & (two >= 0)
    codes = np.where(present, np.minimum(one, two) * size + np.maximum(one, two), 0)
    needed = np.zeros(size * size, dtype=bool)
    needed[codes[present]] = True
    asked = np.flatnonzero(needed)
    known = np.zeros(size * size, dtype=np.float32)
    known[asked] = dots(encoder.encode(said.vocabulary), asked // size, asked % size)
    found: NDArray[np.float32] = np.where(present, known[codes], np.float32(-np.inf))
    return found
