"""Wordings as rows of small integers, so that what is built on their products is the same everywhere."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.matching.encoder.port import Encoder
from kg.matching.phrases import plain

Rows = NDArray[np.int8]
Pairs = NDArray[np.int64]
LARGEST = 127
BLOCK = 2_000


def rows_of(wordings: Sequence[str], encoder: Encoder) -> Rows:
    """One row for each wording; products of rows of up to 1,024 columns are exact in float32."""
    if not wordings:
        return np.zeros((0, 1), dtype=np.int8)
    parts = []
    for start in range(0, len(wordings), BLOCK):
        vectors = encoder.encode([plain(one) for one in wordings[start : start + BLOCK]])
        # Unit rows of this width hardly reach a third; what does is cut, and lengths are measured anew.
        scaled = np.round(vectors * (LARGEST * 3))
        parts.append(np.clip(scaled, -LARGEST, LARGEST).astype(np.int8))
    return np.concatenate(parts)


def lengths(rows: Rows) -> NDArray[np.float64]:
    """The length of each row; 1 for a row of zeros."""
    squares = [
        np.square(rows[start : start + BLOCK].astype(np.int64)).sum(axis=1)
        for start in range(0, len(rows), BLOCK)
    ]
    whole = np.concatenate(squares) if squares else np.zeros(0)
    return np.sqrt(np.maximum(whole, 1).astype(np.float64))


def cosines(rows: Rows, pairs: Pairs) -> NDArray[np.float64]:
    """The cosine of the two rows of each pair."""
    long = lengths(rows)
    parts = []
    for start in range(0, len(pairs), BLOCK):
        left, right = pairs[start : start + BLOCK].T
        products = np.einsum("ij,ij->i", rows[left].astype(np.int32), rows[right].astype(np.int32))
        parts.append(products / (long[left] * long[right]))
    return np.concatenate(parts) if parts else np.zeros(0)
