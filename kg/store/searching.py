"""Search in the store file: whole names first, then beginnings, then parts, cut before they are ranked."""

import sqlite3
from collections.abc import Iterable

from kg.model import Entity, EntityId
from kg.store.base import Hit
from kg.store.grams import match
from kg.store.ranking import CROWD, Query, best, hit, parse
from kg.store.rows import decode
from kg.text import fold

# Candidates ranked per question; a very common word is cut here, whole names and beginnings are not.
CUT = 800
_SELECT = (
    "SELECT e.id, t.name, e.name, e.properties FROM entity e JOIN type t ON t.key = e.type WHERE e.open = 1"
)
_TYPED = " AND e.type = (SELECT key FROM type WHERE name = :type)"


class FileSearch:
    """Answers searches from the name index of one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def search(self, text: str, entity_type: str | None, *, limit: int, offset: int) -> list[Hit]:
        """See GraphReader."""
        query = parse(text)
        if not query.terms or limit <= 0:
            return []
        needed = limit + offset
        cut = max(CUT, 2 * needed)
        crowd_counts = entity_type == CROWD
        found: dict[EntityId, Hit] = {}
        for entities in (
            self._whole(query, entity_type, cut),
            self._beginning(query, entity_type, cut),
            () if crowd_counts else self._parts(query, entity_type, cut, crowd=False),
        ):
            _collect(found, entities, query, crowd_counts=crowd_counts)
        if crowd_counts or (entity_type is None and len(found) < needed):
            _collect(
                found, self._parts(query, entity_type, cut, crowd=True), query, crowd_counts=crowd_counts
            )
        return best(found.values(), crowd_counts=crowd_counts)[offset:needed]

    def named(self, name: str, entity_type: str | None) -> list[EntityId]:
        """See GraphReader."""
        folded = fold(name)
        parameters = {"text": folded, "type": entity_type}
        typed = _TYPED if entity_type else ""
        by_name = self._ids(
            "SELECT e.id FROM entity e WHERE e.open = 1 AND e.folded = :text" + typed,  # noqa: S608 - constants
            parameters,
        )
        by_alias = self._ids(
            "SELECT e.id FROM alias a JOIN entity e ON e.key = a.entity"  # noqa: S608 - constants
            " WHERE a.folded = :text AND e.open = 1 AND e.folded <> :text" + typed,
            parameters,
        )
        return by_name + by_alias

    def _ids(self, query: str, parameters: dict[str, str | None]) -> list[EntityId]:
        return [EntityId(row[0]) for row in self._connection.execute(query + " ORDER BY e.id", parameters)]

    def _whole(self, query: Query, entity_type: str | None, cut: int) -> Iterable[Entity]:
        sql = (
            "SELECT key FROM entity WHERE folded = :text UNION SELECT entity FROM alias WHERE folded = :text"
        )
        return self._entities(sql, entity_type, {"text": query.whole, "cut": cut}, order="e.id")

    def _beginning(self, query: Query, entity_type: str | None, cut: int) -> Iterable[Entity]:
        sql = "SELECT key FROM entity WHERE folded >= :text AND folded < :end"
        if entity_type is None:
            sql += f" AND type <> (SELECT coalesce(max(key), 0) FROM type WHERE name = '{CROWD}')"  # noqa: S608
        end = query.whole + "\U0010ffff"
        parameters: dict[str, str | int] = {"text": query.whole, "end": end, "cut": cut}
        return self._entities(sql, entity_type, parameters, order="length(e.folded), e.id")

    def _parts(self, query: Query, entity_type: str | None, cut: int, *, crowd: bool) -> Iterable[Entity]:
        matches = [match(term, spelled=not crowd) for term in query.terms]
        if None in matches:
            return ()
        table = "crowd_grams" if crowd else "grams"
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH :grams"  # noqa: S608 - one of two constants
        if entity_type is None:
            sql += " LIMIT :cut"
        grams = " AND ".join(part for part in matches if part is not None)
        return self._entities(sql, entity_type, {"grams": grams, "cut": cut}, order="")

    def _entities(
        self, keys: str, entity_type: str | None, parameters: dict[str, str | int], *, order: str
    ) -> Iterable[Entity]:
        sql = f"{_SELECT} AND e.key IN ({keys}){_TYPED if entity_type else ''}"
        sql += (f" ORDER BY {order}" if order else "") + " LIMIT :cut"
        rows = self._connection.execute(sql, {**parameters, "type": entity_type})
        return [Entity(row[0], row[1], row[2], decode(row[3])) for row in rows]


def _collect(
    found: dict[EntityId, Hit], entities: Iterable[Entity], query: Query, *, crowd_counts: bool
) -> None:
    for entity in entities:
        if entity.id not in found:
            one = hit(entity, query, crowd_counts=crowd_counts)
            if one is not None:
                found[entity.id] = one
