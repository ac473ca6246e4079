"""What stands in the database, read before it is changed or copied."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.model import EntityId
from kg.store.cypher.claims import CITED
from kg.store.cypher.facts import StoredEntity, StoredRelation, stored_entity, stored_relation
from kg.store.cypher.names import quoted
from kg.store.cypher.port import Asking, Row
from kg.store.cypher.putting import pages
from kg.store.cypher.reading import BARE
from kg.store.folded import RelationKey

_ENTITIES = f"UNWIND $rows AS id MATCH (e:Entity|Former {{id: id}}) RETURN labels(e), {BARE}"
_NOT_OPEN = "UNWIND $rows AS id WITH id WHERE NOT EXISTS { MATCH (:Entity {id: id}) } RETURN id"
_FORMER = "UNWIND $rows AS id MATCH (e:Former {id: id}) RETURN e.id"
_AT = (
    "UNWIND $rows AS id MATCH (e:Entity|Former {{id: id}}){arrow}(other)"
    " RETURN DISTINCT startNode(r).id, type(r), endNode(r).id, properties(r), true, elementId(r)"
)
_FORMER_AT = (
    "UNWIND $rows AS id MATCH (n:FormerRelation {{{end}: id}})"
    " RETURN DISTINCT n._source, n._type, n._target, properties(n), false, elementId(n)"
)
_FROM = (_AT.format(arrow="-[r]->"), _FORMER_AT.format(end="_source"))
_TOUCHING = (*_FROM, _AT.format(arrow="<-[r]-"), _FORMER_AT.format(end="_target"))


def entities(work: Asking, ids: Collection[EntityId]) -> dict[EntityId, StoredEntity]:
    """Those of the entities that are there, open or former."""
    found = (stored_entity(*row) for row in _rows(work, _ENTITIES, sorted(set(ids))))
    return {one.shown.id: one for one in found}


def standing(work: Asking, ids: Collection[EntityId]) -> dict[EntityId, bool]:
    """Those of the entities that are there, and whether they are open; mostly all, so little travels."""
    asked = sorted(set(ids))
    gone = [row[0] for row in _rows(work, _NOT_OPEN, asked)]
    found = dict.fromkeys(asked, True)
    for entity_id in gone:
        del found[entity_id]
    return found | {EntityId(row[0]): False for row in _rows(work, _FORMER, gone)}


def relations(work: Asking, keys: Iterable[RelationKey]) -> dict[RelationKey, StoredRelation]:
    """Those of the relations that are there, open or former."""
    by_type: dict[str, list[list[str]]] = {}
    for source, kind, target in sorted(keys):
        by_type.setdefault(kind, []).append([source, target])
    found: dict[RelationKey, StoredRelation] = {}
    for kind, ends in by_type.items():
        query = (
            "UNWIND $rows AS row"
            f" MATCH (a:Entity {{id: row[0]}})-[r:{quoted(kind)}]->(b:Entity {{id: row[1]}})"
            " RETURN a.id, type(r), b.id, properties(r), true, elementId(r)"
        )
        found |= _relations(_rows(work, query, ends))
        former = [[source, kind, target] for source, target in ends if (source, kind, target) not in found]
        query = (
            "UNWIND $rows AS row MATCH (n:FormerRelation {_source: row[0]})"
            " WHERE n._type = row[1] AND n._target = row[2]"
            " RETURN n._source, n._type, n._target, properties(n), false, elementId(n)"
        )
        found |= _relations(_rows(work, query, former))
    return found


def relations_from(work: Asking, ids: Collection[EntityId]) -> dict[RelationKey, StoredRelation]:
    """All relations of which these are sources."""
    return _relations(row for query in _FROM for row in _rows(work, query, sorted(set(ids))))


def relations_touching(work: Asking, ids: Collection[EntityId]) -> dict[RelationKey, StoredRelation]:
    """All relations of which these are ends."""
    return _relations(row for query in _TOUCHING for row in _rows(work, query, sorted(set(ids))))


def open_records(work: Asking, keys: Iterable[int]) -> Mapping[int, Mapping[str, Any]]:
    """The citations of those of the records that hold."""
    query = f"UNWIND $rows AS key MATCH (r:Record {{key: key}}) WHERE r.closed IS NULL RETURN r {{{CITED}}}"
    return {row[0]["key"]: row[0] for row in _rows(work, query, sorted(set(keys)))}


def _relations(rows: Iterable[Row]) -> dict[RelationKey, StoredRelation]:
    return {
        (source, kind, target): stored_relation((source, kind, target), stored, is_open=is_open, at=at)
        for source, kind, target, stored, is_open, at in rows
    }


def _rows(work: Asking, query: str, rows: list[Any]) -> Iterable[Row]:
    return [found for page in pages(rows) for found in work.ask(query, {"rows": page})]
