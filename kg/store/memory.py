"""The store in memory: the reference, kept as plain as can be; every read folds the claims anew."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from kg.errors import StoreError, StoreUnavailableError, ValidationError
from kg.model import Claim, Direction, Entity, EntityId, Record, Relation, RunId
from kg.store.base import Counts, Delivery, Ended, GraphReader, Hit, Lifetime, Run
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
    closed: int | None = None
    closed_on: str | None = None
    number: int = 0

    def numbered(self, claim: Claim) -> Claim:
        """The claim with the numbers of its runs and its end."""
        return replace(claim, opened=self.opened, closed=self.closed, ended=self.closed_on)


@dataclass(slots=True)
class Ledger:
    """All that is kept; entities and relations point at the records that claim them."""

    ids: list[EntityId] = field(default_factory=list)
    entities: dict[EntityId, list[tuple[Assertion, Kept]]] = field(default_factory=dict)
    relations: dict[RelationKey, list[tuple[Claim, Kept]]] = field(default_factory=dict)
    touching: dict[EntityId, set[RelationKey]] = field(default_factory=lambda: defaultdict(set))
    open: dict[str, dict[str, Kept]] = field(default_factory=lambda: defaultdict(dict))
    closed: dict[str, list[Kept]] = field(default_factory=lambda: defaultdict(list))
    count: int = 0

    def copy(self) -> "Ledger":
        """The same ledger, whose changes do not touch this one."""
        every = [kept for known in self.open.values() for kept in known.values()]
        every += [kept for known in self.closed.values() for kept in known]
        twin = {id(kept): replace(kept) for kept in every}
        made = Ledger(list(self.ids), count=self.count)
        for entity, assertions_made in self.entities.items():
            made.entities[entity] = [(said, twin[id(kept)]) for said, kept in assertions_made]
        for key, claims in self.relations.items():
            made.relations[key] = [(claim, twin[id(kept)]) for claim, kept in claims]
        made.touching.update({entity: set(keys) for entity, keys in self.touching.items()})
        for delivery, known in self.open.items():
            made.open[delivery] = {digest: twin[id(kept)] for digest, kept in known.items()}
        for delivery, ended in self.closed.items():
            made.closed[delivery] = [twin[id(kept)] for kept in ended]
        return made


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
        self._before: tuple[Ledger, dict[str, Delivery], int] | None = None

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

    def at_run(self, run: int) -> GraphReader:
        """See GraphReader."""
        return self._reader.at_run(run)

    def history(self) -> GraphReader:
        """See GraphReader."""
        return self._reader.history()

    def begin(self, what: str, *, trial: bool = False) -> RunId:
        """See GraphStore."""
        if self._active is not None:
            raise StoreUnavailableError(f"写入被占用：任务 {self._active} 尚未结束")
        if trial:
            self._before = self._ledger.copy(), dict(self._deliveries), self._version
        self._active = RunId(len(self._runs) + 1)
        self._runs[self._active] = Run(self._active, now(), None, "running", what, {})
        self._seen.clear()
        return self._active

    def upsert(self, run: RunId, delivery: Delivery, records: Iterable[Record]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        fresh = self._fresh(delivery, stamp(records, self._seen[delivery.key]))
        self._check_ends(fresh)
        for record in fresh:
            closed = None if record.ended is None else run
            self._keep(Kept(record, delivery.key, run, closed, record.ended))
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

    def ended(self, delivery: str) -> dict[str, Ended]:
        """See GraphStore."""
        return {
            digest: Ended(kept.record.subject, kept.closed_on or "")
            for digest, kept in sorted(self._last_ended(delivery).items())
        }

    def sweep(self, run: RunId, delivery: str, digests: Collection[str], *, said_on: str) -> Counts:
        """See GraphStore."""
        known = self._ledger.open[delivery]
        return self.redate(run, delivery, {digest: said_on for digest in digests if digest in known})

    def redate(self, run: RunId, delivery: str, days: Mapping[str, str | None]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        opened, last = self._ledger.open[delivery], self._last_ended(delivery)
        left = []
        for digest, day in sorted(days.items()):
            kept = opened.get(digest) or last.get(digest)
            if kept is not None and kept.closed_on != day:
                left += [kept.record] if kept.closed_on is None else []
                self._move(kept, run, day)
        self._version += 1
        return self._gone(left)

    def lifetimes(self, delivery: str) -> list[Lifetime]:
        """See GraphStore."""
        return [
            Lifetime(number, kept.record.digest, kept.opened, kept.closed, kept.closed_on)
            for number, kept in sorted(self._numbered(delivery).items())
        ]

    def settle(self, run: RunId, delivery: str, lives: Collection[Lifetime]) -> Counts:
        """See GraphStore."""
        self._expect(run)
        known = self._numbered(delivery)
        left = []
        for life in sorted(lives, key=lambda life: life.ended is None):
            kept = known[life.number]
            if (kept.closed, kept.closed_on) != (life.closed, life.ended):
                left += [kept.record] if kept.closed_on is None else []
                self._move(kept, life.closed, life.ended)
        self._version += 1
        return self._gone(left)

    def finish(self, run: RunId, *, status: str, summary: Mapping[str, object]) -> None:
        """See GraphStore."""
        self._expect(run)
        self._runs[run] = replace(self._runs[run], finished=now(), status=status, summary=dict(summary))
        self._version += 1
        self._active = None
        if self._before is not None:
            self._ledger, self._deliveries, self._version = self._before
            self._before = None
            del self._runs[run]

    def deliveries(self, *, ever: bool = False) -> list[Delivery]:
        """See GraphStore."""
        counted = {key: len(self._ledger.open[key]) for key in sorted(self._deliveries)}
        return [
            replace(self._deliveries[key], records=count) for key, count in counted.items() if count or ever
        ]

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

    def _fresh(self, delivery: Delivery, records: Iterable[Record]) -> list[Record]:
        """Those of the records that are not kept yet, each once."""
        known: set[tuple[str, str | None]] = {(digest, None) for digest in self._ledger.open[delivery.key]}
        known |= {(kept.record.digest, kept.closed_on) for kept in self._ledger.closed[delivery.key]}
        fresh = {(record.digest, record.ended): record for record in records}
        return [record for key, record in fresh.items() if key not in known]

    def _numbered(self, delivery: str) -> dict[int, Kept]:
        opened, closed = self._ledger.open.get(delivery, {}), self._ledger.closed.get(delivery, [])
        return {kept.number: kept for kept in (*opened.values(), *closed)}

    def _last_ended(self, delivery: str) -> dict[str, Kept]:
        kept = sorted(self._ledger.closed.get(delivery, ()), key=lambda one: one.closed_on or "")
        return {one.record.digest: one for one in kept}

    def _move(self, kept: Kept, run: int | None, day: str | None) -> None:
        opened, closed = self._ledger.open[kept.delivery], self._ledger.closed[kept.delivery]
        if kept.closed_on is None:
            del opened[kept.record.digest]
            closed.append(kept)
        elif day is None:
            closed.remove(kept)
            opened[kept.record.digest] = kept
        kept.closed, kept.closed_on = (None if day is None else run), day

    def _gone(self, records: Iterable[Record]) -> Counts:
        """How many facts of the records nobody says any more."""
        records = list(records)
        entities = {entity.id for record in records for entity in record.entities}
        relations = {relation.key for record in records for relation in record.relations}
        return Counts(
            sum(not _any_open(self._ledger.entities[i]) for i in entities),
            sum(not _any_open(self._ledger.relations[key]) for key in relations),
        )

    def _check_ends(self, records: Iterable[Record]) -> None:
        """An end of what holds must hold; one of what is over must have been said."""
        records = list(records)
        over = {entity.id for record in records for entity in record.entities} | set(self._ledger.entities)
        held = {e.id for record in records if record.ended is None for e in record.entities}
        for record in records:
            for key, end in ((r.key, end) for r in record.relations for end in (r.source, r.target)):
                stands = end in held or _any_open(self._ledger.entities.get(end, []))
                if not (stands if record.ended is None else end in over):
                    raise ValidationError(f"关系 {' '.join(key)} 的一端不存在：{end}")

    def _keep(self, kept: Kept) -> None:
        self._ledger.count += 1
        kept.number = self._ledger.count
        if kept.closed_on is None:
            self._ledger.open[kept.delivery][kept.record.digest] = kept
        else:
            self._ledger.closed[kept.delivery].append(kept)
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
