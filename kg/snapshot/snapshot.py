"""A whole graph as arrays: which nodes there are, of which type, and who is joined to whom by what."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.model import Direction, EntityId, Modality
from kg.snapshot.adjacency import Adjacency, Nodes, adjacency
from kg.snapshot.names import Ids, pack
from kg.snapshot.walk import Edge, Reach, reach
from kg.store.base import GraphReader

Step: TypeAlias = tuple[str, Direction]
Key: TypeAlias = tuple[str, Modality, Direction]


def steps(types: Iterable[str], direction: Direction) -> tuple[Step, ...]:
    """A walk along these relation types, all in one direction; BOTH walks each way."""
    ways = (Direction.OUT, Direction.IN) if direction is Direction.BOTH else (direction,)
    return tuple((name, way) for name in types for way in ways)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A graph frozen at one version. Safe to use from several threads: nothing in it ever changes.

    `entity_types` names the types, `types` gives each node's position in it. `adjacencies` are kept by
    relation type, modality and direction (OUT or IN).
    """

    version: int
    ids: Ids
    entity_types: tuple[str, ...]
    types: NDArray[np.uint8]
    adjacencies: Mapping[Key, Adjacency]

    @classmethod
    def build(cls, reader: GraphReader) -> Self:
        """The snapshot of all that a reader shows: one pass over its entities, one over its relations."""
        version = reader.version()
        names: dict[str, int] = {}
        places: dict[EntityId, int] = {}
        types = bytearray()
        for entity in reader.entities():
            places[entity.id] = len(places)
            types.append(names.setdefault(entity.type, len(names)))
        kinds = np.frombuffer(bytes(types), dtype=np.uint8)
        return cls(version, pack(list(places)), tuple(names), kinds, _adjacencies(reader, places))

    def __len__(self) -> int:
        return len(self.ids)

    def relation_types(self) -> tuple[str, ...]:
        """Every relation type that joins something, ascending."""
        return tuple(sorted({name for name, _, _ in self.adjacencies}))

    def type_of(self, entity_id: EntityId) -> str | None:
        """The entity's type; None when it is not in the graph."""
        node = self.ids.find(entity_id)
        return None if node is None else self.entity_types[int(self.types[node])]

    def of_types(self, nodes: Nodes, wanted: Collection[str]) -> NDArray[np.bool_]:
        """Which of these nodes are of one of the wanted types."""
        numbers = [number for number, name in enumerate(self.entity_types) if name in wanted]
        return np.isin(self.types[nodes], numbers)

    def nodes(self, ids: Iterable[EntityId]) -> Nodes:
        """Positions of those of the ids that are in the graph, ascending."""
        found = (self.ids.find(entity_id) for entity_id in set(ids))
        return np.array(sorted(node for node in found if node is not None), dtype=np.int32)

    def reach(
        self,
        start: EntityId | Collection[EntityId],
        walk: Collection[Step],
        *,
        depth: int | None = None,
        modalities: Collection[Modality] = (Modality.FACT,),
    ) -> Reach:
        """All that a walk along these steps leads to from one or several starts; None means any depth.

        The starts are no part of the answer, ids not in the graph lead nowhere. With plans among the
        modalities, what facts alone do not lead to comes last and is marked.
        """
        edges = [edge for step in walk for edge in self._edges(step, modalities)]
        starts = self.nodes([EntityId(start)] if isinstance(start, str) else start)
        return reach(self.ids, starts, edges, depth=depth)

    def neighbours(self, nodes: Nodes, step: Step) -> tuple[Nodes, Nodes]:
        """Facts of one step from many nodes at once: pairs of node and neighbour, in the order of `nodes`."""
        found = self.adjacencies.get((step[0], Modality.FACT, step[1]))
        return found.spread(nodes) if found else (nodes[:0], nodes[:0])

    def degree(self, ids: Iterable[EntityId], step: Step) -> int:
        """How many facts lead on from these ids by one step, together."""
        return len(self.neighbours(self.nodes(ids), step)[0])

    def _edges(self, step: Step, modalities: Collection[Modality]) -> list[Edge]:
        name, direction = step
        return [
            Edge(name, direction is Direction.IN, modality, found)
            for modality in Modality
            if modality in modalities and (found := self.adjacencies.get((name, modality, direction)))
        ]


def _adjacencies(reader: GraphReader, places: Mapping[EntityId, int]) -> dict[Key, Adjacency]:
    ends: dict[tuple[str, Modality], tuple[array[int], array[int]]] = defaultdict(
        lambda: (array("i"), array("i"))
    )
    for relation in reader.relations():
        source, target = places.get(relation.source), places.get(relation.target)
        if source is not None and target is not None:
            sources, targets = ends[relation.type, relation.modality]
            sources.append(source)
            targets.append(target)
    found: dict[Key, Adjacency] = {}
    for (name, modality), pair in sorted(ends.items()):
        out, into = (np.frombuffer(one, dtype=np.int32) for one in pair)
        found[name, modality, Direction.OUT] = adjacency(len(places), out, into)
        found[name, modality, Direction.IN] = adjacency(len(places), into, out)
    return found
