"""Keeps the vectors of phrases beside the store, so that each distinct phrase is embedded once."""

import json
import os
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from kg.matching.encoder.around import AroundEncoder
from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Encoder, Vectors

REMEMBERED = 50_000
"""Vectors held in memory, 2 KB each: comparing an estate asks for the same phrases again and again."""
ROOM = 1_000
"""Vectors for which there is room at first."""


class VectorCache:
    """A file of float16 vectors by model and text; safe for several processes, may be deleted any time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = self._open()
        self._process = os.getpid()
        self._lock = threading.RLock()

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        # Vectors that a power cut takes are made again; waiting for the disk each time would cost more.
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vector "
            "(model TEXT, text TEXT, value BLOB, PRIMARY KEY (model, text)) WITHOUT ROWID"
        )
        return connection

    @property
    def _connection(self) -> sqlite3.Connection:
        # A connection must not be carried over a fork; the child opens its own.
        if self._process != os.getpid():
            self._opened = self._open()
            self._process = os.getpid()
            # What another thread of the parent held when it was copied stays held here for ever.
            self._lock = threading.RLock()
        return self._opened

    def get(self, model: str, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors known for these texts; unknown ones are left out."""
        connection = self._connection
        with self._lock:
            rows = connection.execute(
                "SELECT text, vector.value FROM vector WHERE model = ? "
                "AND text IN (SELECT value FROM json_each(?))",
                (model, json.dumps(list(texts))),
            ).fetchall()
        return {text: np.frombuffer(value, dtype=np.float16).astype(np.float32) for text, value in rows}

    def put(self, model: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Adds vectors, one row for each text, in one transaction."""
        values = [
            (model, text, row.astype(np.float16).tobytes()) for text, row in zip(texts, vectors, strict=True)
        ]
        connection = self._connection
        # Threads share the connection, and a connection has one transaction at a time.
        with self._lock, connection:
            connection.executemany("INSERT OR IGNORE INTO vector VALUES (?, ?, ?)", values)

    def close(self) -> None:
        self._connection.close()


class CachedEncoder(AroundEncoder):
    """An encoder that asks the cache first; vectors pass through float16 either way, so they are the same."""

    def __init__(self, encoder: Encoder, cache: VectorCache) -> None:
        super().__init__(encoder)
        self._cache = cache
        self._recent = _Recent(encoder.encode([]).shape[1])

    def encode(self, phrases: Sequence[str]) -> Vectors:
        """Rows of (nearly) length 1, one for each phrase; new phrases are added to the cache."""
        texts = [prepared(phrase) for phrase in phrases]
        # Another thread may start anew with what is remembered while this one still reads.
        recent = self._recent
        missing = sorted({text for text in texts if text not in recent.rows})
        if missing and len(recent.rows) + len(missing) > REMEMBERED:
            recent = self._recent = _Recent(recent.width)
            missing = sorted(set(texts))
        if missing:
            recent.add(self._looked_up(missing))
        return recent.of(texts)

    def _looked_up(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of these distinct texts, new ones added to the file."""
        known = self._cache.get(self.key, texts)
        missing = [text for text in texts if text not in known]
        if missing:
            fresh = self._encoder.encode(missing).astype(np.float16).astype(np.float32)
            self._cache.put(self.key, missing, fresh)
            known.update(zip(missing, fresh, strict=True))
        return known


class _Recent:
    """Vectors in one table that grows, and the row of each text; threads may share it."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.rows: dict[str, int] = {}
        self._table = np.zeros((0, width), dtype=np.float32)
        self._lock = threading.Lock()

    def add(self, found: Mapping[str, Vectors]) -> None:
        """Remembers the vectors of these texts."""
        with self._lock:
            new = [text for text in found if text not in self.rows]
            size = len(self.rows)
            if size + len(new) > len(self._table):
                grown = np.zeros((max(ROOM, 2 * size, size + len(new)), self.width), dtype=np.float32)
                grown[:size] = self._table[:size]
                self._table = grown
            for row, text in enumerate(new, start=size):
                self._table[row] = found[text]
            # Last, so that whoever finds a row finds it filled.
            self.rows.update((text, row) for row, text in enumerate(new, start=size))

    def of(self, texts: Sequence[str]) -> Vectors:
        """One row for each of the texts, all of which are remembered."""
        places = [self.rows[text] for text in texts]
        chosen: Vectors = self._table[places] if places else self._table[:0]
        return chosen
