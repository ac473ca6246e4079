"""The shape of a graph in compressed arrays, for questions that go deep."""

from kg.snapshot.adjacency import Nodes
from kg.snapshot.file import open_snapshot
from kg.snapshot.snapshot import Snapshot, Step, steps
from kg.snapshot.walk import NOBODY, Hop, Reach

__all__ = ["NOBODY", "Hop", "Nodes", "Reach", "Snapshot", "Step", "open_snapshot", "steps"]
