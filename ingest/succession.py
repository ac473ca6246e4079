"""Periods of one unit: the newer takes the place of the older, and what it leaves out becomes a work item."""

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import EntityId
from kg.store.base import Delivery, GraphStore
from kg.store.periods import Stated, period_order

Days = dict[str, str | None]
"""By digest of a row, the ISO date of the newer document that took its place; None: it holds."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A thing of an older period that no newer one of the same unit names."""

    delivery: Delivery
    subject: EntityId


def succession(periods: Iterable[Stated]) -> tuple[dict[str, Days], list[Missing]]:
    """For each delivery of one unit, which rows a newer one has taken the place of and when; what is missing.

    The nearest newer period that names the same thing counts, so the order of loading does not matter.
    """
    named: dict[EntityId, str] = {}
    taken: dict[str, Days] = {}
    missing: list[Missing] = []
    for period in sorted(periods, key=_newness, reverse=True):
        if taken:
            left = sorted(set(period.subjects.values()) - named.keys())
            missing += [Missing(period.delivery, subject) for subject in left]
        taken[period.delivery.key] = {
            digest: named.get(subject) for digest, subject in period.subjects.items()
        }
        named.update(dict.fromkeys(period.subjects.values(), period.delivery.said_on))
    return taken, missing


def redated(delivery: Delivery, store: GraphStore, taken: Days) -> Days:
    """The rows of a stored delivery that newer periods overtake or free, where they stand otherwise."""
    known, ended = store.records(delivery.key), store.ended(delivery.key)
    return {
        digest: end
        for digest, end in taken.items()
        if end != (None if digest in known else ended[digest].ended)
    }


def _newness(period: Stated) -> tuple[tuple[str, str], str]:
    return period_order(period.delivery.period or ""), period.delivery.key
