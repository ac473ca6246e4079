"""Compressed adjacency: the neighbours of every node in one array, with offsets into it."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Nodes: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Adjacency:
    """`neighbours[offsets[n]:offsets[n + 1]]` are the neighbours of node n, ascending. Up to 2^31 edges."""

    offsets: Nodes
    neighbours: Nodes

    def spread(self, nodes: Nodes) -> tuple[Nodes, Nodes]:
        """Every edge from these nodes as (nodes repeated, neighbours), in the order of `nodes`."""
        starts = self.offsets[nodes]
        degrees = self.offsets[nodes + 1] - starts
        ends = np.cumsum(degrees, dtype=np.int32)
        total = int(ends[-1]) if len(ends) else 0
        places = np.repeat(starts - ends + degrees, degrees)
        places += np.arange(total, dtype=np.int32)
        return np.repeat(nodes, degrees), self.neighbours[places]


def adjacency(size: int, sources: Nodes, targets: Nodes) -> Adjacency:
    """The adjacency of `size` nodes from its edges in any order."""
    order = np.lexsort((targets, sources))
    offsets = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(sources, minlength=size), out=offsets[1:])
    return Adjacency(offsets, np.ascontiguousarray(targets[order]))
