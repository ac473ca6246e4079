"""Bringing facts to the state they are to have: created, changed, ended, opened again; in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from kg.store.cypher.claims import kept
from kg.store.cypher.facts import (
    StoredEntity,
    StoredRelation,
    entity_properties,
    relation_properties,
    same_shown,
)
from kg.store.cypher.names import ENTITY, FORMER, quoted
from kg.store.cypher.port import Transaction
from kg.store.folded import RelationKey

# Rows in one statement: more make it no faster, and a server with little memory refuses them.
ROWS = 10_000
SENT_ROWS = 2_000
PLAIN_ROWS = 50_000
_OPEN = f"UNWIND $rows AS row MATCH (a:{ENTITY} {{id: row[0]}}) MATCH (b:{ENTITY} {{id: row[1]}})"
_RELATIONSHIP = "UNWIND $rows AS row MATCH ()-[r]->() WHERE elementId(r) = row[0]"
_NODE = "UNWIND $rows AS row MATCH (n) WHERE elementId(n) = row[0]"
_PLAIN = (
    "UNWIND range(0, size($ids) - 1) AS at MATCH (e:Entity {{id: $ids[at]}}) WITH e ORDER BY at"
    " WITH collect(e) AS ends WHERE size(ends) = size($ids) UNWIND range(0, size($sources) - 1) AS at"
    " WITH ends[$sources[at]] AS a, ends[$targets[at]] AS b, $records[at] AS record"
    " CREATE (a)-[:{kind} {{_records: [record]}}]->(b) RETURN count(*)"
)
_FORMER_CREATED = "UNWIND $rows AS row CREATE (n:FormerRelation) SET n = row"


@dataclass(frozen=True, slots=True)
class EntityChange:
    """An entity before (None: there was none) and after."""

    before: StoredEntity | None
    after: StoredEntity

    @property
    def moved(self) -> bool:
        """Whether an entity that was known came or went."""
        return self.before is not None and self.before.open != self.after.open


@dataclass(frozen=True, slots=True)
class RelationChange:
    """A relation before (None: there was none) and after; `after.at` means nothing."""

    before: StoredRelation | None
    after: StoredRelation


def put_entities(work: Transaction, changes: Iterable[EntityChange]) -> None:
    """Writes the states after; statements are made of checked types alone."""
    _send(work, map(_entity_row, changes))


def _entity_row(change: EntityChange) -> tuple[str, object]:
    before, after = change.before, change.after
    if before is None:
        row = entity_properties(after.shown, after.said, is_open=after.open)
        return f"UNWIND $rows AS row CREATE (e:{_labels(after)}) SET e = row", row
    if before.open == after.open and same_shown(before.shown, after.shown):
        query = f"UNWIND $rows AS row MATCH (e:{_base(before)} {{id: row[0]}}) SET e += row[1]"
        return query, [after.shown.id, kept(after.shown, after.said)]
    query = (
        f"UNWIND $rows AS row MATCH (e:{_base(before)} {{id: row.id}})"
        f" REMOVE e:{_labels(before)} SET e:{_labels(after)} SET e = row"
    )
    return query, entity_properties(after.shown, after.said, is_open=after.open)


def _base(entity: StoredEntity) -> str:
    return ENTITY if entity.open else FORMER


def _labels(entity: StoredEntity) -> str:
    """Former entities keep their type as a property, so that no question by type meets them."""
    kind = quoted(entity.shown.type)
    return f"{ENTITY}:{kind}" if entity.open else FORMER


def put_relations(work: Transaction, changes: Iterable[RelationChange]) -> None:
    """Writes the states after; entities have theirs already."""
    _send(work, chain.from_iterable(map(_relation_rows, changes)))


def put_plain_relations(work: Transaction, links: Iterable[tuple[RelationKey, int]]) -> bool:
    """Creates relations that have the record of this number and nothing else, as nearly all do.

    Returns whether all ends stand; where one does not, not all relations were created.
    """
    grouped: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for (source, kind, target), record in links:
        grouped[kind].append((source, target, record))
    return all(_create_plain(work, kind, members) for kind, members in grouped.items())


def _create_plain(work: Transaction, kind: str, links: Sequence[tuple[str, str, int]]) -> bool:
    """Creates relationships of one type; returns False as soon as an end does not stand.

    Ends are looked up once each and named by position: numbers are a tenth of the work of texts.
    """
    query = _PLAIN.format(kind=quoted(kind))
    for start in range(0, len(links), PLAIN_ROWS):
        page = links[start : start + PLAIN_ROWS]
        ids = sorted({end for link in page for end in link[:2]})
        at = {end: position for position, end in enumerate(ids)}
        columns = {
            "ids": ids,
            "sources": [at[source] for source, _, _ in page],
            "targets": [at[target] for _, target, _ in page],
            "records": [number for _, _, number in page],
        }
        ((created,),) = work.ask(query, columns)
        if created < len(page):
            return False
    return True


def _relation_rows(change: RelationChange) -> Iterator[tuple[str, object]]:
    before, after = change.before, change.after
    shown = after.shown
    properties = relation_properties(shown, after.said, is_open=after.open)
    if before is not None and before.open == after.open:
        yield (
            (f"{_RELATIONSHIP} SET r = row[1]" if after.open else f"{_NODE} SET n = row[1]"),
            [
                before.at,
                properties,
            ],
        )
        return
    if before is not None:
        yield (f"{_RELATIONSHIP} DELETE r" if before.open else f"{_NODE} DELETE n"), [before.at]
    if after.open:
        query = f"{_OPEN} CREATE (a)-[r:{quoted(shown.type)}]->(b) SET r = row[2]"
        yield query, [shown.source, shown.target, properties]
    else:
        yield _FORMER_CREATED, properties


def _send(work: Transaction, rows: Iterable[tuple[str, object]]) -> None:
    """Sends rows by query, each page as soon as it is full: the server works while the next one is made."""
    waiting: dict[str, list[object]] = defaultdict(list)
    for query, row in rows:
        waiting[query].append(row)
        if len(waiting[query]) == SENT_ROWS:
            _tell(work, query, waiting.pop(query))
    for query, page in waiting.items():
        _tell(work, query, page)


def _tell(work: Transaction, query: str, rows: Sequence[object]) -> None:
    work.tell(f"{query} RETURN count(*)", {"rows": rows})


def pages(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The rows in parts small enough for one statement."""
    for start in range(0, len(rows), ROWS):
        yield rows[start : start + ROWS]
