"""Stands in for the sentence model when it is absent: vectors of shared characters, no meaning."""

import hashlib
import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Mode, Vectors

WIDTH = 512
VERSION = 1


class LexicalEncoder:
    """Hashed characters and bigrams; the dot product says how much two wordings share."""

    mode: Mode = "lexical"
    key = f"lexical:{VERSION}"

    def __init__(self, reason: str) -> None:
        self.reason = reason

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """Rows of length 1, one for each phrase; an empty phrase has a row of zeros."""
        rows: Vectors = np.zeros((len(phrases), WIDTH), dtype=np.float32)
        for index, phrase in enumerate(phrases):
            for gram in _grams(prepared(phrase)):
                rows[index, _bucket(gram)] += 1.0
        lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
        rows /= np.maximum(lengths, 1e-9)[:, None]
        return rows


def _grams(text: str) -> Iterator[str]:
    letters = [letter for letter in text if letter.isalnum()]
    yield from letters
    yield from (first + second for first, second in itertools.pairwise(letters))


def _bucket(gram: str) -> int:
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=4).digest(), "big") % WIDTH
