"""Organs of one place under short names, and what took over from those that are no more."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, EntityId
from kg.registry.departments import Form, Organ, organ_of
from kg.text import fold

BY_SHORT = "unit:short"
BY_REFORM = "unit:reform"


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit that is an organ known from the lines of reorganisation, and the code of its place."""

    unit: Entity
    organ: Organ
    code: str


@dataclass(frozen=True, slots=True)
class OrganLink:
    """What a rule holds of two units: one by short name, or `source` succeeds `target` since `year`."""

    source: EntityId
    target: EntityId
    rule: str
    year: int = 0


def placed_organs(placed: Mapping[EntityId, tuple[Entity, str]]) -> list[Placed]:
    """Those of the units, each with the code of its place, whose names are names of organs, by id."""
    found = ((unit, code, organ_of(unit.name)) for _, (unit, code) in sorted(placed.items()))
    return [Placed(unit, organ, code) for unit, code, organ in found if organ is not None]


def organ_links(organs: Sequence[Placed], canonical: Mapping[EntityId, EntityId]) -> Iterator[OrganLink]:
    """Short names and successors that can mean one organ alone; `canonical` tells which are one already.

    Where a place has two organs of one line (a bureau of big data and one of government services) nothing is
    said of either.
    """
    for group in _groups(organs):
        present = _present(group, canonical)
        if len(present) != 1:
            continue
        (organ,) = present.values()
        for one in group:
            if one.organ.form is Form.SHORT and one.unit.id != organ:
                yield OrganLink(min(organ, one.unit.id), max(organ, one.unit.id), BY_SHORT)
            if one.organ.form is Form.FORMER:
                yield OrganLink(organ, one.unit.id, BY_REFORM, one.organ.until)


def unclear_organs(
    organs: Sequence[Placed], canonical: Mapping[EntityId, EntityId]
) -> Iterator[tuple[EntityId, tuple[EntityId, ...]]]:
    """Units by short name, each with the two or more organs of its place that it may mean."""
    for group in _groups(organs):
        present = _present(group, canonical)
        if len(present) > 1:
            for one in group:
                if one.organ.form is Form.SHORT and canonical.get(one.unit.id, one.unit.id) not in present:
                    yield one.unit.id, tuple(sorted(present.values()))


def _present(group: Sequence[Placed], canonical: Mapping[EntityId, EntityId]) -> dict[EntityId, EntityId]:
    """By canonical id, the organs of today by full name; where there is none, one known by a short one."""
    named = {
        form: {
            canonical.get(one.unit.id, one.unit.id): one.unit.id
            for one in reversed(group)
            if one.organ.form is form
        }
        for form in (Form.NAME, Form.SHORT)
    }
    shorts = {fold(one.organ.core) for one in group if one.organ.form is Form.SHORT}
    return named[Form.NAME] or (named[Form.SHORT] if len(shorts) == 1 else {})


def _groups(organs: Sequence[Placed]) -> Iterator[list[Placed]]:
    groups: dict[tuple[str, int], list[Placed]] = defaultdict(list)
    for one in organs:
        groups[one.code, one.organ.line].append(one)
    return iter([group for _, group in sorted(groups.items()) if len(group) > 1])
