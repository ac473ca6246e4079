"""Writing records into the store file: keys, claims, the fold of what is claimed, the grams of names."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.errors import ValidationError
from kg.model import Entity, EntityId, Properties, Record, RunId
from kg.store.agreement import agrees
from kg.store.base import Counts, Delivery, Lifetime
from kg.store.fold import Precedence, fold_entity, fold_relation
from kg.store.folded import RelationKey
from kg.store.interning import Interning
from kg.store.naming import Naming
from kg.store.reading import FileReading
from kg.store.records import Saying, sayings
from kg.store.rows import decode, encode, encode_citation, encode_place, packed

CHUNK = 5000
End = tuple[int | None, str | None]
"""The run that ended a record, and the day; None and None while it holds."""


@dataclass(slots=True)
class Batch:
    """The facts of some records, by identity, each with the record and the number of every assertion."""

    entities: dict[EntityId, list[tuple[int, Saying]]] = field(default_factory=dict)
    relations: dict[RelationKey, list[tuple[int, Saying]]] = field(default_factory=dict)

    def add(self, key: int, record: Record) -> None:
        """Takes in a record under its key."""
        for entity in record.entities:
            said = self.entities.setdefault(entity.id, [])
            said += [(key, saying) for saying in sayings(entity, record)]
        for relation in record.relations:
            said = self.relations.setdefault(relation.key, [])
            said += [(key, saying) for saying in sayings(relation, record)]


@dataclass(frozen=True, slots=True)
class Known:
    """An entity that is in the file already."""

    key: int
    shown: Entity
    open: bool


class FileWriting:
    """Writes through one connection; the caller opens and commits the transactions."""

    def __init__(self, connection: sqlite3.Connection, ontology: Precedence, reading: FileReading) -> None:
        self._connection = connection
        self._ontology = ontology
        self._reading = reading
        self._interning = Interning(connection)
        self._naming = Naming(connection)

    def forget_keys(self) -> None:
        """Drops remembered keys; needed after a rollback and whenever another process may have written."""
        self._interning = Interning(self._connection)

    def upsert(self, run: RunId, delivery: Delivery, records: Sequence[Record]) -> Counts:
        """Writes records, all of them new to the delivery; those that are over are closed at once."""
        delivery_key = self._interning.delivery(delivery)
        held = [record for record in records if record.ended is None]
        over = [record for record in records if record.ended is not None]
        _, batch = self._insert(run, delivery_key, held)
        counts = self._write(batch, ends_must_hold=True)
        if not over:
            return counts
        first, batch = self._insert(run, delivery_key, over)
        added = self._write(batch, ends_must_hold=False)
        self._date({first + at: (run, record.ended) for at, record in enumerate(over)})
        return Counts(counts.entities + added.entities, counts.relations + added.relations)

    def _insert(self, run: RunId, delivery: int, records: Sequence[Record]) -> tuple[int, Batch]:
        """Writes the rows of records; returns the key of the first and what they say."""
        batch = Batch()
        first = self._next("record")
        rows = []
        for key, record in enumerate(records, first):
            rows.append(self._record_row(key, record, delivery=delivery, run=run))
            batch.add(key, record)
        self._connection.executemany(f"INSERT INTO record VALUES ({', '.join('?' * 15)})", rows)  # noqa: S608
        return first, batch

    def _write(self, batch: Batch, *, ends_must_hold: bool) -> Counts:
        known = self._known([*batch.entities, *(end for key in batch.relations for end in (key[0], key[2]))])
        self._check_ends(batch, known, must_hold=ends_must_hold)
        keys = self._write_entities(batch, known)
        self._write_relations(batch, known, keys)
        return Counts(len(batch.entities), len(batch.relations))

    def records(self, delivery: str, digests: Collection[str]) -> list[tuple[str, int, str | None]]:
        """Digest, key and end of each record of the delivery: those that hold first, then as they ended."""
        wanted = delivery, packed(digests)
        rows = self._connection.execute(_RECORDS, (*wanted, *wanted))
        return [(digest, key, ended) for digest, key, ended in rows]

    def redate(self, run: RunId, delivery: str, days: Mapping[str, str | None]) -> Counts:
        """Moves the ends of records and folds anew what they claimed; counts what nobody claims any more.

        Of records with one digest the open one is meant, else that which ended last.
        """
        meant: dict[str, tuple[int, str | None]] = {}
        for digest, key, ended in self.records(delivery, days):
            if digest not in meant or meant[digest][1] is not None:
                meant[digest] = (key, ended)
        moved = {key: days[digest] for digest, (key, ended) in meant.items() if ended != days[digest]}
        held = {key for key, ended in meant.values() if ended is None}
        return self._end({key: (run if day else None, day) for key, day in moved.items()}, held)

    def settle(self, known: Iterable[Lifetime], lives: Iterable[Lifetime]) -> Counts:
        """See GraphStore; `known` are the records of the delivery as they are."""
        before = {life.number: life for life in known}
        moved = {life.number: (life.closed, life.ended) for life in lives if life != before[life.number]}
        return self._end(moved, {number for number in moved if before[number].ended is None})

    def _end(self, ends: Mapping[int, End], held: Collection[int]) -> Counts:
        """Sets ends of records, of which `held` are open so far; counts what nobody claims any more."""
        self._date({key: end for key, end in ends.items() if key not in held})
        return self._date({key: end for key, end in ends.items() if key in held})

    def _date(self, ends: Mapping[int, End]) -> Counts:
        """Sets the ends of records by key; what they claimed follows. Counts what has no open claim then."""
        self._connection.executemany(
            "UPDATE record SET closed = ?, ended = ? WHERE key = ?",
            [(closed, day, key) for key, (closed, day) in ends.items()],
        )
        gone = self._refold_entities(self._claimed("entity", sorted(ends)))
        return Counts(gone, self._refold_relations(self._claimed("relation", sorted(ends))))

    def _record_row(self, key: int, record: Record, *, delivery: int, run: RunId) -> tuple[Any, ...]:
        claim = record.claim
        origin = self._interning.origin(claim.source, claim.document, claim.sha256)
        return (
            *(key, delivery, record.digest, record.subject, origin, claim.said_on, encode_place(claim.place)),
            *(claim.rule, claim.confidence, claim.quote, claim.by, claim.because, run, None, None),
        )

    def _known(self, ids: Collection[EntityId]) -> dict[EntityId, Known]:
        rows = self._connection.execute(
            "SELECT e.id, e.key, t.name, e.name, e.properties, e.open FROM json_each(?) j"
            " JOIN entity e ON e.id = j.value JOIN type t ON t.key = e.type",
            (packed(ids),),
        )
        return {
            entity_id: Known(key, Entity(entity_id, kind, name, decode(properties)), bool(is_open))
            for entity_id, key, kind, name, properties, is_open in rows
        }

    def _check_ends(self, batch: Batch, known: dict[EntityId, Known], *, must_hold: bool) -> None:
        for key in batch.relations:
            for end in (key[0], key[2]):
                stands = end in known and (known[end].open or not must_hold)
                if end not in batch.entities and not stands:
                    raise ValidationError(f"关系 {' '.join(key)} 的一端不存在：{end}")

    def _write_entities(self, batch: Batch, known: dict[EntityId, Known]) -> dict[EntityId, int]:
        keys = {entity_id: found.key for entity_id, found in known.items()}
        following = self._next("entity")
        fresh: list[tuple[int, Entity]] = []
        changed: list[int] = []
        for entity_id, said in batch.entities.items():
            found = known.get(entity_id)
            if found is None:
                keys[entity_id] = following
                fresh.append((following, self._folded(entity_id, said)))
                following += 1
            elif not found.open or not all(agrees(found.shown, saying) for _, saying in said):
                changed.append(found.key)
        self._connection.executemany(
            "INSERT INTO entity_claim VALUES (?, ?, ?, ?, ?, ?, ?)", self._entity_claims(batch, keys)
        )
        self._insert_entities(fresh)
        self._refold_entities(changed)
        return keys

    def _insert_entities(self, fresh: list[tuple[int, Entity]]) -> None:
        self._connection.executemany(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, 1)",
            (
                (
                    key,
                    e.id,
                    self._interning.type(e.type),
                    e.name,
                    self._naming.folded(e.name),
                    encode(e.properties),
                )
                for key, e in fresh
            ),
        )
        self._naming.add(fresh)

    def _entity_claims(self, batch: Batch, keys: dict[EntityId, int]) -> Iterator[tuple[Any, ...]]:
        for entity_id, said in batch.entities.items():
            key = keys[entity_id]
            for number, (record, saying) in enumerate(said):
                cited = encode_citation(saying.cited) if saying.own else None
                kind = self._interning.type(saying.type)
                yield key, record, number, kind, saying.name, encode(saying.properties), cited

    def _folded(self, entity_id: EntityId, said: list[tuple[int, Saying]]) -> Entity:
        if len(said) == 1:
            only = said[0][1]
            return Entity(entity_id, only.type, only.name or str(entity_id), only.properties)
        return fold_entity(entity_id, [saying.assertion() for _, saying in said], self._ontology)

    def _write_relations(self, batch: Batch, known: dict[EntityId, Known], keys: dict[EntityId, int]) -> None:
        old = self._known_relations(
            [key for key in batch.relations if key[0] in known and key[2] in known], keys
        )
        following = self._next("relation")
        fresh, claims, changed = [], [], []
        for key, said in batch.relations.items():
            ends = keys[key[0]], self._interning.type(key[1]), keys[key[2]]
            number = old.get(ends)
            if number is None:
                number = following
                following += 1
                fresh.append((number, *ends, encode(self._shown(key, said)), 1))
            else:
                changed.append(number)
            for position, (record, saying) in enumerate(said):
                cited = encode_citation(saying.cited) if saying.own else None
                claims.append((number, record, position, encode(saying.properties), cited))
        self._connection.executemany("INSERT INTO relation_claim VALUES (?, ?, ?, ?, ?)", claims)
        self._connection.executemany("INSERT INTO relation VALUES (?, ?, ?, ?, ?, ?)", fresh)
        self._refold_relations(changed)

    def _shown(self, key: RelationKey, said: list[tuple[int, Saying]]) -> Properties:
        if len(said) == 1:
            return said[0][1].properties
        claims = [saying.assertion().claim for _, saying in said]
        return fold_relation(key, claims, self._ontology).properties

    def _known_relations(
        self, wanted: list[RelationKey], keys: dict[EntityId, int]
    ) -> dict[tuple[int, int, int], int]:
        ends = [[keys[source], self._interning.type(kind), keys[target]] for source, kind, target in wanted]
        rows = self._connection.execute(
            "SELECT n.source, n.type, n.target, n.key FROM json_each(?) j JOIN relation n"
            " ON n.source = json_extract(j.value, '$[0]') AND n.type = json_extract(j.value, '$[1]')"
            " AND n.target = json_extract(j.value, '$[2]')",
            (str(ends),),
        )
        return {(source, kind, target): key for source, kind, target, key in rows}

    def _refold_entities(self, keys: Collection[int]) -> int:
        """Folds entities from their open claims; returns how many have none left."""
        gone = 0
        for chunk in _chunks(keys):
            gone += self._refold_chunk(chunk)
        return gone

    def _refold_chunk(self, keys: Sequence[int]) -> int:
        rows = self._connection.execute(
            "SELECT e.id, e.key, t.name, e.name, e.properties, e.open FROM json_each(?) j"
            " JOIN entity e ON e.key = j.value JOIN type t ON t.key = e.type",
            (str(list(keys)),),
        ).fetchall()
        now = self._reading.get([row[0] for row in rows])
        moved = []
        for entity_id, key, kind, name, properties, was_open in rows:
            entity = now.get(entity_id)
            if entity is None:
                self._connection.execute("UPDATE entity SET open = 0 WHERE key = ?", (key,))
            else:
                self._show(key, Entity(entity_id, kind, name, decode(properties)), entity)
            if bool(was_open) != (entity is not None):
                moved.append(key)
        self._reopen_relations(moved)
        return len(rows) - len(now)

    def _show(self, key: int, before: Entity, entity: Entity) -> None:
        self._connection.execute(
            "UPDATE entity SET type = ?, name = ?, folded = ?, properties = ?, open = 1 WHERE key = ?",
            (
                *(self._interning.type(entity.type), entity.name, self._naming.folded(entity.name)),
                *(encode(entity.properties), key),
            ),
        )
        self._naming.rename(key, before, entity)

    def _reopen_relations(self, entities: list[int]) -> None:
        """An entity came or went: the relations at it follow."""
        touching = self._connection.execute(
            "SELECT n.key FROM json_each(?1) j JOIN relation n ON n.source = j.value"
            " UNION SELECT n.key FROM json_each(?1) j JOIN relation n ON n.target = j.value",
            (str(entities),),
        )
        self._refold_relations([row[0] for row in touching])

    def _refold_relations(self, keys: Collection[int]) -> int:
        """Folds relations from their open claims; returns how many have none left."""
        gone = 0
        for chunk in _chunks(keys):
            gone += self._refold_relation_chunk(chunk)
        return gone

    def _refold_relation_chunk(self, keys: Sequence[int]) -> int:
        claimed = self._reading.claims_of_relations(keys)
        self._connection.executemany(
            "UPDATE relation SET properties = ?, open = (SELECT min(open) FROM entity"
            " WHERE key IN (relation.source, relation.target)) WHERE key = ?",
            [
                (encode(fold_relation(named, claims, self._ontology).properties), key)
                for key, (named, claims) in claimed.items()
            ],
        )
        gone = [(key,) for key in keys if key not in claimed]
        self._connection.executemany("UPDATE relation SET open = 0 WHERE key = ?", gone)
        return len(gone)

    def _claimed(self, fact: str, records: list[int]) -> list[int]:
        query = _CLAIMED[fact]
        return [row[0] for row in self._connection.execute(query, (str(records),))]

    def _next(self, table: str) -> int:
        return int(self._connection.execute(_LAST[table]).fetchone()[0] or 0) + 1


_OF_DELIVERY = (
    "SELECT r.digest, r.key, r.ended FROM record r"
    " WHERE r.delivery = (SELECT key FROM delivery WHERE name = ?)"
    " AND r.digest IN (SELECT value FROM json_each(?)) AND r.closed IS"
)
# Each half by its own index.
_RECORDS = f"{_OF_DELIVERY} NULL UNION ALL {_OF_DELIVERY} NOT NULL ORDER BY 3, 2"
_CLAIMED = {
    "entity": "SELECT DISTINCT c.entity FROM json_each(?) j JOIN entity_claim c ON c.record = j.value",
    "relation": "SELECT DISTINCT c.relation FROM json_each(?) j JOIN relation_claim c ON c.record = j.value",
}
_LAST = {
    "record": "SELECT max(key) FROM record",
    "entity": "SELECT max(key) FROM entity",
    "relation": "SELECT max(key) FROM relation",
}


def _chunks(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]
