"""What a load would do to the store, before it does anything: rows new, known and refused, by delivery."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ingest.expectations import broken
from ingest.sources.base import Lot, Note, Rejection
from kg.model import EntityId, Record
from kg.store.base import Delivery, GraphStore
from kg.store.records import stamp

RelationKey = tuple[EntityId, str, EntityId]


@dataclass(slots=True)
class Touched:
    """Ids of the entities and keys of the relations that some rows speak of."""

    entities: set[EntityId] = field(default_factory=set)
    relations: set[RelationKey] = field(default_factory=set)

    def add(self, record: Record) -> None:
        """Takes in what a record says."""
        self.entities.update(entity.id for entity in record.entities)
        self.relations.update(relation.key for relation in record.relations)


@dataclass(slots=True)
class Planned:
    """One delivery: the rows to write, the digests to close, and which rows stay as they are.

    `rows` counts the rows of each file by how they end; `refused` is the reason when none of it is loaded.
    """

    delivery: Delivery
    fresh: list[Record] = field(default_factory=list)
    gone: dict[str, EntityId] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    overtaken: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    refused: str | None = None


@dataclass(slots=True)
class Plan:
    """Everything a load would do."""

    deliveries: list[Planned] = field(default_factory=list)
    unchanged: Touched = field(default_factory=Touched)
    written: Touched = field(default_factory=Touched)

    def rejections(self) -> Iterator[Rejection]:
        """One for each file of a delivery that is turned away."""
        for planned in self.deliveries:
            if planned.refused:
                for document in dict.fromkeys(planned.documents):
                    remedy = "核对文件后重新提交；确需替换的，先撤下原来的报送"
                    yield Rejection(document, None, None, planned.refused, remedy)

    def warnings(self) -> Iterator[Note]:
        """One for each file of which a newer period has overtaken rows."""
        for planned in self.deliveries:
            for document in dict.fromkeys(planned.overtaken):
                count = planned.overtaken.count(document)
                yield Note(document, None, None, f"{count} 行已有更新期次的申报，不再写入")


def plan(lots: Sequence[tuple[str, Lot]], store: GraphStore) -> Plan:
    """The plan for lots, each with the name of its source; deliveries in the order of their keys."""
    made = Plan()
    stored = store.deliveries()
    groups: dict[str, list[tuple[str, Lot]]] = {}
    for source, lot in lots:
        groups.setdefault(lot.key, []).append((source, lot))
    for _, group in sorted(groups.items()):
        made.deliveries.append(_planned(group, store, (stored, made)))
    return made


def _planned(
    group: Sequence[tuple[str, Lot]], store: GraphStore, around: tuple[Sequence[Delivery], Plan]
) -> Planned:
    stored, made = around
    source, first = group[0]
    records = [record for _, lot in group for record in lot.records]
    said_on = max(lot.said_on for _, lot in group)
    planned = Planned(Delivery(first.key, source, first.unit, first.period, said_on, len(records)))
    planned.documents = [record.claim.document for record in records]
    known = store.records(first.key)
    planned.refused = broken(source, list(known.values()), {record.subject for record in records})
    if planned.refused:
        return planned
    later = _later(planned.delivery, stored, store)
    seen: set[str] = set()
    for record in stamp(records):
        seen.add(record.digest)
        if record.digest in known:
            planned.unchanged.append(record.claim.document)
            made.unchanged.add(record)
        elif record.subject in later:
            planned.overtaken.append(record.claim.document)
        else:
            planned.fresh.append(record)
            made.written.add(record)
    planned.gone = {digest: subject for digest, subject in known.items() if digest not in seen}
    return planned


def _later(delivery: Delivery, stored: Iterable[Delivery], store: GraphStore) -> set[EntityId]:
    """What the unit has said in periods after this one."""
    if delivery.unit is None or delivery.period is None:
        return set()
    order = period_order(delivery.period)
    later = [
        other.key
        for other in stored
        if (other.source, other.unit) == (delivery.source, delivery.unit)
        and other.period is not None
        and period_order(other.period) > order
    ]
    return {subject for key in later for subject in store.records(key).values()}


def period_order(period: str) -> tuple[str, str]:
    """By which of two periods is the newer: the later end, then the later start."""
    start, _, end = period.partition("/")
    return end or start, start
