"""Units that are one under two names: 省数据局 of 湖南 is 湖南省数据局."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.identity import organization_id
from kg.model import Claim, Entity, EntityId, Record, Relation, RunId
from kg.registry.relative import divisions_meant, said_place
from kg.store.base import Counts, Delivery, GraphStore
from kg.store.judgements import SAME_AS
from kg.store.redelivery import first_said, newest, redeliver
from kg.store.surroundings import Surroundings, read_surroundings

RESOLVER = "resolver"
DELIVERY = "resolver:units"
RULE = "unit:place"
# The name is the same but for how its place is said, and the place is the same.
CONFIDENCE = 0.9
FIRM = re.compile(r"公司|集团|企业|厂$")
"""Firms are other firms under every other name; 湖南… and 湖南省… are two of them."""


def resolve_units(store: GraphStore, run: RunId) -> Counts:
    """Says anew which units differ only in how their names say one place; what no longer holds is closed.

    Never units with different credit codes. A person's word to the contrary wins on reading.
    """
    around = read_surroundings(store)
    links = list(_links(store.entities(entity_type="Organization"), around))
    said = first_said(store, {end for link in links for end in link})
    delivery = Delivery(DELIVERY, RESOLVER, None, None, newest(store), len(links))
    records = [_record(a, b, max(said[a], said[b])) for a, b in links]
    return redeliver(store, run, delivery, records=records)


def _links(units: Iterable[Entity], around: Surroundings) -> Iterator[tuple[EntityId, EntityId]]:
    groups: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for unit in units:
        if (key := _key(unit, around)) is not None:
            groups[key].append(unit)
    for _, group in sorted(groups.items()):
        codes = {code for unit in group if (code := unit.properties.get("credit_code"))}
        if len(codes) < 2:
            first, *others = sorted(unit.id for unit in group)
            yield from ((first, other) for other in others)


def _key(unit: Entity, around: Surroundings) -> tuple[str, str] | None:
    """The place that the name says and the rest of it; None where it says none, or not certainly one.

    A unit whose id was given or made of a code is known by that, not by its name.
    """
    code = around.regions.get(unit.id, "")
    if FIRM.search(unit.name) or unit.id not in (
        organization_id(unit.name),
        organization_id(unit.name, region=code),
    ):
        return None
    said = said_place(unit.name)
    if said.code:
        return said.code, said.core
    meant = divisions_meant(said.sign, code or around.province)
    return (meant[0].code, said.core) if len(meant) == 1 else None


def _record(a: EntityId, b: EntityId, said_on: str) -> Record:
    claim = Claim(source=RESOLVER, document=DELIVERY, said_on=said_on, rule=RULE, confidence=CONFIDENCE)
    return Record(a, claim, (), (Relation(a, SAME_AS, b, claims=(claim,)),))
