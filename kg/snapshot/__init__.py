"""The shape of a graph in compressed arrays, for questions that go deep."""

from kg.snapshot.file import open_snapshot
from kg.snapshot.snapshot import Snapshot, Step, steps
from kg.snapshot.walk import Hop, Reach

__all__ = ["Hop", "Reach", "Snapshot", "Step", "open_snapshot", "steps"]
