"""Writing records: what they say of entities and relations, folded with what was said before."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from kg.errors import ValidationError
from kg.model import Claim, Entity, EntityId, Place, Record, Relation, RunId
from kg.store.agreement import agrees, agrees_on_relation
from kg.store.base import Counts, Delivery, Lifetime
from kg.store.cypher import fetching
from kg.store.cypher.batch import Batch, Said, ends, gather
from kg.store.cypher.claims import Statement, claimed
from kg.store.cypher.facts import StoredEntity, StoredRelation
from kg.store.cypher.port import Transaction
from kg.store.cypher.putting import (
    EntityChange,
    RelationChange,
    pages,
    put_entities,
    put_plain_relations,
    put_relations,
)
from kg.store.fold import Precedence, fold_entity, fold_relation
from kg.store.folded import RelationKey
from kg.store.rows import encode_place

_DELIVERY = (
    "MERGE (d:Delivery {name: $name}) SET d.source = $source, d.unit = $unit, d.period = $period,"
    " d.said_on = $said_on"
)
_NUMBERS = "MATCH (n:Graph {name: 'kg'}) SET n.records = n.records + $count RETURN n.records - $count + 1"
_RECORDS = "UNWIND $rows AS row CREATE (r:Record) SET r = row RETURN count(*)"
_OF_DELIVERY = (
    "UNWIND $digests AS digest MATCH (r:Record {delivery: $delivery, digest: digest})"
    " RETURN r.digest, r.key, r.ended, r._at ORDER BY r.ended, r.key"
)
_LIVES = (
    "UNWIND $numbers AS number MATCH (r:Record {key: number}) WHERE r.delivery = $delivery"
    " RETURN r.key, r.closed, r.ended, r._at"
)
_DATE = "UNWIND $rows AS row MATCH (r:Record {key: row[0]}) SET r.closed = row[1], r.ended = row[2]"
_PLACE = tuple(field.name for field in fields(Place))
RecordRows = Mapping[int, Mapping[str, Any]]


class ServerWriting:
    """Writes in transactions that the caller opens and commits."""

    def __init__(self, ontology: Precedence) -> None:
        self._ontology = ontology

    def upsert(
        self, work: Transaction, run: RunId, *, delivery: Delivery, records: Sequence[Record]
    ) -> Counts:
        """Writes records, all of them new to the delivery; those that are over are closed at once."""
        said = {"source": delivery.source, "unit": delivery.unit, "period": delivery.period}
        work.ask(_DELIVERY, {"name": delivery.key, "said_on": delivery.said_on, **said})
        batch = self._insert(work, run, delivery=delivery.key, records=records)
        known = fetching.entities(work, batch.entities)
        new = batch.entities.keys() - known.keys()
        there = [key for key in batch.relations if key[0] not in new and key[2] not in new]
        before = fetching.relations(work, there)
        plain, rest = _parted(batch.relations, before)
        stood = self._stood(work, batch, known=known, relations=rest)
        changes = self._entity_changes(work, batch, known)
        put_entities(work, changes)
        if not put_plain_relations(work, plain):
            self._stood(work, batch, known=known, relations=batch.relations)
        stands = stood | {change.after.shown.id: change.after.open for change in changes}
        put_relations(work, self._relation_changes(work, rest, before=before, stands=stands))
        self._settle_around(work, changes)
        return Counts(len(batch.entities), len(batch.relations))

    def redate(
        self, work: Transaction, run: RunId, *, delivery: str, days: Mapping[str, str | None]
    ) -> Counts:
        """Moves the ends of records and folds anew what they claimed; counts what nobody claims any more.

        Of records with one digest the open one is meant, else that which ended last.
        """
        meant: dict[str, tuple[int, str | None, list[EntityId]]] = {}
        for digest, key, ended, at in self.records(work, delivery, days):
            if digest not in meant or meant[digest][1] is not None:
                meant[digest] = (key, ended, at)
        moved = {digest: one for digest, one in meant.items() if one[1] != days[digest]}
        ends = {key: (None if days[d] is None else run, days[d]) for d, (key, _, _) in moved.items()}
        left = {key for key, ended, _ in moved.values() if ended is None}
        return self._end(work, ends, left=left, at={i for _, _, ids in moved.values() for i in ids})

    def settle(self, work: Transaction, delivery: str, lives: Iterable[Lifetime]) -> Counts:
        """See GraphStore."""
        rows = work.ask(_LIVES, {"delivery": delivery, "numbers": [life.number for life in lives]})
        before = {number: (closed, ended, at) for number, closed, ended, at in rows}
        ends = {
            life.number: (life.closed, life.ended)
            for life in lives
            if (life.closed, life.ended) != before[life.number][:2]
        }
        left = {number for number in ends if before[number][1] is None}
        return self._end(work, ends, left=left, at={entity for n in ends for entity in before[n][2]})

    def _end(
        self,
        work: Transaction,
        ends: Mapping[int, tuple[int | None, str | None]],
        *,
        left: set[int],
        at: Collection[EntityId],
    ) -> Counts:
        """Sets run and day of the end of records; `left` were open, `at` is where their facts are."""
        for page in pages([[number, *end] for number, end in ends.items()]):
            work.ask(_DATE, {"rows": page})
        return self._refold(work, sorted(at), moved=set(ends), left=left)

    @staticmethod
    def records(
        work: Transaction, delivery: str, digests: Collection[str]
    ) -> list[tuple[str, int, str | None, list[EntityId]]]:
        """Records of these digests: digest, number, end, and entities at which their facts are found.

        In the order in which they ended, those that hold last.
        """
        found: list[tuple[str, int, str | None, list[EntityId]]] = []
        for page in pages(sorted(digests)):
            asked = {"delivery": delivery, "digests": page}
            found += [(digest, key, ended, at) for digest, key, ended, at in work.ask(_OF_DELIVERY, asked)]
        return found

    def _insert(self, work: Transaction, run: RunId, *, delivery: str, records: Sequence[Record]) -> Batch:
        ((first,),) = work.ask(_NUMBERS, {"count": len(records)})
        rows = [
            _record_row(number, record, delivery=delivery, run=run)
            for number, record in enumerate(records, first)
        ]
        for page in pages(rows):
            work.tell(_RECORDS, {"rows": page})
        return gather(first, records)

    @staticmethod
    def _stood(
        work: Transaction,
        batch: Batch,
        *,
        known: Mapping[EntityId, StoredEntity],
        relations: Mapping[RelationKey, Said],
    ) -> dict[EntityId, bool]:
        """Whether known entities and other ends of these relations are open; refuses missing ends."""
        others = fetching.standing(work, ends(relations) - batch.entities.keys())
        stood = {i: one.open for i, one in known.items()} | others
        held = {i for i, is_open in stood.items() if is_open}
        held |= {i for i, said in batch.entities.items() if said.held}
        ever = stood.keys() | batch.entities.keys()
        for key, said in relations.items():
            _check_ends(key, held if said.held else ever)
        return stood

    def _entity_changes(
        self, work: Transaction, batch: Batch, known: Mapping[EntityId, StoredEntity]
    ) -> list[EntityChange]:
        changes: list[EntityChange] = []
        unsettled: dict[EntityId, list[Statement]] = {}
        for entity_id, said in batch.entities.items():
            before = known.get(entity_id)
            if before is None:
                shown = self._shown(entity_id, said)
                changes.append(EntityChange(None, StoredEntity(shown, said.all, bool(said.held))))
            elif not said.held or (before.open and all(agrees(before.shown, one) for one in said.held)):
                after = StoredEntity(before.shown, before.said + said.all, before.open)
                changes.append(EntityChange(before, after))
            else:
                unsettled[entity_id] = before.said + said.all
        return changes + self._folded_entities(work, unsettled, known)

    def _shown(self, entity_id: EntityId, said: Said) -> Entity:
        if len(said.all) == 1:
            only = said.all[0]
            return Entity(entity_id, only.type, only.name or str(entity_id), only.properties)
        return fold_entity(entity_id, said.claims(), self._ontology)

    def _folded_entities(
        self,
        work: Transaction,
        said: Mapping[EntityId, list[Statement]],
        known: Mapping[EntityId, StoredEntity],
    ) -> list[EntityChange]:
        """The changes that make known entities show what their open records say."""
        records = fetching.open_records(work, (one.record for every in said.values() for one in every))
        changes = []
        for entity_id, every in said.items():
            before, claims = known[entity_id], claimed(every, records)
            shown = before.shown
            if claims:
                shown = fold_entity(entity_id, [one for one, _ in claims], self._ontology)
            changes.append(EntityChange(before, StoredEntity(shown, every, bool(claims))))
        return changes

    def _relation_changes(
        self,
        work: Transaction,
        batch: Mapping[RelationKey, Said],
        *,
        before: Mapping[RelationKey, StoredRelation],
        stands: Mapping[EntityId, bool],
    ) -> list[RelationChange]:
        changes: list[RelationChange] = []
        unsettled: dict[RelationKey, list[Statement]] = {}
        for key, said in batch.items():
            found = before.get(key)
            if found is None:
                after = StoredRelation(self._related(key, said), said.all, bool(said.held), "")
                changes.append(RelationChange(None, after))
            elif not said.held or (
                found.open
                and all(agrees_on_relation(found.shown.properties, one.properties) for one in said.held)
            ):
                after = StoredRelation(found.shown, found.said + said.all, found.open, "")
                changes.append(RelationChange(found, after))
            else:
                unsettled[key] = found.said + said.all
        return changes + self._folded_relations(work, unsettled, before=before, stands=stands)

    def _related(self, key: RelationKey, said: Said) -> Relation:
        if len(said.all) == 1:
            return Relation(*key, said.all[0].properties)
        claims = [assertion.claim for assertion in said.claims()]
        return _bare(fold_relation(key, claims, self._ontology))

    def _folded_relations(
        self,
        work: Transaction,
        said: Mapping[RelationKey, list[Statement]],
        *,
        before: Mapping[RelationKey, StoredRelation],
        stands: Mapping[EntityId, bool],
    ) -> list[RelationChange]:
        """The changes that make known relations show what their open records say, while both ends stand."""
        records = fetching.open_records(work, (one.record for every in said.values() for one in every))
        changes = []
        for key, every in said.items():
            found, claims = before[key], _claims(every, records)
            shown = _bare(fold_relation(key, claims, self._ontology)) if claims else found.shown
            is_open = bool(claims) and stands.get(key[0], False) and stands.get(key[2], False)
            changes.append(RelationChange(found, StoredRelation(shown, every, is_open, "")))
        return changes

    def _refold(
        self, work: Transaction, at: Sequence[EntityId], *, moved: set[int], left: set[int]
    ) -> Counts:
        """Folds anew all that the moved records claim; counts what only records that left had claimed."""
        known = {i: one for i, one in fetching.entities(work, at).items() if _says(one.said, moved)}
        changes = self._folded_entities(work, {i: one.said for i, one in known.items()}, known)
        related = {k: one for k, one in fetching.relations_from(work, at).items() if _says(one.said, moved)}
        put_entities(work, changes)
        gone = self._settle(work, related)
        self._settle_around(work, changes)
        lost = sum(not change.after.open and _says(change.after.said, left) for change in changes)
        return Counts(lost, sum(_says(related[key].said, left) for key in gone))

    def _settle_around(self, work: Transaction, changes: Iterable[EntityChange]) -> None:
        """Entities came or went: the relations at them follow."""
        moved = [change.after.shown.id for change in changes if change.moved]
        if moved:
            self._settle(work, fetching.relations_touching(work, moved))

    def _settle(self, work: Transaction, related: Mapping[RelationKey, StoredRelation]) -> set[RelationKey]:
        """Brings relations in line with their open claims and ends; returns those nobody claims any more."""
        if not related:
            return set()
        stands = fetching.standing(work, ends(related))
        said = {key: one.said for key, one in related.items()}
        put_relations(work, self._folded_relations(work, said, before=related, stands=stands))
        records = fetching.open_records(work, (one.record for every in said.values() for one in every))
        return {key for key, every in said.items() if not _says(every, set(records))}


def _parted(
    relations: Mapping[RelationKey, Said], before: Mapping[RelationKey, StoredRelation]
) -> tuple[list[tuple[RelationKey, int]], dict[RelationKey, Said]]:
    """The plain new relations with their records, and all others."""
    plain, rest = [], {}
    for key, said in relations.items():
        if key not in before and said.is_plain:
            plain.append((key, said.all[0].record))
        else:
            rest[key] = said
    return plain, rest


def _check_ends(key: RelationKey, told: Collection[EntityId]) -> None:
    for end in (key[0], key[2]):
        if end not in told:
            raise ValidationError(f"关系 {' '.join(key)} 的一端不存在：{end}")


def _record_row(number: int, record: Record, *, delivery: str, run: RunId) -> dict[str, object]:
    claim = record.claim
    at = {entity.id for entity in record.entities} | {relation.source for relation in record.relations}
    place = {
        name: part for name, part in zip(_PLACE, claim.place.coordinates, strict=True) if part is not None
    }
    return {
        **place,
        "key": number,
        "delivery": delivery,
        "digest": record.digest,
        "subject": record.subject,
        **_citation(claim),
        "opened": run,
        "closed": None if record.ended is None else run,
        "ended": record.ended,
        "_at": sorted(at),
    }


def _citation(claim: Claim) -> dict[str, object]:
    return {
        "source": claim.source,
        "document": claim.document,
        "sha256": claim.sha256,
        "said_on": claim.said_on,
        "place": encode_place(claim.place),
        "rule": claim.rule,
        "confidence": claim.confidence,
        "quote": claim.quote,
        "judge": claim.by,
        "because": claim.because,
    }


def _claims(said: Sequence[Statement], records: RecordRows) -> list[Claim]:
    return [assertion.claim for assertion, _ in claimed(said, records)]


def _says(said: Iterable[Statement], records: Collection[int]) -> bool:
    return any(one.record in records for one in said)


def _bare(relation: Relation) -> Relation:
    return Relation(*relation.key, relation.properties)
