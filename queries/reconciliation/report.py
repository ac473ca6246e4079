"""The dependencies of an estate reconciled: stated or measured alone, single points, circles."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.model import Entity, EntityId, Modality, Relation
from kg.store.base import GraphReader
from queries.backing import MEASURED, STATED, Backing, backings
from queries.reconciliation.graph import Standing, cycles, standings

ASSETS = ("System", "Component")
STANDS = ("DEPENDS_ON", "REUSES")


@dataclass(frozen=True, slots=True)
class Party:
    """A system with the unit that owns it ("" when not known)."""

    id: EntityId
    name: str
    department: str

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "department": self.department}


@dataclass(frozen=True, slots=True)
class OneSided:
    """A dependency that is only stated or only measured.

    `observed`: calls of one of the two to or from others were measured, so that these should have been, too.
    """

    source: Party
    target: Party
    bases: tuple[Backing, ...]
    observed: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source.to_json(),
            "target": self.target.to_json(),
            "bases": [backing.to_json() for backing in self.bases],
            "observed": self.observed,
        }


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """A system on which others stand: how many directly, in all, of how many units.

    `alternatives` are others that offer the same abilities.
    """

    party: Party
    direct: int
    dependents: int
    departments: int
    alternatives: tuple[Party, ...]

    def to_json(self) -> dict[str, Any]:
        return self.party.to_json() | {
            "direct": self.direct,
            "dependents": self.dependents,
            "departments": self.departments,
            "alternatives": [one.to_json() for one in self.alternatives],
        }


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The whole answer. `relations` and `measured` count dependencies; dates "" when nothing was measured."""

    unmeasured: tuple[OneSided, ...]
    undeclared: tuple[OneSided, ...]
    single_points: tuple[SinglePoint, ...]
    cycles: tuple[tuple[Party, ...], ...]
    relations: int
    measured: int
    since: str
    until: str

    def to_json(self, *, top: int) -> dict[str, Any]:
        """The answer as printed: at most `top` of each list, and how long each is."""
        lists: Mapping[str, list[Any]] = {
            "unmeasured": [one.to_json() for one in self.unmeasured],
            "undeclared": [one.to_json() for one in self.undeclared],
            "single_points": [one.to_json() for one in self.single_points],
            "cycles": [[party.to_json() for party in way] for way in self.cycles],
        }
        return {name: found[:top] for name, found in lists.items()} | {
            "totals": {name: len(found) for name, found in lists.items()},
            "coverage": {
                "relations": self.relations,
                "measured": self.measured,
                "since": self.since,
                "until": self.until,
            },
        }


def reconcile(reader: GraphReader) -> Reconciliation:
    """Every stated or measured dependency between systems, held against each other; facts only."""
    assets = {entity.id: entity for kind in ASSETS for entity in reader.entities(entity_type=kind)}
    held = sorted(_between(reader, assets), key=lambda one: one.key)
    told = _Told(assets, _owners(reader, assets), _seen(held))
    counted = [one for found in held for one in found.bases if one.basis == MEASURED]
    stands = standings((found.source, found.target) for found in held)
    offered = _offered(reader)
    return Reconciliation(
        unmeasured=told.one_sided(one for one in held if one.stated and not one.measured),
        undeclared=told.one_sided(one for one in held if one.measured and not one.stated),
        single_points=tuple(told.point(one, offered) for one in stands),
        cycles=tuple(tuple(map(told.party, way)) for way in cycles((one.source, one.target) for one in held)),
        relations=len(held),
        measured=len(counted),
        since=min((one.since for one in counted if one.since), default=""),
        until=max((one.until for one in counted), default=""),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """One system stands on another, on these bases."""

    source: EntityId
    target: EntityId
    bases: tuple[Backing, ...]

    @property
    def key(self) -> tuple[EntityId, EntityId]:
        return self.source, self.target

    @property
    def stated(self) -> bool:
        return any(one.basis in STATED for one in self.bases)

    @property
    def measured(self) -> bool:
        return any(one.basis == MEASURED for one in self.bases)


def _between(reader: GraphReader, assets: Mapping[EntityId, Entity]) -> Iterator[_Held]:
    """Dependence and reuse of one pair are one line."""
    claims: dict[tuple[EntityId, EntityId], Relation] = {}
    for relation in reader.relations(sorted(assets), types=STANDS):
        pair = relation.source, relation.target
        if relation.modality is Modality.FACT and pair[0] in assets and pair[1] in assets:
            known = claims.get(pair)
            every = (*known.claims, *relation.claims) if known else relation.claims
            claims[pair] = replace(relation, claims=every)
    for (source, target), relation in claims.items():
        yield _Held(source, target, backings(relation))


def _owners(reader: GraphReader, assets: Mapping[EntityId, Entity]) -> Mapping[EntityId, str]:
    """The name of each system's first owner by id."""
    units = {entity.id: entity.name for entity in reader.entities(entity_type="Organization")}
    owners: dict[EntityId, EntityId] = {}
    for relation in reader.relations(types=("OWNS",)):
        if relation.target in assets and relation.source in units:
            owners[relation.target] = min(owners.get(relation.target, relation.source), relation.source)
    return {asset: units[owner] for asset, owner in owners.items()}


def _seen(held: Iterable[_Held]) -> frozenset[EntityId]:
    return frozenset(end for one in held if one.measured for end in one.key)


def _offered(reader: GraphReader) -> Mapping[EntityId, frozenset[EntityId]]:
    """By system the others that offer one of the abilities it offers."""
    offering: dict[EntityId, set[EntityId]] = defaultdict(set)
    for relation in reader.relations(types=("OFFERS",)):
        if relation.modality is Modality.FACT:
            offering[relation.target].add(relation.source)
    found: dict[EntityId, set[EntityId]] = defaultdict(set)
    for assets in offering.values():
        for asset in assets:
            found[asset] |= assets - {asset}
    return {asset: frozenset(others) for asset, others in found.items()}


@dataclass(frozen=True, slots=True)
class _Told:
    """Turns ids into what is shown."""

    assets: Mapping[EntityId, Entity]
    owners: Mapping[EntityId, str]
    seen: frozenset[EntityId]

    def party(self, identity: EntityId) -> Party:
        return Party(identity, self.assets[identity].name, self.owners.get(identity, ""))

    def one_sided(self, held: Iterable[_Held]) -> tuple[OneSided, ...]:
        """Those between observed systems first, then by calls and ids."""
        lines = [
            OneSided(self.party(one.source), self.party(one.target), one.bases, bool(self.seen & {*one.key}))
            for one in held
        ]
        return tuple(sorted(lines, key=lambda one: (not one.observed, -_calls(one), one.source.id)))

    def point(self, standing: Standing, offered: Mapping[EntityId, frozenset[EntityId]]) -> SinglePoint:
        others = sorted(offered.get(standing.id, frozenset()) & self.assets.keys())
        units = {self.owners.get(one, "") for one in standing.dependents} - {""}
        return SinglePoint(
            self.party(standing.id),
            standing.direct,
            len(standing.dependents),
            len(units),
            tuple(map(self.party, others)),
        )


def _calls(line: OneSided) -> int:
    return sum(backing.calls or 0 for backing in line.bases)
