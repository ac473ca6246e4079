"""What can be reached from where, breadth first, with one shortest path to everything reached."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.model import EntityId, Modality
from kg.snapshot.adjacency import Adjacency, Nodes
from kg.snapshot.names import Ids

NOBODY = -1
SPARSE = 50
"""Nodes per reached node above which sorting those reached beats a pass over all."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One way to go on: a relation type seen from one end; `reverse` when that is its target."""

    relation: str
    reverse: bool
    modality: Modality
    adjacency: Adjacency


@dataclass(frozen=True, slots=True)
class Trace:
    """One breadth-first walk: nodes in order of discovery, and by node its distance, parent and way there.

    `ways` are positions in the list of edges walked; NOBODY where a node was not reached.
    """

    order: Nodes
    hops: Nodes
    parents: Nodes
    ways: NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Hop:
    """One relation of a path, told in its own direction."""

    source: EntityId
    type: str
    target: EntityId
    modality: Modality


@dataclass(frozen=True, slots=True)
class Reach:
    """What is reached: what facts alone lead to, nearest first, then what only plans lead to.

    `nodes`, `hops` (distance) and `planned` run in step; `nodes` are positions in `ids`.
    """

    ids: Ids
    nodes: Nodes
    hops: Nodes
    planned: NDArray[np.bool_]
    edges: tuple[Edge, ...]
    traces: tuple[Trace, ...]

    def __len__(self) -> int:
        return len(self.nodes)

    def entity_id(self, position: int) -> EntityId:
        """The id of what is reached at this position."""
        return self.ids[int(self.nodes[position])]

    def entity_ids(self, *, limit: int | None = None) -> list[EntityId]:
        """Ids of all that is reached, or of the first `limit`."""
        return [self.ids[node] for node in self.nodes[:limit].tolist()]

    def path(self, position: int) -> tuple[Hop, ...]:
        """A shortest path from a start to what is reached at this position."""
        trace = self.traces[int(self.planned[position])]
        node, found = int(self.nodes[position]), []
        while (parent := int(trace.parents[node])) != NOBODY:
            found.append(self._hop(parent, int(trace.ways[node]), node))
            node = parent
        return tuple(reversed(found))

    def _hop(self, before: int, way: int, after: int) -> Hop:
        edge = self.edges[way]
        source, target = (after, before) if edge.reverse else (before, after)
        return Hop(self.ids[source], edge.relation, self.ids[target], edge.modality)


def reach(ids: Ids, starts: Nodes, edges: Sequence[Edge], *, depth: int | None) -> Reach:
    """All that is reached from `starts` over `edges`, within `depth` relations or at any distance.

    Edges that are plans lead on only after all that facts lead to is known, and what they add is marked.
    """
    certain = [edge for edge in edges if edge.modality is Modality.FACT]
    walked = (*certain, *(edge for edge in edges if edge.modality is not Modality.FACT))
    traces = [trace(len(ids), starts, certain, depth=depth)]
    order, hops = traces[0].order, traces[0].hops[traces[0].order]
    planned = np.zeros(len(order), dtype=np.bool_)
    if len(walked) > len(certain):
        second = trace(len(ids), starts, walked, depth=depth)
        added = second.order[traces[0].hops[second.order] == NOBODY]
        traces.append(second)
        order = np.concatenate([order, added])
        hops = np.concatenate([hops, second.hops[added]])
        planned = np.concatenate([planned, np.ones(len(added), dtype=np.bool_)])
    return Reach(ids, order, hops, planned, walked, tuple(traces))


def trace(size: int, starts: Nodes, edges: Sequence[Edge], *, depth: int | None) -> Trace:
    """Walks breadth first; of several ways to a node at one distance the first edge, then parent, counts."""
    hops, parents = (np.full(size, NOBODY, dtype=np.int32) for _ in range(2))
    ways = np.full(size, NOBODY, dtype=np.int16)
    unseen = np.ones(size, dtype=np.bool_)
    hops[starts] = 0
    unseen[starts] = False
    found: list[Nodes] = []
    frontier, distance = starts, 0
    while len(frontier) and (depth is None or distance < depth):
        distance += 1
        reached = [starts[:0]]
        for way, edge in enumerate(edges):
            before, after = edge.adjacency.spread(frontier)
            fresh = unseen[after]
            before, after = before[fresh], after[fresh]
            # Assigned backwards, so that the first edge to a node is the one that stays.
            parents[after[::-1]] = before[::-1]
            ways[after] = way
            unseen[after] = False
            reached.append(after)
        frontier = _distinct(np.concatenate(reached), size)
        hops[frontier] = distance
        found.append(frontier)
    order = np.concatenate(found) if found else starts[:0]
    return Trace(order, hops, parents, ways)


def _distinct(nodes: Nodes, size: int) -> Nodes:
    """The nodes ascending, each once; marking is faster than sorting unless they are few."""
    if len(nodes) * SPARSE < size:
        return np.unique(nodes)
    marked = np.zeros(size, dtype=np.bool_)
    marked[nodes] = True
    return np.flatnonzero(marked).astype(np.int32)
