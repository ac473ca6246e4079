"""Organs of one place under short names, and what took over from those that are no more."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, EntityId
from kg.registry.departments import Form, Organ, organ_of
from kg.text import fold

BY_SHORT = "unit:short"
BY_REFORM = "unit:reform"


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit, the code of its place, and its name without that place."""

    unit: Entity
    code: str
    core: str


@dataclass(frozen=True, slots=True)
class _Organ:
    unit: Entity
    organ: Organ


@dataclass(frozen=True, slots=True)
class OrganLink:
    """What a rule holds of two units: one by short name, or `source` succeeds `target` since `year`."""

    source: EntityId
    target: EntityId
    rule: str
    year: int = 0


def organ_links(units: Iterable[Placed], canonical: Mapping[EntityId, EntityId]) -> Iterator[OrganLink]:
    """Short names and successors that can mean one organ alone; `canonical` tells which are one already.

    Where a place has two organs of one line (a bureau of big data and one of government services) nothing is
    said of either.
    """
    for group in _groups(units):
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
    units: Iterable[Placed], canonical: Mapping[EntityId, EntityId]
) -> Iterator[tuple[EntityId, tuple[EntityId, ...]]]:
    """Units by short name, each with the two or more organs of its place that it may mean."""
    for group in _groups(units):
        present = _present(group, canonical)
        if len(present) > 1:
            for one in group:
                if one.organ.form is Form.SHORT and canonical.get(one.unit.id, one.unit.id) not in present:
                    yield one.unit.id, tuple(sorted(present.values()))


def _present(group: Sequence[_Organ], canonical: Mapping[EntityId, EntityId]) -> dict[EntityId, EntityId]:
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


def _groups(units: Iterable[Placed]) -> Iterator[list[_Organ]]:
    groups: dict[tuple[str, int], list[_Organ]] = defaultdict(list)
    for one in sorted(units, key=lambda placed: placed.unit.id):
        if (organ := organ_of(one.unit.name)) is not None:
            groups[one.code, organ.line].append(_Organ(one.unit, organ))
    return iter([group for _, group in sorted(groups.items()) if len(group) > 1])
