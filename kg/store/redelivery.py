"""Deliveries that rules write: said anew as a whole, changed only where they differ."""

from collections.abc import Iterable

from kg.model import EntityId, Record, RunId
from kg.store.base import Counts, Delivery, GraphReader, GraphStore
from kg.store.records import stamp

BATCH = 1000


def redeliver(store: GraphStore, run: RunId, delivery: Delivery, *, records: Iterable[Record]) -> Counts:
    """Makes `records` all that the delivery says; unchanged ones are not touched. Counts what is new."""
    stated = {record.digest: record for record in stamp(records)}
    known = store.records(delivery.key)
    fresh = [stated[digest] for digest in sorted(set(stated) - set(known))]
    written = Counts()
    for start in range(0, len(fresh), BATCH):
        added = store.upsert(run, delivery, fresh[start : start + BATCH])
        written = Counts(written.entities + added.entities, written.relations + added.relations)
    gone = set(known) - set(stated)
    if gone:
        store.sweep(run, delivery.key, gone, said_on=delivery.said_on)
    return written


def newest(reader: GraphStore) -> str:
    """The latest date on which anything in the store was said; "" when it is empty."""
    return max((delivery.said_on for delivery in reader.deliveries()), default="")


def first_said(reader: GraphReader, ids: Iterable[EntityId]) -> dict[EntityId, str]:
    """For each entity the earliest date on which it was named, by a claim that holds or one that is over."""
    read = reader.history().get(sorted(set(ids)))
    return {i: min(claim.said_on for claim in entity.claims) for i, entity in read.items()}
