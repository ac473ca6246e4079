"""Questions to the store file, answered in its own tables."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from kg.model import Claim, Direction, Entity, EntityId, Relation
from kg.store.fold import Precedence, fold_entity, fold_relation
from kg.store.folded import RelationKey
from kg.store.records import Assertion
from kg.store.rows import CITATION, claim_of, decode, packed

_OPEN = "WHERE r.closed IS NULL"
_ENTITY_CLAIMS = f"""
SELECT e.id, t.name, c.name, c.properties, c.own, r.opened, r.closed, r.ended, {CITATION}
FROM json_each(?) j JOIN entity e ON e.id = j.value JOIN entity_claim c ON c.entity = e.key
JOIN type t ON t.key = c.type JOIN record r ON r.key = c.record JOIN origin o ON o.key = r.origin
{{condition}} ORDER BY e.id
"""  # noqa: S608 - the only insert is a constant of ours
_RELATION_CLAIMS = f"""
SELECT s.id, t.name, x.id, c.properties, c.own, r.opened, r.closed, r.ended, {CITATION}
FROM {{relations}} JOIN relation_claim c ON c.relation = n.key JOIN type t ON t.key = n.type
JOIN entity s ON s.key = n.source JOIN entity x ON x.key = n.target
JOIN record r ON r.key = c.record JOIN origin o ON o.key = r.origin
{{condition}} ORDER BY s.id, t.name, x.id
"""  # noqa: S608 - likewise
_ENDS = "SELECT n.key FROM json_each(?) j JOIN entity e ON e.id = j.value JOIN relation n ON "
_AT = {
    Direction.OUT: _ENDS + "n.source = e.key",
    Direction.IN: _ENDS + "n.target = e.key",
}


class FileReading:
    """Reads entities, relations and claims of one connection; `ontology` folds where claims meet."""

    def __init__(self, connection: sqlite3.Connection, ontology: Precedence) -> None:
        self._connection = connection
        self._ontology = ontology

    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        """See GraphReader."""
        found = {}
        for entity_id, said in self.said_of(ids, only_open=True).items():
            found[entity_id] = fold_entity(entity_id, [assertion for assertion, _ in said], self._ontology)
        return found

    def entities(self, entity_type: str | None, after: EntityId | None) -> Iterator[Entity]:
        """See GraphReader."""
        rows = self._connection.cursor().execute(
            "SELECT e.id, t.name, e.name, e.properties FROM entity e JOIN type t ON t.key = e.type"  # noqa: S608 - constants
            " WHERE e.open = 1 AND e.id > ?"
            + (" AND e.type = (SELECT key FROM type WHERE name = ?)" if entity_type else "")
            + " ORDER BY e.id",
            (after or "", *([entity_type] if entity_type else ())),
        )
        for entity_id, kind, name, properties in rows:
            yield Entity(entity_id, kind, name, decode(properties))

    def relations(
        self, ids: Collection[EntityId] | None, types: Collection[str], direction: Direction
    ) -> Iterator[Relation]:
        """See GraphReader."""
        if ids is None:
            yield from self._all_relations(types)
            return
        for key, said in self.said_at(ids, direction, types=types, only_open=True):
            yield fold_relation(key, [claim for claim, _ in said], self._ontology)

    def counts(self) -> dict[str, int]:
        """See GraphReader."""
        rows = self._connection.execute(
            "SELECT t.name, n FROM (SELECT type, count(*) AS n FROM entity WHERE open = 1 GROUP BY type"
            " UNION ALL SELECT type, count(*) FROM relation WHERE open = 1 GROUP BY type)"
            " JOIN type t ON t.key = type ORDER BY t.name"
        )
        return dict(rows.fetchall())

    def version(self) -> int:
        """See GraphReader."""
        return int(self._connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()[0])

    def entity_ids(self) -> Iterable[EntityId]:
        """See History."""
        return [EntityId(row[0]) for row in self._connection.execute("SELECT id FROM entity ORDER BY id")]

    def said_of(
        self, ids: Collection[EntityId], *, only_open: bool = False
    ) -> dict[EntityId, list[tuple[Assertion, str | None]]]:
        """See History. `only_open` leaves out claims that were ended."""
        query = _ENTITY_CLAIMS.format(condition=_OPEN if only_open else "")
        rows = self._connection.cursor().execute(query, (packed(ids),))
        said: dict[EntityId, list[tuple[Assertion, str | None]]] = {}
        for entity_id, kind, name, properties, own, opened, closed, ended, *cited in rows:
            claim = claim_of(
                tuple(cited),
                own,
                name=name,
                properties=decode(properties),
                opened=opened,
                closed=closed,
                ended=ended,
            )
            said.setdefault(entity_id, []).append((Assertion(kind, claim), ended))
        return said

    def said_at(
        self,
        ids: Collection[EntityId] | None,
        direction: Direction,
        *,
        types: Collection[str] = (),
        only_open: bool = False,
    ) -> Iterator[tuple[RelationKey, list[tuple[Claim, str | None]]]]:
        """See History. `only_open` leaves out ended claims, and relations of which an end is gone."""
        wanted, parameters = self._wanted(ids, direction, types=types, only_open=only_open)
        query = _RELATION_CLAIMS.format(relations=wanted, condition=_OPEN if only_open else "")
        rows = self._connection.cursor().execute(query, parameters)
        for key, claims in groupby(rows, key=itemgetter(0, 1, 2)):
            yield key, [_relation_claim(row) for row in claims]

    def claims_of_relations(self, keys: Collection[int]) -> dict[int, tuple[RelationKey, list[Claim]]]:
        """The open claims on relations by their keys in the file, also where an end is gone."""
        query = _RELATION_CLAIMS.format(
            relations="(SELECT n.* FROM json_each(?) j JOIN relation n ON n.key = j.value) n", condition=_OPEN
        ).replace("SELECT s.id", "SELECT n.key, s.id", 1)
        found: dict[int, tuple[RelationKey, list[Claim]]] = {}
        for key, *row in self._connection.cursor().execute(query, (str(sorted(keys)),)):
            named = (row[0], row[1], row[2])
            found.setdefault(key, (named, []))[1].append(_relation_claim(tuple(row))[0])
        return found

    def _all_relations(self, types: Collection[str]) -> Iterator[Relation]:
        rows = self._connection.cursor().execute(
            "SELECT s.id, t.name, x.id, n.properties FROM relation n JOIN type t ON t.key = n.type"  # noqa: S608
            " JOIN entity s ON s.key = n.source JOIN entity x ON x.key = n.target WHERE n.open = 1"
            + (" AND t.name IN (SELECT value FROM json_each(?))" if types else "")
            + " ORDER BY s.id, t.name, x.id",
            ([packed(types)] if types else []),
        )
        for source, kind, target, properties in rows:
            yield Relation(source, kind, target, decode(properties))

    def _wanted(
        self,
        ids: Collection[EntityId] | None,
        direction: Direction,
        *,
        types: Collection[str],
        only_open: bool,
    ) -> tuple[str, list[str]]:
        """The FROM item that names the relations asked for, and its parameters."""
        conditions = ["n.open = 1"] if only_open else []
        parameters: list[str] = []
        if ids is not None:
            ends = [Direction.OUT, Direction.IN] if direction is Direction.BOTH else [direction]
            conditions.append(f"n.key IN ({' UNION '.join(_AT[end] for end in ends)})")
            parameters += [packed(ids)] * len(ends)
        if types:
            conditions.append(
                "n.type IN (SELECT key FROM type WHERE name IN (SELECT value FROM json_each(?)))"
            )
            parameters.append(packed(types))
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"(SELECT * FROM relation n{where}) n", parameters  # noqa: S608 - constants of this module


def _relation_claim(row: tuple[Any, ...]) -> tuple[Claim, str | None]:
    _, _, _, properties, own, opened, closed, ended, *cited = row
    claim = claim_of(
        tuple(cited), own, properties=decode(properties), opened=opened, closed=closed, ended=ended
    )
    return claim, ended
