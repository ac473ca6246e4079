"""What a generic mention of an ability leads to: the one component that serves the place, if there is one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.model import Claim, Entity, EntityId, Modality, Record, Relation, RunId
from kg.store.base import Counts, Delivery, GraphReader, GraphStore
from kg.store.ranking import aliases_of
from kg.store.redelivery import first_said, newest, redeliver
from kg.store.surroundings import EVERYWHERE, Surroundings, contains, read_surroundings

RESOLVER = "resolver"
DELIVERY = "resolver:mentions"
RULE = "mention:only-server"
# A reading of what was meant, not of what was said; below what a verdict may rest on.
CONFIDENCE = 0.75


def link_mentions(store: GraphStore, run: RunId) -> Counts:
    """Says anew which component a stated reuse of an ability means.

    For each asset or project that REUSES a Capability: the one Component that OFFERS it and serves the
    region and level of that asset. None or several: no link. Written as REUSES with basis inferred.
    """
    around = read_surroundings(store)
    records = list(_records(store, around))
    delivery = Delivery(DELIVERY, RESOLVER, None, None, newest(store), len(records))
    return redeliver(store, run, delivery, records=records)


def _records(reader: GraphReader, around: Surroundings) -> Iterator[Record]:
    offered: dict[EntityId, list[Entity]] = defaultdict(list)
    for relation in reader.relations(types=("OFFERS",)):
        offering = around.assets.get(relation.source)
        if relation.modality is Modality.FACT and offering is not None and offering.type == "Component":
            offered[relation.target].append(offering)
    stated = {r.key for r in reader.relations(types=("REUSES",)) if r.modality is Modality.FACT}
    meant = []
    for user, _, capability in sorted(stated):
        serving = [c for c in offered.get(capability, ()) if c.id != user and _serves(c, user, around)]
        if len(serving) == 1:
            meant.append((user, capability, serving[0].id))
    said = first_said(reader, {end for link in meant for end in link})
    for user, capability, component in meant:
        date = max(said[user], said[capability], said[component])
        yield _record(Relation(user, "REUSES", component, {"basis": "inferred"}), date)


def _serves(component: Entity, user: EntityId, around: Surroundings) -> bool:
    """Whether the component serves the user's region and level; silent, it serves its own region."""
    level, levels = around.level(user), aliases_of(component.properties.get("levels_served"))
    if levels and level not in levels:
        return False
    served = aliases_of(component.properties.get("serves"))
    if EVERYWHERE & set(served):
        return True
    region = around.region(user)
    codes = [around.code(place) for place in served] if served else [around.region(component.id)]
    return bool(region) and any(code and contains(code, region) for code in codes)


def _record(relation: Relation, said_on: str) -> Record:
    claim = Claim(source=RESOLVER, document=DELIVERY, said_on=said_on, rule=RULE, confidence=CONFIDENCE)
    return Record(relation.source, claim, (), (replace(relation, claims=(claim,)),))
