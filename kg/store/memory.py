"""The store in memory: the reference, kept as plain as can be; every read folds the claims anew."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from kg.errors import StoreError, StoreUnavailableError, ValidationError
from kg.model import Claim, Direction, Entity, EntityId, Record, Relation, RunId
from kg.store.base import Counts, Delivery, GraphReader, Hit, Run
from kg.store.clock import now
from kg.store.fold import Precedence
from kg.store.folded import FoldedReader, RelationKey
from kg.store.records import Assertion, assertions, stamp


@dataclass(slots=True)
class Kept:
    """A record as kept: which run opened it, and which run ended it by a document of which date."""

    record: Record
    delivery: str
    opened: RunId
    closed: RunId | None = None
    closed_on: str | None = None

    def numbered(self, claim: Claim) -> Claim:
        """The claim with the numbers of its runs."""
        return replace(claim, opened=self.opened, closed=self.closed)


@dataclass(slots=True)
class Ledger:
    """All that is kept; entities and relations point at the records that claim them."""

    ids: list[EntityId] = field(default_factory=list)
    entities: dict[EntityId, list[tuple[Assertion, Kept]]] = field(default_factory=dict)
    relations: dict[RelationKey, list[tuple[Claim, Kept]]] = field(default_factory=dict)
    touching: dict[EntityId, set[RelationKey]] = field(default_factory=lambda: defaultdict(set))
    open: dict[str, dict[str, Kept]] = field(default_factory=lambda: defaultdict(dict))


class MemoryStore:
    """A GraphStore that lives as long as the process."""

    def __init__(self, ontology: Precedence) -> None:
        self._ledger = Ledger()
        self._reader = FoldedReader(self, ontology)
        self._deliveries: dict[str, Delivery] = {}
        self._runs: dict[RunId, Run] = {}
        self._active: RunId | None = None
        self._seen: dict[str, Counter[str]] = defaultdict(Counter)
        self._version = 0

    def entity_ids(self) -> Iterable[EntityId]:
        """See History."""
        return tuple(self._ledger.ids)

    def said_of(self, ids: Collection[EntityId]) -> Mapping[EntityId, list[tuple[Assertion, str | None]]]:
        """See History."""
        return {
            entity_id: [
                (Assertion(said.type, kept.numbered(said.claim)), kept.closed_on)
                for said, kept in self._ledger.entities[entity_id]
            ]
            for entity_id in ids
            if entity_id in self._ledger.entities
        }

    def said_at(
        self, ids: Collection[EntityId] | None, direction: Direction
    ) -> Iterable[tuple[RelationKey, list[tuple[Claim, str | None]]]]:
        """See History."""
        for key in self._keys(ids, direction):
            said = self._ledger.relations[key]
            yield key, [(kept.numbered(claim), kept.closed_on) for claim, kept in said]

    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        """See GraphReader."""
        return self._reader.get(ids)

    def entities(self, *, entity_type: str | None = None, after: EntityId | None = None) -> Iterator[Entity]:
        """See GraphReader."""
        return self._reader.entities(entity_type=entity_type, after=after)

    def relations(
        self,
        ids: Collection[EntityId] | None = None,
        *,
        types: Collection[str] = (),
        direction: Direction = Direction.OUT,
    ) -> Iterator[Relation]:
        """See GraphReader."""
        return self._reader.relations(ids, types=types, direction=direction)

    def counts(self) -> dict[str, int]:
        """See GraphReader."""
        return self._reader.counts()

    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        """See GraphReader."""
        return self._reader.search(text, entity_type=entity_type, limit=limit, offset=offset)

    def named(self, name: str, *, entity_type: str | None = None) -> list[EntityId]:
        """See GraphReader."""
        return self._reader.named(name, entity_type=entity_type)

    def version(self) -> int:
        """See GraphReader."""
        return self._version

    def as_of(self, date: str) -> GraphReader:
        """See GraphReader."""
        return self._reader.as_of(date)

    def begin(self, what: str) -> RunId:
        """See GraphStore."""
        if self._active is not None:
            raise StoreUnavailableError(f"写入被占用：任务 {self._active} 尚未结束")
        self._active = RunId(len(self._runs) + 1)
        self._runs[self._active] = Run(self._active, now(), None, "running", what, {})
        self._seen.clear()
        return self._active

    def upsert(self, run: RunId, delivery: Delivery, records: Iterable[Record]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        stamped = list(stamp(records, self._seen[delivery.key]))
        known = self._ledger.open[delivery.key]
        fresh = list({r.digest: r for r in stamped if r.digest not in known}.values())
        self._check_ends(fresh)
        for record in fresh:
            self._keep(Kept(record, delivery.key, run))
        self._deliveries[delivery.key] = delivery
        self._version += 1
        return Counts(
            len({entity.id for record in fresh for entity in record.entities}),
            len({relation.key for record in fresh for relation in record.relations}),
        )

    def records(self, delivery: str) -> dict[str, EntityId]:
        """See GraphStore."""
        kept = self._ledger.open.get(delivery, {})
        return {digest: kept[digest].record.subject for digest in sorted(kept)}

    def sweep(self, run: RunId, delivery: str, digests: Collection[str], *, said_on: str) -> Counts:
        """See GraphStore."""
        self._expect(run)
        known = self._ledger.open[delivery]
        ended = [known.pop(digest) for digest in sorted(set(digests)) if digest in known]
        entities = {entity.id for kept in ended for entity in kept.record.entities}
        relations = {relation.key for kept in ended for relation in kept.record.relations}
        for kept in ended:
            kept.closed, kept.closed_on = run, said_on
        self._version += 1
        return Counts(
            sum(not _any_open(self._ledger.entities[i]) for i in entities),
            sum(not _any_open(self._ledger.relations[key]) for key in relations),
        )

    def finish(self, run: RunId, *, status: str, summary: Mapping[str, object]) -> None:
        """See GraphStore."""
        self._expect(run)
        self._runs[run] = replace(self._runs[run], finished=now(), status=status, summary=dict(summary))
        self._version += 1
        self._active = None

    def deliveries(self) -> list[Delivery]:
        """See GraphStore."""
        counted = {key: len(kept) for key, kept in sorted(self._ledger.open.items()) if kept}
        return [replace(self._deliveries[key], records=count) for key, count in counted.items()]

    def runs(self) -> list[Run]:
        """See GraphStore."""
        return [self._runs[run] for run in sorted(self._runs)]

    def close(self) -> None:
        """See GraphStore."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _expect(self, run: RunId) -> None:
        if run != self._active:
            raise StoreError(f"任务 {run} 未在进行")

    def _check_ends(self, records: Iterable[Record]) -> None:
        records = list(records)
        known = {entity.id for record in records for entity in record.entities}
        for relation in (relation for record in records for relation in record.relations):
            for end in (relation.source, relation.target):
                if end not in known and not _any_open(self._ledger.entities.get(end, [])):
                    raise ValidationError(f"关系 {' '.join(relation.key)} 的一端不存在：{end}")

    def _keep(self, kept: Kept) -> None:
        self._ledger.open[kept.delivery][kept.record.digest] = kept
        for entity in kept.record.entities:
            if entity.id not in self._ledger.entities:
                insort(self._ledger.ids, entity.id)
                self._ledger.entities[entity.id] = []
            said = assertions(entity, kept.record)
            self._ledger.entities[entity.id] += [(assertion, kept) for assertion in said]
        for relation in kept.record.relations:
            claims = [assertion.claim for assertion in assertions(relation, kept.record)]
            self._ledger.relations.setdefault(relation.key, []).extend((claim, kept) for claim in claims)
            self._ledger.touching[relation.source].add(relation.key)
            self._ledger.touching[relation.target].add(relation.key)

    def _keys(self, ids: Collection[EntityId] | None, direction: Direction) -> list[RelationKey]:
        if ids is None:
            return sorted(self._ledger.relations)
        wanted = set(ids)
        touching = {key for i in wanted for key in self._ledger.touching.get(i, ())}
        return sorted(
            key
            for key in touching
            if (direction is not Direction.IN and key[0] in wanted)
            or (direction is not Direction.OUT and key[2] in wanted)
        )


def _any_open(said: Iterable[tuple[object, Kept]]) -> bool:
    return any(kept.closed is None for _, kept in said)
