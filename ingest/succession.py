"""Periods of one unit: the newer takes the place of the older, and what it leaves out becomes a work item."""

from collections.abc import Iterable

from ingest.plan import period_order
from ingest.report import NotReportedAgain
from kg.model import EntityId, RunId
from kg.store.base import Counts, Delivery, GraphStore

Unit = tuple[str, str]


def supersede(store: GraphStore, run: RunId, units: Iterable[Unit]) -> tuple[Counts, list[NotReportedAgain]]:
    """Closes older rows of these (source, unit) whose subject a newer period reports again.

    Returns what left the open view, and every thing that stays open though no newer period names it.
    """
    swept = Counts()
    missing: list[NotReportedAgain] = []
    for source, unit in sorted(set(units)):
        named: set[EntityId] = set()
        newest: str | None = None
        for delivery in _newest_first(store, source, unit):
            known = store.records(delivery.key)
            again = [digest for digest, subject in known.items() if subject in named]
            if again and newest is not None:
                closed = store.sweep(run, delivery.key, again, said_on=newest)
                swept = Counts(swept.entities + closed.entities, swept.relations + closed.relations)
            if newest is not None:
                missing += _missing(store, delivery, set(known.values()) - named)
            named |= set(known.values())
            newest = newest or delivery.said_on
    return swept, missing


def _newest_first(store: GraphStore, source: str, unit: str) -> list[Delivery]:
    own = [d for d in store.deliveries() if (d.source, d.unit) == (source, unit) and d.period]
    return sorted(own, key=lambda delivery: period_order(delivery.period or ""), reverse=True)


def _missing(store: GraphStore, delivery: Delivery, left: set[EntityId]) -> list[NotReportedAgain]:
    found = store.get(sorted(left))
    return [
        NotReportedAgain(delivery.unit or "", delivery.period or "", subject, found[subject].name)
        for subject in sorted(left)
        if subject in found
    ]
