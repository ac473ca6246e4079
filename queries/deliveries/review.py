"""The state of reporting for a period: who delivered, who is late, what changed, what vanished."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Direction, EntityId
from kg.store.base import Delivery, GraphStore
from kg.store.periods import period_order, stated
from kg.text import fold
from queries.deliveries.delivered import Delivered, delivered

OWNED = frozenset({"System", "Component"})


@dataclass(frozen=True, slots=True)
class Late:
    """A unit without a delivery for the period: its last one, None for a unit that never delivered.

    `systems` counts the systems and components that the graph knows as its own.
    """

    unit: str
    id: EntityId | None
    last_period: str | None
    systems: int

    def to_json(self) -> dict[str, Any]:
        """One line of the list."""
        return {"unit": self.unit, "id": self.id, "last_period": self.last_period, "systems": self.systems}


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that a unit's delivery for the period names anew, otherwise or no more (`kind`)."""

    unit: str
    kind: str
    id: EntityId
    name: str
    before: str

    def to_json(self) -> dict[str, Any]:
        """One line of the list; `before` is the period compared with."""
        return {"unit": self.unit, "kind": self.kind, "id": self.id, "name": self.name, "before": self.before}


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who delivered and who did not for `period`, None where nothing was delivered for any."""

    period: str | None
    deliveries: Sequence[Delivered]
    late: Sequence[Late]
    changes: Sequence[Change]

    def to_json(self) -> dict[str, Any]:
        """The whole as one object."""
        changed = [one.to_json() for one in self.changes if one.kind != VANISHED]
        return {
            "period": self.period,
            "deliveries": [one.to_json() for one in self.deliveries],
            "late": [one.to_json() for one in self.late],
            "changed": changed,
            "vanished": [one.to_json() for one in self.changes if one.kind == VANISHED],
        }


NEW, OTHER, VANISHED = "新增", "变更", "未再申报"


def reporting(store: GraphStore, *, period: str | None = None) -> Reporting:
    """The state of reporting for a period, the newest that anybody delivered for when None."""
    found = delivered(store)
    periods = {one.period for one in found if one.unit and one.period}
    chosen = period or max(periods, key=period_order, default=None)
    if chosen is None:
        return Reporting(None, found, (), ())
    by_unit: dict[str, list[Delivered]] = {}
    for one in found:
        if one.unit and one.period:
            by_unit.setdefault(f"{one.source}\n{one.unit}@{one.region}", []).append(one)
    changes = [change for told in by_unit.values() for change in _changes(store, told, chosen)]
    return Reporting(chosen, found, _late(store, by_unit.values(), chosen), changes)


def _late(store: GraphStore, units: Iterable[Sequence[Delivered]], period: str) -> list[Late]:
    """Units with older deliveries alone, then those that own systems and never delivered."""
    owners, named = _owners(store)
    late, seen = [], set[EntityId | None]()
    for told in units:
        unit = told[0].unit or ""
        known = named.get(fold(unit))
        seen.add(known)
        periods = {one.period or "" for one in told}
        before = [one for one in periods if period_order(one) < period_order(period)]
        if before and period not in periods:
            last = max(before, key=period_order)
            late.append(Late(unit, known, last, owners.get(known, 0) if known else 0))
    shown = store.get(sorted(owners.keys() - seen))
    never = [Late(shown[i].name, i, None, owners[i]) for i in shown]
    return sorted(late, key=lambda one: one.unit) + sorted(never, key=lambda one: (-one.systems, one.unit))


def _owners(store: GraphStore) -> tuple[dict[EntityId, int], dict[str, EntityId]]:
    """How many systems each unit owns, and the units by every name they have."""
    owned = {entity.id for kind in sorted(OWNED) for entity in store.entities(entity_type=kind)}
    owners: dict[EntityId, int] = {}
    for relation in store.relations(types=("OWNS",), direction=Direction.OUT):
        if relation.target in owned:
            owners[relation.source] = owners.get(relation.source, 0) + 1
    named: dict[str, EntityId] = {}
    for entity in store.entities(entity_type="Organization"):
        aliases = entity.properties.get("aliases")
        names = (entity.name, *(aliases if isinstance(aliases, tuple) else ()))
        for name in names:
            if fold(name) not in named or entity.id in owners:
                named[fold(name)] = entity.id
    return owners, named


def _changes(store: GraphStore, told: Sequence[Delivered], period: str) -> list[Change]:
    """What a unit's delivery for the period says otherwise than the one before it; nothing without both."""
    ordered = sorted(told, key=lambda one: period_order(one.period or ""))
    at = next((n for n, one in enumerate(ordered) if one.period == period), 0)
    if at == 0:
        return []
    now, before = (_said(store, ordered[n]) for n in (at, at - 1))
    kinds = dict.fromkeys(now.keys() - before.keys(), NEW)
    kinds |= dict.fromkeys(before.keys() - now.keys(), VANISHED)
    kinds |= {i: OTHER for i in now.keys() & before.keys() if now[i] != before[i]}
    shown = store.history().get(sorted(kinds))
    unit, last = ordered[at].unit or "", ordered[at - 1].period or ""
    order = (NEW, OTHER, VANISHED)
    found = [Change(unit, kind, i, shown[i].name if i in shown else i, last) for i, kind in kinds.items()]
    return sorted(found, key=lambda one: (order.index(one.kind), one.name, one.id))


def _said(store: GraphStore, one: Delivered) -> Mapping[EntityId, frozenset[str]]:
    """What a delivery says of each thing, by the digests of its rows."""
    unit = f"{one.unit}@{one.region}" if one.region else one.unit
    subjects = stated(store, Delivery(one.key, one.source, unit, one.period, one.said_on, one.rows)).subjects
    said: dict[EntityId, set[str]] = {}
    for digest, subject in subjects.items():
        said.setdefault(subject, set()).add(digest)
    return {subject: frozenset(digests) for subject, digests in said.items()}
