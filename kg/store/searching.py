"""The name index of the store file, asked."""

import json
import sqlite3
from collections.abc import Iterable

from kg.model import EntityId
from kg.store.base import Hit
from kg.store.grams import match
from kg.store.lookup import look_up
from kg.store.ranking import CROWD, Candidate, Query
from kg.text import fold

_SELECT = (
    "SELECT e.id, t.name, e.name, e.folded, json_extract(e.properties, '$.aliases')"
    " FROM entity e JOIN type t ON t.key = e.type"
)
# The sign keeps SQLite from starting at the index of types, which holds everything asked for and more.
_TYPED = " AND +e.type = (SELECT key FROM type WHERE name = :type)"


class FileSearch:
    """Answers searches from the name index of one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def search(self, text: str, entity_type: str | None, *, limit: int, offset: int) -> list[Hit]:
        """See GraphReader."""
        return look_up(self, text, entity_type, limit=limit, offset=offset)

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

    def whole(self, query: Query, entity_type: str | None, cut: int) -> Iterable[Candidate]:
        """See NameIndex."""
        sql = (
            _SELECT  # noqa: S608 - a constant
            + " WHERE e.open = 1 AND e.key IN (SELECT key FROM entity WHERE folded = :text"
            " UNION SELECT entity FROM alias WHERE folded = :text)"
        )
        return self._candidates(sql, entity_type, {"text": query.whole, "cut": cut}, order="e.id")

    def beginning(self, query: Query, entity_type: str | None, cut: int) -> Iterable[Candidate]:
        """See NameIndex."""
        sql = _SELECT + " WHERE e.open = 1 AND e.folded >= :text AND e.folded < :end"
        if entity_type is None:
            sql += f" AND e.type <> (SELECT coalesce(max(key), 0) FROM type WHERE name = '{CROWD}')"  # noqa: S608
        end = query.whole + "\U0010ffff"
        parameters: dict[str, str | int] = {"text": query.whole, "end": end, "cut": cut}
        return self._candidates(sql, entity_type, parameters, order="length(e.folded), e.id")

    def parts(self, query: Query, entity_type: str | None, cut: int, *, crowd: bool) -> Iterable[Candidate]:
        """See NameIndex."""
        matches = [match(term, spelled=not crowd) for term in query.terms]
        if None in matches:
            return ()
        table = "crowd_grams" if crowd else "grams"
        sql = (
            f"SELECT e.id, t.name, e.name, e.folded, json_extract(e.properties, '$.aliases')"  # noqa: S608
            f" FROM {table} JOIN entity e ON e.key = {table}.rowid JOIN type t ON t.key = e.type"
            f" WHERE {table} MATCH :grams AND e.open = 1"
        )
        grams = " AND ".join(part for part in matches if part is not None)
        return self._candidates(sql, entity_type, {"grams": grams, "cut": cut}, order="")

    def _candidates(
        self, sql: str, entity_type: str | None, parameters: dict[str, str | int], *, order: str
    ) -> Iterable[Candidate]:
        sql += _TYPED if entity_type else ""
        sql += (f" ORDER BY {order}" if order else "") + " LIMIT :cut"
        rows = self._connection.execute(sql, {**parameters, "type": entity_type})
        return [
            Candidate(EntityId(entity_id), kind, name, folded, _aliases(aliases))
            for entity_id, kind, name, folded, aliases in rows
        ]


def _aliases(text: str | None) -> tuple[str, ...]:
    """The aliases as SQLite extracts them: a JSON list, or one text as it is."""
    if text is None:
        return ()
    return tuple(json.loads(text)) if text.startswith("[") else (text,)
