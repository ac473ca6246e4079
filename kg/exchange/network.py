"""The graph, or what surrounds some entities, as a networkx graph for analysts."""

from collections.abc import Collection, Iterable
from typing import TypeAlias

import networkx as nx

from kg.exchange.flat import attributes
from kg.model import Direction, Entity, EntityId, Relation
from kg.store.base import GraphReader

BATCH = 1000
"""Entities whose relations are read by one question to the store."""
Network: TypeAlias = "nx.MultiDiGraph[str]"


def to_networkx(
    reader: GraphReader,
    *,
    entity_types: Collection[str] = (),
    around: Collection[EntityId] = (),
    depth: int = 1,
) -> Network:
    """A MultiDiGraph: nodes by id with type, name and properties, edges keyed by relation type.

    `entity_types` keeps only these types, `around` only what lies within `depth` relations of these
    entities, in either direction; empty means everything. Lists are joined, money is a number.
    """
    if around:
        entities, relations = _surroundings(reader, around, depth)
    elif entity_types:
        entities, relations = _of_types(reader, entity_types)
    else:
        entities, relations = reader.entities(), reader.relations()
    graph: Network = nx.MultiDiGraph()
    for entity in entities:
        if not entity_types or entity.type in entity_types:
            graph.add_node(entity.id, **attributes(entity))
    for relation in relations:
        if relation.source in graph and relation.target in graph:
            graph.add_edge(relation.source, relation.target, key=relation.type, **attributes(relation))
    return graph


def _of_types(
    reader: GraphReader, entity_types: Collection[str]
) -> tuple[Iterable[Entity], Iterable[Relation]]:
    """Only what was asked for is read: these entities, and what leads on from them."""
    chosen = {
        entity.id: entity
        for kind in sorted(set(entity_types))
        for entity in reader.entities(entity_type=kind)
    }
    ids = sorted(chosen)
    relations = (
        relation
        for start in range(0, len(ids), BATCH)
        for relation in reader.relations(ids[start : start + BATCH])
    )
    return (chosen[entity_id] for entity_id in ids), relations


def _surroundings(
    reader: GraphReader, around: Collection[EntityId], depth: int
) -> tuple[Iterable[Entity], Iterable[Relation]]:
    reached, frontier = set(around), set(around)
    for _ in range(depth):
        ends = (
            end
            for relation in reader.relations(sorted(frontier), direction=Direction.BOTH)
            for end in (relation.source, relation.target)
        )
        frontier = set(ends) - reached
        reached |= frontier
        if not frontier:
            break
    ids = sorted(reached)
    return reader.get(ids).values(), reader.relations(ids)
