"""Units that are one under two names (省数据局 of 湖南, 市资规局), and those that took over from others."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.identity import organization_id
from kg.model import Claim, Entity, EntityId, Record, Relation, RunId
from kg.registry import find_region, leading_region
from kg.registry.departments import organ_of
from kg.registry.relative import NATIONAL, division_of_unit, said_place
from kg.store.base import Counts, Delivery, GraphStore
from kg.store.judgements import SAME_AS
from kg.store.organs import BY_REFORM, BY_SHORT, OrganLink, Placed, organ_links
from kg.store.redelivery import first_said, newest, redeliver
from kg.store.surroundings import Surroundings, read_surroundings
from kg.text import fold, simplify

RESOLVER = "resolver"
DELIVERY = "resolver:units"
BY_PLACE = "unit:place"
SUCCEEDS = "SUCCEEDS"
# By place the name is the same but for how the place is said; a short name, and the duties of a former organ,
# rest on there being no other organ of that line in the place.
CONFIDENCE = {BY_PLACE: 0.9, BY_SHORT: 0.85, BY_REFORM: 0.8}
FIRM = re.compile(r"公司|集团|企业|厂$")
"""Firms are other firms under every other name; 湖南… and 湖南省… are two of them."""

Placings = Mapping[EntityId, Placed]


def resolve_units(store: GraphStore, run: RunId) -> Counts:
    """Says anew which units are one, and which succeed which; what no longer holds is closed.

    One are units whose names differ only in how they say one place, and a short name with the one organ of
    its place that it can mean. An organ SUCCEEDS those of its place whose duties it took over: they stay
    units of their own, since one may have taken over several. Never units with different credit codes.
    A person's word to the contrary wins on reading.
    """
    around = read_surroundings(store)
    placings = unit_places(store.entities(entity_type="Organization"), around)
    links = list(_links(placings))
    said = first_said(store, {end for link in links for end in (link.source, link.target)})
    delivery = Delivery(DELIVERY, RESOLVER, None, None, newest(store), len(links))
    records = [_record(link, max(said[link.source], said[link.target])) for link in links]
    return redeliver(store, run, delivery, records=records)


def unit_places(units: Iterable[Entity], around: Surroundings) -> Placings:
    """The units of certain place, with its code; those whose id was given or made of a code are left out.

    Firms are none of them. 国土资源部, without a place, is of the whole country.
    """
    found = {}
    for unit in units:
        if is_known_by_name(unit, around):
            code, core = _place(unit.name, around.regions.get(unit.id, ""), around)
            if code:
                found[unit.id] = Placed(unit, code, core)
    return found


def is_known_by_name(unit: Entity, around: Surroundings) -> bool:
    """Whether the unit's id is made of its name, alone or with its region, and it is no firm."""
    code = around.regions.get(unit.id, "")
    names = {unit.name, simplify(unit.name)}
    own = {organization_id(name, region=of) for name in names for of in ("", code)}
    return unit.id in own and not FIRM.search(unit.name)


def _place(name: str, code: str, around: Surroundings) -> tuple[str, str]:
    """The code of the place that the name says, "" where it says none for certain, and the rest of it."""
    said = said_place(name)
    if said.code:
        return said.code, said.core
    if name.endswith("部") and not said.sign and organ_of(name):
        return NATIONAL, said.core
    # 朝阳区教育局 is of that 朝阳区 where it is known to be.
    head = leading_region(name)
    if head and (own := find_region(head, within=code) if code else None):
        return own.code, fold(name[len(head) :])
    meant = division_of_unit(name, code or around.province)
    return (meant.code if meant else ""), said.core


def _links(placings: Placings) -> Iterator[OrganLink]:
    canonical: dict[EntityId, EntityId] = {}
    for link in _by_place(placings):
        canonical[link.source] = canonical[link.target] = link.source
        yield link
    for link in organ_links(placings.values(), canonical):
        if link.rule == BY_REFORM or not _codes(placings[i].unit for i in (link.source, link.target)):
            yield link


def _by_place(placings: Placings) -> Iterator[OrganLink]:
    groups: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for one in placings.values():
        groups[one.code, one.core].append(one.unit)
    for _, group in sorted(groups.items()):
        if not _codes(group):
            first, *others = sorted(unit.id for unit in group)
            yield from (OrganLink(first, other, BY_PLACE) for other in others)


def _codes(units: Iterable[Entity]) -> bool:
    """Whether the units have different credit codes."""
    return len({code for unit in units if (code := unit.properties.get("credit_code"))}) > 1


def _record(link: OrganLink, said_on: str) -> Record:
    claim = Claim(
        source=RESOLVER,
        document=DELIVERY,
        said_on=said_on,
        rule=link.rule,
        confidence=CONFIDENCE[link.rule],
    )
    if link.rule == BY_REFORM:
        relation = Relation(link.source, SUCCEEDS, link.target, {"date": str(link.year)}, (claim,))
    else:
        relation = Relation(link.source, SAME_AS, link.target, claims=(claim,))
    return Record(link.source, claim, (), (relation,))
