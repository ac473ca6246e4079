"""Small keys for texts that recur in every row: types, deliveries, origins."""

import sqlite3

from kg.store.base import Delivery


class Interning:
    """Finds the key of a text, giving it one if it has none; remembers what it found."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._types: dict[str, int] = {}
        self._origins: dict[tuple[str, str, str], int] = {}

    def type(self, name: str) -> int:
        """The key of an entity or relation type."""
        key = self._types.get(name)
        if key is None:
            self._connection.execute("INSERT OR IGNORE INTO type (name) VALUES (?)", (name,))
            key = self._one("SELECT key FROM type WHERE name = ?", name)
            self._types[name] = key
        return key

    def origin(self, source: str, document: str, sha256: str) -> int:
        """The key of a document in one version of its bytes."""
        named = (source, document, sha256)
        key = self._origins.get(named)
        if key is None:
            self._connection.execute(
                "INSERT OR IGNORE INTO origin (source, document, sha256) VALUES (?, ?, ?)", named
            )
            key = self._one("SELECT key FROM origin WHERE source = ? AND document = ? AND sha256 = ?", *named)
            self._origins[named] = key
        return key

    def delivery(self, delivery: Delivery) -> int:
        """The key of a delivery, whose unit, period and date become the ones given."""
        said = (delivery.source, delivery.unit, delivery.period, delivery.said_on)
        self._connection.execute(
            "INSERT INTO delivery (name, source, unit, period, said_on) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET source = ?, unit = ?, period = ?, said_on = ?",
            (delivery.key, *said, *said),
        )
        return self._one("SELECT key FROM delivery WHERE name = ?", delivery.key)

    def _one(self, query: str, *parameters: str) -> int:
        return int(self._connection.execute(query, parameters).fetchone()[0])
