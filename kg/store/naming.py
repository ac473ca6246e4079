"""The name index of the store file: grams for parts of names, folded aliases for whole ones."""

import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kg.model import Entity
from kg.store.grams import name_grams
from kg.store.ranking import CROWD, aliases_of
from kg.text import fold

_ADD = {
    False: "INSERT INTO grams (rowid, text) VALUES (?, ?)",
    True: "INSERT INTO crowd_grams (rowid, text) VALUES (?, ?)",
}
_DROP = {
    False: "INSERT INTO grams (grams, rowid, text) VALUES ('delete', ?, ?)",
    True: "INSERT INTO crowd_grams (crowd_grams, rowid, text) VALUES ('delete', ?, ?)",
}


class Naming:
    """Keeps the index in step with the entities of one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @staticmethod
    def folded(name: str) -> str:
        """The name as compared."""
        return _folded(name)

    def add(self, fresh: Sequence[tuple[int, Entity]]) -> None:
        """Indexes new entities under their keys."""
        for crowd in (False, True):
            members = [(key, entity) for key, entity in fresh if (entity.type == CROWD) == crowd]
            self._connection.executemany(_ADD[crowd], ((key, _text(entity)) for key, entity in members))
            self._add_aliases(members)

    def rename(self, key: int, before: Entity, entity: Entity) -> None:
        """Follows a change of name, aliases or type."""
        if _index_key(before) == _index_key(entity):
            return
        self._connection.execute(_DROP[before.type == CROWD], (key, _text(before)))
        self._connection.executemany(
            "DELETE FROM alias WHERE folded = ? AND entity = ?",
            [(self.folded(alias), key) for alias in _aliases(before)],
        )
        self.add([(key, entity)])

    def _add_aliases(self, members: Iterable[tuple[int, Entity]]) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO alias VALUES (?, ?)",
            ((self.folded(alias), key) for key, entity in members for alias in _aliases(entity)),
        )


def _index_key(entity: Entity) -> tuple[bool, str, tuple[str, ...]]:
    return entity.type == CROWD, entity.name, _aliases(entity)


def _aliases(entity: Entity) -> tuple[str, ...]:
    return aliases_of(entity.properties.get("aliases"))


# Functions are worded alike: the same texts come again and again.
@lru_cache(maxsize=65536)
def _folded(name: str) -> str:
    return fold(name)


def _text(entity: Entity) -> str:
    return name_grams(_folded(entity.name), map(_folded, _aliases(entity)), spelled=entity.type != CROWD)
