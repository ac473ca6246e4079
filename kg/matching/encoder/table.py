"""Holds the vectors of an estate's phrases in one table, so that comparing many systems looks nothing up."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from kg.matching.encoder.port import Encoder, Mode, Vectors

BATCH = 1000
Told = Callable[[int, int], None]


class TableEncoder:
    """An encoder that answers from a table of phrases, and asks the other one for what is not in it."""

    def __init__(self, encoder: Encoder, phrases: Iterable[str], *, told: Told | None = None) -> None:
        """Encodes the distinct phrases; `told` hears how many of how many are done."""
        self._encoder = encoder
        texts = sorted(set(phrases))
        self._rows = {text: row for row, text in enumerate(texts)}
        parts = []
        for start in range(0, len(texts), BATCH):
            parts.append(encoder.encode(texts[start : start + BATCH]))
            if told is not None:
                told(min(len(texts), start + BATCH), len(texts))
        self._table = np.concatenate(parts) if parts else encoder.encode([])

    @property
    def key(self) -> str:
        return self._encoder.key

    @property
    def mode(self) -> Mode:
        return self._encoder.mode

    @property
    def reason(self) -> str:
        return self._encoder.reason

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """Rows of length 1, one for each phrase."""
        try:
            chosen: Vectors = self._table[[self._rows[phrase] for phrase in phrases]]
        except KeyError:
            return self._encoder.encode(phrases)
        return chosen if len(phrases) else self._encoder.encode(phrases)
