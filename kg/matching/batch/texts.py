"""Cosines of many pairs of short texts; each distinct text and pair is seen to once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.matching.encoder.port import Encoder, Vectors

Places = NDArray[np.int64]
ROOM = 500
"""Pairs multiplied at once: their vectors should stay in the processor's cache."""


class Texts:
    """Texts by their places in the sequence given, of which the same may stand there often."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        known = sorted(set(texts) - {""})
        rows = {text: row for row, text in enumerate(known)} | {"": -1}
        self._rows = np.array([rows[text] for text in texts], dtype=np.int64)
        self._vectors = encoder.encode(known)

    def alike(self, left: Places, right: Places, *, one_side: float) -> Vectors:
        """Cosine of each two texts; 1 when both are empty, `one_side` when one is."""
        one, two = self._rows[left], self._rows[right]
        found = np.where((one < 0) & (two < 0), 1.0, one_side).astype(np.float32)
        both = np.flatnonzero((one >= 0) & (two >= 0))
        if len(both):
            size = len(self._vectors)
            lower, higher = np.minimum(one[both], two[both]), np.maximum(one[both], two[both])
            codes, places = np.unique(lower * size + higher, return_inverse=True)
            found[both] = dots(self._vectors, codes // size, codes % size)[places]
        return found


def dots(vectors: Vectors, left: Places, right: Places) -> Vectors:
    """Products of rows, one by one, so that no pair depends on its neighbours."""
    found = np.zeros(len(left), dtype=np.float32)
    for start in range(0, len(left), ROOM):
        part = slice(start, start + ROOM)
        found[part] = np.einsum("ij,ij->i", vectors[left[part]], vectors[right[part]])
    return found
