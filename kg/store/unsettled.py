"""Mentions that nobody can tell for certain what they mean: what a person is asked to judge."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.model import EntityId
from kg.registry import leading_region
from kg.registry.departments import Form, organ_of
from kg.registry.regions import namesakes
from kg.registry.relative import is_of_kind, said_place
from kg.store.base import GraphReader
from kg.store.judgements import Sameness, judgements
from kg.store.organs import Placed, unclear_organs
from kg.store.references import meanings, read_mentions
from kg.store.surroundings import Surroundings, read_surroundings
from kg.store.units import Placings, is_known_by_name, unit_places
from kg.text import fold


class Reason(StrEnum):
    """Why it is open what is meant."""

    SEVERAL_ASSETS = "several_assets"
    SEVERAL_ORGANS = "several_organs"
    NAMESAKE_PLACES = "namesake_places"
    PLACE_NOT_SAID = "place_not_said"
    MAY_BE_ONE = "may_be_one"


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A mention and what it may mean, by id; one candidate where it may also mean something unknown."""

    mention: EntityId
    reason: Reason
    candidates: tuple[EntityId, ...]


def unsettled(reader: GraphReader) -> list[Unsettled]:
    """All open questions of a graph read without merging, by id of the mention.

    A candidate that a person said the mention is not is no candidate any more.
    """
    around = read_surroundings(reader)
    apart: dict[EntityId, set[EntityId]] = defaultdict(set)
    for one in judgements(reader):
        if one.verdict is Sameness.DIFFERENT:
            apart[one.a].add(around.clusters.canonical.get(one.b, one.b))
            apart[one.b].add(around.clusters.canonical.get(one.a, one.a))
    found = [*_assets(reader, around), *_units(reader, around)]
    asked = (_asked(one, around, apart.get(one.mention, set())) for one in found)
    return sorted((one for one in asked if one is not None), key=lambda one: one.mention)


def _asked(one: Unsettled, around: Surroundings, apart: set[EntityId]) -> Unsettled | None:
    canonical = around.clusters.canonical
    shown = {canonical.get(i, i): i for i in reversed(one.candidates)}
    if canonical.get(one.mention, one.mention) in shown:
        return None
    kept = tuple(sorted(first for first in shown if first not in apart))
    return Unsettled(one.mention, one.reason, kept) if kept else None


def _assets(reader: GraphReader, around: Surroundings) -> Iterator[Unsettled]:
    for meant in meanings(around, read_mentions(reader, around)):
        if len({around.canonical(i) for i in meant.candidates}) > 1:
            yield Unsettled(meant.mention, Reason.SEVERAL_ASSETS, tuple(sorted(meant.candidates)))


def _units(reader: GraphReader, around: Surroundings) -> Iterator[Unsettled]:
    units = list(reader.entities(entity_type="Organization"))
    placings = unit_places(units, around)
    for mention, candidates in unclear_organs(placings.values(), around.clusters.canonical):
        yield Unsettled(mention, Reason.SEVERAL_ORGANS, candidates)
    known = _by_field(placings)
    for unit in units:
        if unit.id not in placings and is_known_by_name(unit, around):
            reason, meant = _unplaced(unit.name, around.regions.get(unit.id, ""), known)
            if meant:
                yield Unsettled(unit.id, reason, meant)


def _by_field(placings: Placings) -> Mapping[object, list[Placed]]:
    known: dict[object, list[Placed]] = defaultdict(list)
    for _, one in sorted(placings.items()):
        known[_field(one.unit.name, one.core)].append(one)
    return known


def _field(name: str, core: str) -> object:
    """What two names of one organ share: the line of reorganisations as it is today, else every character."""
    organ = organ_of(name)
    return core if organ is None or organ.form is Form.FORMER else organ.line


def _unplaced(
    name: str, code: str, known: Mapping[object, list[Placed]]
) -> tuple[Reason, tuple[EntityId, ...]]:
    """What the name of a unit without a certain place may mean among those that have one."""
    head, said = leading_region(name), said_place(name)
    if head:
        codes = {one.code for one in namesakes(head)}
        near = known.get(_field(name, fold(name[len(head) :])), ())
        return Reason.NAMESAKE_PLACES, tuple(one.unit.id for one in near if one.code in codes)
    near = known.get(_field(name, said.core), ())
    if said.sign:
        return Reason.PLACE_NOT_SAID, tuple(one.unit.id for one in near if is_of_kind(one.code, said.sign))
    return Reason.PLACE_NOT_SAID, tuple(one.unit.id for one in near if code and one.code == code)
