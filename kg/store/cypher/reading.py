"""Questions to the server about entities, relations and the claims behind them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from kg.model import Claim, Direction, Entity, EntityId, Relation
from kg.store.cypher.claims import CITED, claimed, statements
from kg.store.cypher.names import ENTITY, FORMER, alternatives, is_type, quoted
from kg.store.cypher.port import Ask, Row
from kg.store.cypher.values import read
from kg.store.fold import Precedence, fold_entity, fold_relation
from kg.store.folded import RelationKey
from kg.store.records import Assertion

# Entities, or sources of relations, in one answer of a stream.
PAGE = 5000
BARE = "e {.*, _grams: null, _crowd_grams: null, _aliases: null, _folded: null}"
SHOWN = "e {.*, _grams: null, _crowd_grams: null, _aliases: null, _folded: null, _records: null}"
_OPEN = "WHERE r.closed IS NULL"
_FACT = "[startNode(r).id, type(r), endNode(r).id, properties(r)]"
_FORMER = "[n._source, n._type, n._target, properties(n)]"
_FORMER_AT = {
    Direction.OUT: "MATCH (n:FormerRelation {_source: id})",
    Direction.IN: "MATCH (n:FormerRelation {_target: id})",
}


class ServerReading:
    """Reads through one way of asking; `ontology` folds where claims meet."""

    def __init__(self, ask: Ask, ontology: Precedence) -> None:
        self._ask = ask
        self._ontology = ontology

    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        """See GraphReader."""
        found = self._said_of(ids, labels=ENTITY, condition=_OPEN)
        return {
            entity_id: fold_entity(entity_id, [assertion for assertion, _ in said], self._ontology)
            for entity_id, said in sorted(found.items())
        }

    def entities(self, entity_type: str | None, after: EntityId | None) -> Iterator[Entity]:
        """See GraphReader."""
        if entity_type is not None and not is_type(entity_type):
            return
        labels = ENTITY if entity_type is None else f"{ENTITY}:{quoted(entity_type)}"
        query = (
            f"MATCH (e:{labels}) WHERE e.id > $after WITH e ORDER BY e.id LIMIT $page"
            f" RETURN collect([e.id, labels(e), {SHOWN}])"
        )
        for entity_id, kinds, stored in self._pages(query, after or "", {}):
            yield Entity(entity_id, type_of(kinds), stored["name"], read(stored))

    def relations(
        self, ids: Collection[EntityId] | None, types: Collection[str], direction: Direction
    ) -> Iterator[Relation]:
        """See GraphReader."""
        if ids is None:
            yield from self._all_relations(types)
            return
        for key, said in self._said_at(ids, direction, types=types, condition=_OPEN):
            yield fold_relation(key, [claim for claim, _ in said], self._ontology)

    def counts(self) -> dict[str, int]:
        """See GraphReader. The server keeps these numbers; nothing is scanned."""
        nodes = [row[0] for row in self._ask("CALL db.labels()", {}) if is_type(row[0])]
        links = [row[0] for row in self._ask("CALL db.relationshipTypes()", {}) if is_type(row[0])]
        parts = [f"COUNT {{ (:{quoted(name)}) }}" for name in nodes]
        parts += [f"COUNT {{ ()-[:{quoted(name)}]->() }}" for name in links]
        if not parts:
            return {}
        (counted,) = self._ask("RETURN " + ", ".join(parts), {})
        return {name: count for name, count in sorted(zip(nodes + links, counted, strict=True)) if count}

    def version(self) -> int:
        """See GraphReader."""
        ((version,),) = self._ask("MATCH (n:Graph {name: 'kg'}) RETURN n.version", {})
        return int(version)

    def entity_ids(self) -> Iterable[EntityId]:
        """See History."""
        query = (
            "MATCH (e:{label}) WHERE e.id > $after WITH e ORDER BY e.id LIMIT $page RETURN collect([e.id])"
        )
        found = (self._pages(query.format(label=label), "", {}) for label in (ENTITY, FORMER))
        return sorted(EntityId(row[0]) for row in chain.from_iterable(found))

    def said_of(self, ids: Collection[EntityId]) -> dict[EntityId, list[tuple[Assertion, str | None]]]:
        """See History."""
        return self._said_of(ids, labels=f"{ENTITY}|{FORMER}", condition="")

    def said_at(
        self, ids: Collection[EntityId] | None, direction: Direction
    ) -> Iterator[tuple[RelationKey, list[tuple[Claim, str | None]]]]:
        """See History."""
        if ids is not None:
            yield from self._said_at(ids, direction, types=(), condition=None)
            return
        every = list(self.entity_ids())
        for start in range(0, len(every), PAGE):
            page = every[start : start + PAGE]
            yield from self._said_at(page, Direction.OUT, types=(), condition=None)

    def _said_of(
        self, ids: Collection[EntityId], *, labels: str, condition: str
    ) -> dict[EntityId, list[tuple[Assertion, str | None]]]:
        query = (
            f"UNWIND $ids AS id MATCH (e:{labels} {{id: id}})"
            f" WITH collect([e.id, labels(e), {BARE}]) AS facts {_with_records(condition)}"
        )
        found: dict[EntityId, list[tuple[Assertion, str | None]]] = {}
        for page in _paged(sorted(set(ids))):
            facts, records = _facts(self._ask(query, {"ids": page}))
            for entity_id, kinds, stored in facts:
                kind = stored.get("_type") or type_of(kinds)
                said = claimed(statements(kind, stored, stored["name"]), records)
                if said:
                    found[entity_id] = said
        return found

    def _said_at(
        self,
        ids: Collection[EntityId],
        direction: Direction,
        *,
        types: Collection[str],
        condition: str | None,
    ) -> Iterator[tuple[RelationKey, list[tuple[Claim, str | None]]]]:
        """Relations at entities; `condition` None means of all times, with the claims that were ended."""
        chosen = alternatives(types) if types else ""
        if chosen is None:
            return
        found: dict[RelationKey, list[tuple[Claim, str | None]]] = {}
        patterns = _patterns(direction, ":" + chosen if chosen else "", ever=condition is None)
        ending = f"WITH collect(fact) AS facts {_with_records(condition or '')}"
        for page in _paged(sorted(set(ids))):
            for pattern in patterns:
                facts, records = _facts(self._ask(f"{pattern} {ending}", {"ids": page}))
                for source, kind, target, stored in facts:
                    said = claimed(statements(kind, stored, None), records)
                    if said:
                        found[source, kind, target] = [(one.claim, ended) for one, ended in said]
        yield from sorted(found.items(), key=itemgetter(0))

    def _all_relations(self, types: Collection[str]) -> Iterator[Relation]:
        chosen = alternatives(types) if types else ""
        if chosen is None:
            return
        query = (
            "MATCH (e:Entity) WHERE e.id > $after WITH e ORDER BY e.id LIMIT $page"
            f" OPTIONAL MATCH (e)-[r{':' + chosen if chosen else ''}]->(other:Entity)"
            " WITH e.id AS id, type(r) AS kind, collect([other.id, CASE WHEN size(keys(r)) > 1"
            " THEN r {.*, _records: null} END]) AS targets"
            " ORDER BY id, kind RETURN collect([id, kind, targets])"
        )
        for source, kind, targets in self._pages(query, "", {}):
            if kind is not None:
                for target, stored in sorted(targets, key=itemgetter(0)):
                    yield Relation(source, kind, target, read(stored or {}))

    def _pages(self, query: str, after: str, parameters: dict[str, object]) -> Iterator[Row]:
        """The rows, id first, of a question that answers with a page of them as one list.

        One list because the driver takes longer over a row than over what is in it.
        """
        while True:
            ((rows,),) = self._ask(query, {**parameters, "after": after, "page": PAGE})
            yield from rows
            if not rows:
                return
            after = rows[-1][0]


def type_of(labels: Sequence[str]) -> str:
    """The entity type among the labels of a node."""
    return next((label for label in labels if label != ENTITY), "")


def _patterns(direction: Direction, types: str, *, ever: bool) -> list[str]:
    """The questions that find relations at `$ids`: as `fact`, each once."""
    ends = [Direction.OUT, Direction.IN] if direction is Direction.BOTH else [direction]
    entity = f"(e:{ENTITY}|{FORMER} {{id: id}})" if ever else f"(e:{ENTITY} {{id: id}})"
    matched = [
        f"{entity}-[r{types}]->(other)" if end is Direction.OUT else f"(other)-[r{types}]->{entity}"
        for end in ends
    ]
    found = [f"UNWIND $ids AS id MATCH {pattern} WITH DISTINCT {_FACT} AS fact" for pattern in matched]
    if ever:
        found += [f"UNWIND $ids AS id {_FORMER_AT[end]} WITH DISTINCT {_FORMER} AS fact" for end in ends]
    return found


def _with_records(condition: str) -> str:
    """The end of a question for `facts`: with them the records that claim them."""
    return (
        "CALL (facts) { UNWIND facts AS fact UNWIND last(fact)._records AS key WITH DISTINCT key"
        f" MATCH (r:Record {{key: key}}) {condition} RETURN collect(r {{{CITED}}}) AS records }}"
        " RETURN facts, records"
    )


def _facts(rows: list[Row]) -> tuple[list[Any], dict[int, dict[str, Any]]]:
    """The facts of an answer, and the records behind them by number."""
    if not rows:
        return [], {}
    ((facts, records),) = rows
    return facts, {record["key"]: record for record in records}


def _paged(ids: Sequence[EntityId]) -> Iterator[Sequence[EntityId]]:
    for start in range(0, len(ids), PAGE):
        yield ids[start : start + PAGE]
