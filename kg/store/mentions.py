"""What a generic mention of an ability leads to: the one thing that offers it to the place, if any."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from kg.model import Claim, Entity, EntityId, Modality, Record, Relation, RunId
from kg.store.base import Counts, Delivery, GraphReader, GraphStore
from kg.store.offers import offers_by_name
from kg.store.ranking import aliases_of
from kg.store.redelivery import first_said, newest, redeliver
from kg.store.surroundings import EVERYWHERE, NOT_YET, Surroundings, contains, read_surroundings

RESOLVER = "resolver"
DELIVERY = "resolver:mentions"
RULE = "mention:only-server"
# A reading of what was meant, not of what was said; below what a verdict may rest on.
CONFIDENCE = 0.75


def link_mentions(store: GraphStore, run: RunId) -> Counts:
    """Says anew which component or system a stated reuse of an ability means.

    For each asset or project that REUSES a Capability: the one thing that offers it, by a source's word or by
    its own name, and serves the region and level of that asset. None or several: no link. Written with basis
    inferred: REUSES of a Component, DEPENDS_ON of a System.
    """
    around = read_surroundings(store)
    records = list(_records(store, around))
    delivery = Delivery(DELIVERY, RESOLVER, None, None, newest(store), len(records))
    return redeliver(store, run, delivery, records=records)


def _records(reader: GraphReader, around: Surroundings) -> Iterator[Record]:
    components = {around.canonical(i) for i, asset in around.assets.items() if asset.type == "Component"}
    offered = _offered(reader, around, components)
    stated = {r.key for r in reader.relations(types=("REUSES",)) if r.modality is Modality.FACT}
    meant = []
    for user, _, capability in sorted(stated):
        own = around.canonical(user)
        serving = [c for i, c in offered.get(capability, {}).items() if i != own and _serves(c, user, around)]
        if len(serving) == 1:
            meant.append((user, capability, serving[0].id))
    said = first_said(reader, {end for link in meant for end in link})
    for user, capability, thing in meant:
        date = max(said[user], said[capability], said[thing])
        kind = "REUSES" if around.canonical(thing) in components else "DEPENDS_ON"
        yield _record(Relation(user, kind, thing, {"basis": "inferred"}), date)


def _offered(
    reader: GraphReader, around: Surroundings, components: Collection[EntityId]
) -> Mapping[EntityId, Mapping[EntityId, Entity]]:
    """By capability, then by canonical id, one of the assets that offer it, as stated or by their name."""
    offered: dict[EntityId, dict[EntityId, Entity]] = defaultdict(dict)
    for relation in reader.relations(types=("OFFERS",)):
        offering = around.assets.get(relation.source)
        if relation.modality is Modality.FACT and offering and offering.properties.get("status") != NOT_YET:
            offered[relation.target].setdefault(around.canonical(offering.id), offering)
    for identity, asset in sorted(around.assets.items()):
        whole = around.canonical(identity)
        for capability in offers_by_name(asset, reused=whole in components):
            offered[capability].setdefault(whole, asset)
    return offered


def _serves(component: Entity, user: EntityId, around: Surroundings) -> bool:
    """Whether the component serves the user's region and level; silent, it serves its own region."""
    level, levels = around.level(user), aliases_of(component.properties.get("levels_served"))
    if levels and level not in levels:
        return False
    served = aliases_of(component.properties.get("serves"))
    if EVERYWHERE & set(served):
        return True
    region = around.region(user) or around.province
    codes = (
        [around.code(place) for place in served]
        if served
        else [around.region(component.id) or around.province]
    )
    return bool(region) and any(code and contains(code, region) for code in codes)


def _record(relation: Relation, said_on: str) -> Record:
    claim = Claim(source=RESOLVER, document=DELIVERY, said_on=said_on, rule=RULE, confidence=CONFIDENCE)
    return Record(relation.source, claim, (), (replace(relation, claims=(claim,)),))
