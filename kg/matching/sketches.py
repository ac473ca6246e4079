"""Sums up what a system says in a row of small integers, by its words and by the meaning of its functions.

Products of such rows are exact in float32, so whatever is built on them is the same on every machine.
"""

import functools
import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from kg.matching.description import Description
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.phrases import plain
from kg.matching.rarity import Rarity

Sketches = NDArray[np.int8]
WIDTH = 256
MEANT, POWER = 1024, 3
"""Width of a row of meaning: no wider, or products would leave what float32 holds exactly."""
LARGEST = 127
BLOCK = 2_000


def word_sketches(
    descriptions: Sequence[Description], telling: Callable[[Description], frozenset[str]], rarity: Rarity
) -> Sketches:
    """One row for each description out of what is telling in it, rarer things weighing more.

    Each word points in a direction of its own that is drawn from its letters (random projection), so a row
    depends on nothing but its words and their counts.
    """
    vocabulary = sorted({word for one in descriptions for word in telling(one)})
    places = {word: place for place, word in enumerate(vocabulary)}
    weights = [rarity.word(word) for word in vocabulary]
    holds = _matrix([[places[word] for word in sorted(telling(one))] for one in descriptions], weights)
    rows = np.zeros((len(descriptions), WIDTH), dtype=np.float32)
    for start in range(0, len(vocabulary), BLOCK):
        signs = np.stack([_direction(word) for word in vocabulary[start : start + BLOCK]])
        rows += holds[:, start : start + BLOCK] @ signs
    return _small(rows)


def _matrix(rows: Sequence[Sequence[int]], weights: Sequence[float]) -> "csc_matrix[np.float32]":
    """What rows hold, by columns; a thing that a row holds twice counts twice."""
    columns = np.array([place for row in rows for place in row], dtype=np.int64)
    starts = np.cumsum([0, *map(len, rows)])
    values = np.array(weights, dtype=np.float32)[columns]
    return csc_matrix(csr_matrix((values, columns, starts), shape=(len(rows), len(weights))))


def meaning_sketches(
    descriptions: Sequence[Description], encoder: Encoder, rarity: Rarity, *, centre: Vectors | None = None
) -> tuple[Sketches, Vectors]:
    """One row for each description out of its functions' meaning, rarer ones weighing more; and the centre.

    Products of rows stand for the sum, over all pairs of functions, of the third power of their cosine: near
    functions count, those of the same field hardly (tensor sketch: products of random projections). `centre`
    is what all have in common and is taken off, of phrases and of rows; None takes the mean of these.
    """
    if centre is None:
        phrases = _common_to_phrases(descriptions, encoder)
        rows = _rows(descriptions, encoder, rarity, centre=phrases)
        held: NDArray[np.bool_] = np.any(rows, axis=1)
        common = np.round(rows[held].mean(axis=0), 5) if held.any() else np.zeros(MEANT, np.float32)
        centre = np.concatenate([phrases, common]).astype(np.float32)
    else:
        rows = _rows(descriptions, encoder, rarity, centre=centre[:-MEANT])
        held = np.any(rows, axis=1)
    np.subtract(rows, centre[-MEANT:], out=rows, where=held[:, None])
    return _small(np.round(rows, 5, out=rows)), centre


def _common_to_phrases(descriptions: Sequence[Description], encoder: Encoder) -> Vectors:
    texts = sorted({plain(item.text) for description in descriptions for item in description.items})
    if not texts:
        return np.zeros(encoder.encode([""]).shape[1], dtype=np.float32)
    sums = [encoder.encode(texts[start : start + BLOCK]).sum(axis=0) for start in range(0, len(texts), BLOCK)]
    mean: Vectors = np.round(np.sum(sums, axis=0) / len(texts), 4).astype(np.float32)
    return mean


def _rows(
    descriptions: Sequence[Description], encoder: Encoder, rarity: Rarity, *, centre: Vectors
) -> Vectors:
    lists = [[plain(item.text) for item in description.items] for description in descriptions]
    texts = sorted({text for phrases in lists for text in phrases})
    places = {text: place for place, text in enumerate(texts)}
    holds = _matrix(
        [[places[text] for text in phrases] for phrases in lists], [rarity.phrase(text) for text in texts]
    )
    rows = np.zeros((len(descriptions), MEANT), dtype=np.float32)
    for start in range(0, len(texts), BLOCK):
        powers = _powers(texts[start : start + BLOCK], encoder, centre=centre)
        rows += holds[:, start : start + BLOCK] @ powers
    for start in range(0, len(rows), BLOCK):
        rows[start : start + BLOCK] = _unit(rows[start : start + BLOCK])
    return rows


def _powers(texts: Sequence[str], encoder: Encoder, *, centre: Vectors) -> Vectors:
    apart = _unit(encoder.encode(texts) - centre)
    powers: Vectors = np.ones((len(texts), MEANT), dtype=np.float32)
    for signs in _projections(len(centre)):
        powers *= apart @ signs
    return powers


@functools.lru_cache(maxsize=4)
def _projections(width: int) -> tuple[NDArray[np.float32], ...]:
    """Matrices of signs, the same everywhere."""
    size = width * MEANT
    digests = (hashlib.shake_256(str(power).encode()).digest((size + 7) // 8) for power in range(POWER))
    bits = (np.unpackbits(np.frombuffer(digest, dtype=np.uint8))[:size] for digest in digests)
    return tuple(row.astype(np.float32).reshape(width, MEANT) * 2 - 1 for row in bits)


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit


def _small(rows: Vectors) -> Sketches:
    """Rows of small integers; block by block, because an estate has many rows."""
    small: Sketches = np.zeros(rows.shape, dtype=np.int8)
    for start in range(0, len(rows), BLOCK):
        # Unit rows of this width hardly reach a third; what does is cut.
        scaled = _unit(rows[start : start + BLOCK]) * (LARGEST * 3)
        small[start : start + BLOCK] = np.clip(np.round(scaled), -LARGEST, LARGEST)
    return small


@functools.lru_cache(maxsize=4096)
def _direction(word: str) -> NDArray[np.float32]:
    digest = hashlib.blake2b(word.encode(), digest_size=WIDTH // 8).digest()
    bits = np.unpackbits(np.frombuffer(digest, dtype=np.uint8))
    return bits.astype(np.float32) * 2 - 1
