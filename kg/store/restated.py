"""Whole records read back from the store file."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from kg.model import EntityId, Record
from kg.store.copying import Entry
from kg.store.folded import RelationKey
from kg.store.restating import Said, record
from kg.store.rows import CITATION, decode

_ENTRIES = (
    "SELECT r.key, d.name, r.digest, r.ended FROM record r JOIN delivery d ON d.key = r.delivery"
    " ORDER BY r.key"
)
_RECORDS = (
    f"SELECT r.key, r.subject, r.digest, r.ended, {CITATION} FROM json_each(?) j"  # noqa: S608 - a constant
    " JOIN record r ON r.key = j.value JOIN origin o ON o.key = r.origin ORDER BY r.key"
)
_ENTITIES = (
    "SELECT c.record, e.id, t.name, c.name, c.properties, c.own FROM json_each(?) j"
    " JOIN entity_claim c ON c.record = j.value JOIN entity e ON e.key = c.entity"
    " JOIN type t ON t.key = c.type"
    " ORDER BY c.record, c.entity, c.number"
)
_RELATIONS = (
    "SELECT c.record, s.id, t.name, x.id, c.properties, c.own FROM json_each(?) j"
    " JOIN relation_claim c ON c.record = j.value JOIN relation n ON n.key = c.relation"
    " JOIN type t ON t.key = n.type JOIN entity s ON s.key = n.source JOIN entity x ON x.key = n.target"
    " ORDER BY c.record, c.relation, c.number"
)


def entries(connection: sqlite3.Connection) -> Iterator[Entry]:
    """See Copyable."""
    for row in connection.cursor().execute(_ENTRIES):
        yield Entry(*row)


def stated(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Record]:
    """See Copyable."""
    wanted = str(list(numbers))
    entities = _entities(connection, wanted)
    relations = _relations(connection, wanted)
    return [
        record(
            tuple(citation),
            entities[key],
            relations[key],
            subject=EntityId(subject),
            digest=digest,
            ended=ended,
        )
        for key, subject, digest, ended, *citation in connection.cursor().execute(_RECORDS, (wanted,))
    ]


def _entities(
    connection: sqlite3.Connection, wanted: str
) -> dict[int, dict[tuple[EntityId, str], list[Said]]]:
    found: dict[int, dict[tuple[EntityId, str], list[Said]]] = defaultdict(lambda: defaultdict(list))
    for key, entity, kind, name, properties, own in connection.cursor().execute(_ENTITIES, (wanted,)):
        found[key][entity, kind].append((name, decode(properties), own))
    return found


def _relations(connection: sqlite3.Connection, wanted: str) -> dict[int, dict[RelationKey, list[Said]]]:
    found: dict[int, dict[RelationKey, list[Said]]] = defaultdict(lambda: defaultdict(list))
    rows: sqlite3.Cursor = connection.cursor().execute(_RELATIONS, (wanted,))
    row: tuple[Any, ...]
    for row in rows:
        key, source, kind, target, properties, own = row
        found[key][source, kind, target].append((None, decode(properties), own))
    return found
