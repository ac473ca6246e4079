"""What a load would do to the store, before it does anything: rows new, known and refused, by delivery."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.expectations import broken
from ingest.sources.base import Lot, Note, Rejection
from ingest.succession import Days, Missing, redated, succession
from kg.model import EntityId, Record
from kg.store.base import NEVER, Delivery, Ended, GraphStore
from kg.store.periods import Stated, stated
from kg.store.records import stamp

RelationKey = tuple[EntityId, str, EntityId]
Row = tuple[str, str | None, int | str]


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
    """One delivery: its rows as read, which of them to write, and which rows of the store get another end.

    `fresh` are the rows to write, `past` those of them that a newer period has overtaken, `days` the ends of
    stored rows by digest (None: they hold again). `refused` is the reason when none of it is loaded;
    `stored` is one that is not read, whose rows others overtake or free.
    """

    delivery: Delivery
    records: list[Record] = field(default_factory=list)
    fresh: list[Record] = field(default_factory=list)
    unchanged: list[Record] = field(default_factory=list)
    past: list[Record] = field(default_factory=list)
    days: Days = field(default_factory=dict)
    refused: str | None = None
    stored: bool = False

    @property
    def of_unit(self) -> tuple[str, str] | None:
        """Source and unit of a delivery for a period; None for one that stands for a document alone."""
        unit = self.delivery.unit
        return (self.delivery.source, unit) if unit and self.delivery.period else None


@dataclass(slots=True)
class Plan:
    """Everything a load would do; `missing` are things of older periods that no newer one names."""

    deliveries: list[Planned] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    unchanged: Touched = field(default_factory=Touched)
    written: Touched = field(default_factory=Touched)

    def rejections(self) -> Iterator[Rejection]:
        """One for each file of a delivery that is turned away."""
        for planned in self.deliveries:
            if planned.refused:
                for document in dict.fromkeys(record.claim.document for record in planned.records):
                    remedy = "核对文件后重新提交；确需替换的，先撤下原来的报送"
                    yield Rejection(document, None, None, planned.refused, remedy)

    def warnings(self) -> Iterator[Note]:
        """One for each file of which a newer period has overtaken rows."""
        for planned in self.deliveries:
            documents = [record.claim.document for record in planned.past]
            for document in dict.fromkeys(documents):
                text = f"{documents.count(document)} 行已有更新期次的申报，只作为历史载入"
                yield Note(document, None, None, text)


def row_of(record: Record) -> Row:
    """Which source row a record was read from; several records may stand for one line of native JSONL."""
    place = record.claim.place
    return record.claim.document, place.sheet, record.digest if place.row is None else place.row


def plan(lots: Sequence[tuple[str, Lot]], store: GraphStore) -> Plan:
    """The plan for lots, each with the name of its source; deliveries in the order of their keys."""
    groups: dict[str, list[tuple[str, Lot]]] = {}
    for source, lot in lots:
        groups.setdefault(lot.key, []).append((source, lot))
    read = {key: _read(group, store) for key, group in sorted(groups.items())}
    taken, missing, others = _successions(read, store)
    made = Plan(missing=missing)
    for key, planned in read.items():
        if not planned.refused:
            _settle(planned, store, taken.get(key, {}))
            _touch(made, planned)
    for delivery in others:
        planned = read.setdefault(delivery.key, Planned(delivery, stored=True))
        planned.days = redated(delivery, store, taken[delivery.key])
    made.deliveries = [planned for _, planned in sorted(read.items())]
    return made


def _read(group: Sequence[tuple[str, Lot]], store: GraphStore) -> Planned:
    """A delivery with its rows stamped, and the reason when it cannot be the delivery it says it is."""
    source, first = group[0]
    records = [record for _, lot in group for record in lot.records]
    said_on = max(lot.said_on for _, lot in group)
    delivery = Delivery(first.key, source, first.unit, first.period, said_on, len(records))
    known = list(stated(store, delivery).subjects.values())
    refused = broken(source, known, {record.subject for record in records})
    return Planned(delivery, list(stamp(records)), refused=refused)


def _successions(
    read: Mapping[str, Planned], store: GraphStore
) -> tuple[dict[str, Days], list[Missing], list[Delivery]]:
    """Ends of rows by delivery and digest, things missing, and the stored deliveries that are concerned."""
    units = {planned.of_unit for planned in read.values() if planned.of_unit and not planned.refused}
    periods: dict[tuple[str, str], list[Stated]] = {unit: [] for unit in sorted(filter(None, units))}
    others = []
    for planned in read.values():
        if planned.of_unit in periods and not planned.refused:
            subjects = {record.digest: record.subject for record in planned.records}
            periods[planned.of_unit].append(Stated(planned.delivery, subjects))
    for delivery in store.deliveries(ever=True) if periods else ():
        unit = (delivery.source, delivery.unit or "")
        if unit in periods and delivery.period and (delivery.key not in read or read[delivery.key].refused):
            periods[unit].append(stated(store, delivery))
            others.append(delivery)
    found: dict[str, Days] = {}
    missing: list[Missing] = []
    for _, told in sorted(periods.items()):
        taken, left = succession(told)
        found |= taken
        missing += left
    return found, missing, others


def _settle(planned: Planned, store: GraphStore, taken: Days) -> None:
    """Sorts rows into new and known ones, and finds the ends of those that stand otherwise in the store."""
    key, said_on = planned.delivery.key, planned.delivery.said_on
    known, ended = store.records(key), store.ended(key)
    for record in planned.records:
        end = taken.get(record.digest) or record.ended
        last = ended.get(record.digest)
        if record.digest not in known and not _returns(last, end, planned):
            planned.fresh.append(record if end == record.ended else replace(record, ended=end))
            planned.past += [record] if taken.get(record.digest) else []
            continue
        planned.unchanged.append(record)
        if end != (None if record.digest in known or last is None else last.ended):
            planned.days[record.digest] = end
    seen = {record.digest for record in planned.records}
    planned.days |= dict.fromkeys(known.keys() - seen, said_on)
    if planned.of_unit:
        taken_before = {digest for digest, row in ended.items() if row.ended > said_on}
        planned.days |= dict.fromkeys(taken_before - seen - known.keys(), said_on)


def _returns(last: Ended | None, end: str | None, planned: Planned) -> bool:
    """Whether a row that is over is the one read, with its end as it is or to be moved; else it is said anew.

    A row that its own delivery once took back, or of an undone run, is new when it is said again.
    """
    if last is None or last.ended == NEVER:
        return False
    return end is not None or (planned.of_unit is not None and last.ended > planned.delivery.said_on)


def _touch(made: Plan, planned: Planned) -> None:
    for record in planned.unchanged:
        made.unchanged.add(record)
    for record in planned.fresh:
        made.written.add(record)


def rows_of(records: Iterable[Record]) -> set[Row]:
    """The source rows behind records."""
    return {row_of(record) for record in records}
