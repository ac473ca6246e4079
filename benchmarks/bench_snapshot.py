"""Impact questions on 200,000 nodes and 1,000,000 relations: snapshot, networkx and recursive SQL compared.

Run: python -m benchmarks.bench_snapshot [--small]. Writes benchmarks/results/snapshot.json.
"""

import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from benchmarks.machine import machine
from kg.model import Direction, Entity, EntityId, Relation
from kg.snapshot import open_snapshot, steps
from kg.store.base import GraphReader

SEED = 20231212
QUESTIONS = 100
SLOW_QUESTIONS = 10
WALK = steps(("DEPENDS_ON", "REUSES"), Direction.IN)
BAR_P95_MS = 100
RESULT = Path(__file__).parent / "results" / "snapshot.json"
Edges = list[tuple[int, str, int]]
CLOSURE = """
WITH RECURSIVE reached (node) AS (
  SELECT ? UNION SELECT e.source FROM reached r JOIN edge e ON e.target = r.node
) SELECT count(*) - 1 FROM reached
"""


class Generated:
    """As much of a GraphReader as a snapshot needs, over generated edges."""

    def __init__(self, size: int, edges: Edges) -> None:
        self._size, self._edges = size, edges

    def version(self) -> int:
        """Never moves."""
        return 1

    def entities(self) -> Iterator[Entity]:
        """One system per node, by id."""
        return (Entity(name(node), "System", f"系统{node}") for node in range(self._size))

    def relations(self) -> Iterator[Relation]:
        """The generated edges."""
        return (Relation(name(a), kind, name(b)) for a, kind, b in self._edges)


def name(node: int) -> EntityId:
    """The id of a node; ids ascend with nodes."""
    return EntityId(f"asset-{node:016x}")


def generate(size: int, count: int, chooser: random.Random) -> Edges:
    """Edges of which a fifth point to a few shared components, the others anywhere."""
    hubs = [chooser.randrange(size) for _ in range(size // 400)]
    found: set[tuple[int, str, int]] = set()
    while len(found) < count:
        source = chooser.randrange(size)
        if chooser.random() < 0.2:
            found.add((source, "REUSES", chooser.choice(hubs)))
        else:
            found.add((source, "DEPENDS_ON", chooser.randrange(size)))
    return sorted(found)


def timed(ask: Callable[[int], int], starts: Sequence[int]) -> tuple[dict[str, float], list[int]]:
    """Milliseconds (p50, p95, most) of asking at each start, and the number reached from each."""
    took, reached = [], []
    for start in starts:
        begun = time.perf_counter()
        reached.append(ask(start))
        took.append((time.perf_counter() - begun) * 1000)
    p50, p95, most = (round(float(np.percentile(took, share)), 2) for share in (50, 95, 100))
    return {"p50": p50, "p95": p95, "max": most, "questions": len(starts)}, reached


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    begun = time.perf_counter()
    work()
    return round(time.perf_counter() - begun, 3)


def sql(edges: Edges, folder: Path) -> sqlite3.Connection:
    """The same edges as an indexed SQLite table with integer ends."""
    connection = sqlite3.connect(folder / "edges.db")
    connection.execute("CREATE TABLE edge (source INTEGER, target INTEGER)")
    connection.executemany("INSERT INTO edge VALUES (?, ?)", ((a, b) for a, _, b in edges))
    connection.execute("CREATE INDEX edge_target ON edge (target, source)")
    connection.commit()
    return connection


def compare(size: int, count: int, folder: Path) -> dict[str, Any]:
    """Builds all three, asks all three the same questions, and checks that they agree."""
    chooser = random.Random(SEED)
    edges = generate(size, count, chooser)
    starts = [chooser.randrange(size) for _ in range(QUESTIONS)]
    few = starts[:SLOW_QUESTIONS]
    reader: GraphReader = Generated(size, edges)  # type: ignore[assignment]  # only what a snapshot reads
    file = folder / "graph.snapshot"
    build = seconds(lambda: open_snapshot(reader, file))
    opened = seconds(lambda: open_snapshot(reader, file))
    snapshot = open_snapshot(reader, file)
    ours, reached = timed(lambda node: len(snapshot.reach(name(node), WALK)), starts)
    graph = nx.DiGraph((b, a) for a, _, b in edges)
    theirs, also = timed(lambda node: len(nx.descendants(graph, node)) if node in graph else 0, few)
    connection = sql(edges, folder)
    closure, third = timed(lambda node: int(connection.execute(CLOSURE, (node,)).fetchone()[0]), few)
    connection.close()
    assert reached[:SLOW_QUESTIONS] == also == third, "the three do not agree"
    return {
        "nodes": size,
        "relations": count,
        "build_s": build,
        "open_s": opened,
        "file_mb": round(file.stat().st_size / 1e6, 1),
        "reached_median": int(np.median(reached)),
        "ms": {"snapshot": ours, "networkx": theirs, "recursive_sql": closure},
        "ratio_p50": {
            "networkx": round(theirs["p50"] / ours["p50"], 1),
            "recursive_sql": round(closure["p50"] / ours["p50"], 1),
        },
    }


def main(arguments: Collection[str]) -> int:
    """Measures, prints and, at full size, writes the result file; 1 when the bar is missed."""
    size, count = (2_000, 10_000) if "--small" in arguments else (200_000, 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        found = compare(size, count, Path(folder))
    load = {"load_average": round(os.getloadavg()[0], 1), "bars": {"p95_ms": BAR_P95_MS}}
    result = {"bench": "snapshot", "machine": machine(), "seed": SEED, **found, **load}
    print(json.dumps(result, ensure_ascii=False))
    if "--small" not in arguments:
        RESULT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(found["ms"]["snapshot"]["p95"] > BAR_P95_MS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
