"""Deliveries of one unit by their periods: what each says, and which is the newer."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import EntityId
from kg.store.base import Delivery, GraphStore
from kg.values import last_day


@dataclass(frozen=True, slots=True)
class Stated:
    """What a unit says for one period: of each row, by its digest, whom it is about."""

    delivery: Delivery
    subjects: Mapping[str, EntityId]


def period_order(period: str) -> tuple[str, str]:
    """By which of two periods is the newer: the later end, then the later start."""
    start, _, end = period.partition("/")
    return last_day(end or start), f"{start}-01-01"[:10]


def stated(store: GraphStore, delivery: Delivery) -> Stated:
    """What a stored delivery says: its open rows, and those that a newer period has taken the place of."""
    ended = store.ended(delivery.key) if delivery.unit and delivery.period else {}
    taken = {digest: row.subject for digest, row in ended.items() if row.ended > delivery.said_on}
    return Stated(delivery, taken | store.records(delivery.key))
