"""Sums up what a system says in a row of small integers, by its words and by the meaning of its functions.

Products of such rows are exact in float32, so whatever is built on them is the same on every machine.
"""

import functools
import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.matching.description import Description
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.phrases import plain
from kg.matching.rarity import Rarity

Sketches = NDArray[np.int8]
WIDTH = 256
LARGEST = 127
BLOCK = 2_000


def word_sketches(bags: Sequence[frozenset[str]], rarity: Rarity) -> Sketches:
    """One row for each bag of words, rarer words weighing more; like bags have like rows.

    Each word points in a direction of its own that is drawn from its letters (random projection), so a row
    depends on nothing but its bag and the counts of words.
    """
    signs: dict[str, NDArray[np.float32]] = {}
    rows = np.zeros((len(bags), WIDTH), dtype=np.float32)
    for row, bag in zip(rows, bags, strict=True):
        words = sorted(bag)
        for word in words:
            if word not in signs:
                signs[word] = _direction(word)
        if words:
            weights = np.array([rarity.word(word) for word in words], dtype=np.float32)
            row[:] = weights @ np.stack([signs[word] for word in words])
    return _small(rows)


def meaning_sketches(
    descriptions: Sequence[Description], encoder: Encoder, rarity: Rarity, *, centre: Vectors | None = None
) -> tuple[Sketches, Vectors]:
    """One row for each description, the mean of its functions' vectors, rarer ones weighing more; the centre.

    `centre` is what all systems have in common and is taken off; None takes the mean of these.
    """
    means = np.concatenate(
        [
            _means(descriptions[start : start + BLOCK], encoder, rarity)
            for start in range(0, max(1, len(descriptions)), BLOCK)
        ]
    )
    held = np.abs(means).sum(axis=1) > 0
    if centre is None:
        centre = np.round(means[held].mean(axis=0), 4) if held.any() else np.zeros(means.shape[1], np.float32)
    means[held] -= centre
    return _small(np.round(means, 5)), np.asarray(centre, dtype=np.float32)


def _means(descriptions: Sequence[Description], encoder: Encoder, rarity: Rarity) -> Vectors:
    lists = [[plain(item.text) for item in description.items] for description in descriptions]
    texts = sorted({text for phrases in lists for text in phrases})
    places = {text: place for place, text in enumerate(texts)}
    vectors = encoder.encode(texts)
    rows = np.zeros((len(lists), vectors.shape[1]), dtype=np.float32)
    weighed = {text: rarity.phrase(text) for text in texts}
    for row, phrases in zip(rows, lists, strict=True):
        if phrases:
            weights = np.array([weighed[text] for text in phrases], dtype=np.float32)
            mean = weights @ vectors[[places[text] for text in phrases]]
            row[:] = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return rows


def _small(rows: Vectors) -> Sketches:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled = rows / np.maximum(lengths, 1e-9) * (LARGEST * 3)
    # Unit rows of this width hardly reach a third; what does is cut.
    small: Sketches = np.clip(np.round(scaled), -LARGEST, LARGEST).astype(np.int8)
    return small


@functools.lru_cache(maxsize=4096)
def _direction(word: str) -> NDArray[np.float32]:
    digest = hashlib.blake2b(word.encode(), digest_size=WIDTH // 8).digest()
    bits = np.unpackbits(np.frombuffer(digest, dtype=np.uint8))
    return bits.astype(np.float32) * 2 - 1
