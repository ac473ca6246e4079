"""Holds the vectors of an estate's phrases in one table, so that comparing many systems looks nothing up."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from kg.matching.encoder.around import AroundEncoder
from kg.matching.encoder.port import Encoder, Vectors

BATCH = 1000
ROOM = 8_000
"""Rows by which the table grows."""
Told = Callable[[int, int], None]


class TableEncoder(AroundEncoder):
    """An encoder that asks the other one once for each phrase; for one thread, for the time of one run."""

    def __init__(self, encoder: Encoder, phrases: Iterable[str], *, told: Told | None = None) -> None:
        """Encodes the distinct phrases; `told` hears how many of how many are done."""
        super().__init__(encoder)
        texts = sorted(set(phrases))
        self._rows = {text: row for row, text in enumerate(texts)}
        parts = []
        for start in range(0, len(texts), BATCH):
            parts.append(encoder.encode(texts[start : start + BATCH]))
            if told is not None:
                told(min(len(texts), start + BATCH), len(texts))
        self._table = np.concatenate(parts) if parts else encoder.encode([])

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """Rows of length 1, one for each phrase; parts of phrases are remembered too."""
        if not phrases:
            return self._encoder.encode(phrases)
        try:
            chosen: Vectors = self._table[[self._rows[phrase] for phrase in phrases]]
        except KeyError:
            self._add([phrase for phrase in dict.fromkeys(phrases) if phrase not in self._rows])
            chosen = self._table[[self._rows[phrase] for phrase in phrases]]
        return chosen

    def _add(self, phrases: Sequence[str]) -> None:
        size = len(self._rows)
        if size + len(phrases) > len(self._table):
            room = np.zeros((len(self._table) + max(ROOM, len(phrases)), self._table.shape[1]), np.float32)
            room[:size] = self._table[:size]
            self._table = room
        self._table[size : size + len(phrases)] = self._encoder.encode(phrases)
        self._rows.update((phrase, size + row) for row, phrase in enumerate(phrases))
