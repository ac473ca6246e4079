"""Writing to and reading from Neo4j, against the shortest scripts by hand in the same run."""

import gc
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import neo4j

from benchmarks.machine import machine
from kg.model import Claim, Entity, EntityId, Place, Record, Relation
from kg.snapshot import Snapshot
from kg.store import open_store
from kg.store.base import Delivery, GraphStore
from kg.store.cypher.address import parse_address
from tools.neo4j.__main__ import ROOT, jars
from tools.neo4j.lines import LTS
from tools.neo4j.server import Server

RESULTS = Path(__file__).parent / "results"
SEED = 7
ROWS = int(os.environ.get("BENCH_ROWS", "10000"))
ENTITIES_OF_A_ROW, RELATIONS_OF_A_ROW = 10, 50
BATCH = 10_000
QUESTIONS = 1000
WARM = 2000
ROUNDS = 5
BARS = {"upsert": 1.3, "rerun": 1.5, "get": 1.5, "one_hop": 1.5}
BAR_SNAPSHOT = 50_000
WORDS = "电子证照印章统一身份认证平台系统管理政务服务数据共享交换审批监管公文档案信用医保社保公积金"
DELIVERY = Delivery("bench:neo4j", "native", None, None, "2026-01-01", 0)


def records(chance: random.Random) -> list[Record]:
    """Rows of ten entities each, joined to entities of this row and of rows before it."""
    made, ids = [], []
    for number in range(ROWS):
        facts = [_entity(number * ENTITIES_OF_A_ROW + at, chance) for at in range(ENTITIES_OF_A_ROW)]
        ids += [one.id for one in facts]
        keys = {(chance.choice(facts).id, chance.choice(ids)) for _ in range(RELATIONS_OF_A_ROW)}
        links = tuple(Relation(a, "DEPENDS_ON", b) for a, b in sorted(keys))
        claim = Claim("native", "bench.jsonl", "2026-01-01", Place(row=number + 1), "native@1")
        made.append(Record(facts[0].id, claim, tuple(facts), links))
    return made


def _entity(number: int, chance: random.Random) -> Entity:
    name = "".join(chance.sample(WORDS, 8)) + str(number)
    said = {"status": "在用", "description": "统一受理、审核、发放与查询" + str(number % 97)}
    return Entity(EntityId(f"asset-{number:08x}"), "System", name, said)


def by_hand(driver: neo4j.Driver, rows: Sequence[Record]) -> float:
    """Seconds of the script one would write: constraint, MERGE of nodes, MERGE of relationships."""
    nodes = [{"id": e.id, "name": e.name, **e.properties} for row in rows for e in row.entities]
    links = [{"s": r.source, "t": r.target} for row in rows for r in row.relations]
    begun = time.perf_counter()
    with driver.session() as session:
        session.run("CREATE CONSTRAINT by_hand IF NOT EXISTS FOR (e:Thing) REQUIRE e.id IS UNIQUE").consume()
        for query, given in (
            ("UNWIND $rows AS row MERGE (e:Thing {id: row.id}) SET e += row", nodes),
            (
                "UNWIND $rows AS row MATCH (a:Thing {id: row.s}) MATCH (b:Thing {id: row.t})"
                " MERGE (a)-[:DEPENDS_ON]->(b)",
                links,
            ),
        ):
            for batch in _batches(given, BATCH):
                session.execute_write(_run, query, batch)
    return time.perf_counter() - begun


def _run(work: neo4j.ManagedTransaction, query: Any, rows: Sequence[object]) -> None:
    work.run(query, rows=rows).consume()


def by_store(store: GraphStore, rows: Sequence[Record]) -> float:
    """Seconds of the same through the store: claims, folds, names to be searched, a version."""
    begun = time.perf_counter()
    run = store.begin("bench")
    for batch in _batches(rows, 1000):
        store.upsert(run, DELIVERY, batch)
    store.finish(run, status="complete", summary={})
    return time.perf_counter() - begun


def _batches(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    left = iter(rows)
    while batch := list(islice(left, size)):
        yield batch


def timed(asked: Mapping[str, Callable[[EntityId], object]], ids: Sequence[EntityId]) -> dict[str, float]:
    """Median milliseconds of asking for each, the ways by turns so that all meet the same moments."""
    took: dict[str, list[float]] = {name: [] for name in asked}
    for one in ids:
        for name, ask in asked.items():
            begun = time.perf_counter()
            ask(one)
            took[name].append((time.perf_counter() - begun) * 1000)
    return {name: round(statistics.median(every), 3) for name, every in took.items()}


def reads(store: GraphStore, driver: neo4j.Driver, ids: Sequence[EntityId]) -> dict[str, float]:
    """Milliseconds of a point lookup and of one hop, by the store and by the driver alone."""

    def raw_get(one: EntityId) -> object:
        return driver.execute_query("MATCH (e:Entity {id: $id}) RETURN e", id=one, routing_="r")

    def raw_hop(one: EntityId) -> object:
        query = "MATCH (e:Entity {id: $id})-[r]->(other) RETURN r, other"
        return driver.execute_query(query, id=one, routing_="r")

    asked: dict[str, Callable[[EntityId], object]] = {
        "get": lambda one: store.get([one]),
        "raw_get": raw_get,
        "one_hop": lambda one: list(store.relations([one])),
        "raw_one_hop": raw_hop,
    }
    timed(asked, ids[:50])
    return timed(asked, ids)


def measure(url: str) -> dict[str, Any]:
    """All figures, on an empty server."""
    chance = random.Random(SEED)
    rows = records(chance)
    # What is to be written stands in memory as files do elsewhere: no collector need walk it.
    gc.freeze()
    address = parse_address(url)
    auth = (str(address.user), str(address.password))
    with neo4j.GraphDatabase.driver(address.server, auth=auth, notifications_min_severity="OFF") as driver:
        _warm(driver, url, rows[:WARM])
        written = [_written(driver, url, rows) for _ in range(ROUNDS)]
        hand, first = (statistics.median(took) for took in zip(*written, strict=True))
        with open_store(url) as store:
            again = by_store(store, rows)
            counts = store.counts()
            begun = time.perf_counter()
            shape = Snapshot.build(store)
            snapshot = time.perf_counter() - begun
            ids = [chance.choice(rows).subject for _ in range(QUESTIONS)]
            found = reads(store, driver, ids)
    return {
        "entities": counts["System"],
        "relations": counts["DEPENDS_ON"],
        "nodes_in_snapshot": len(shape),
        "seconds_of_rounds": [[round(took, 1) for took in one] for one in written],
        "seconds": {
            "by_hand": round(hand, 1),
            "store": round(first, 1),
            "store_again": round(again, 1),
            "snapshot": round(snapshot, 1),
        },
        "ms_p50": found,
        "ratios": {
            "upsert": round(first / hand, 2),
            "rerun": round(again / first, 2),
            "get": round(found["get"] / found["raw_get"], 2),
            "one_hop": round(found["one_hop"] / found["raw_one_hop"], 2),
        },
        "snapshot_relations_per_second": round(counts["DEPENDS_ON"] / snapshot),
    }


def _written(driver: neo4j.Driver, url: str, rows: Sequence[Record]) -> tuple[float, float]:
    """Seconds of both ways into an empty database; what the store wrote is left there."""
    _empty(driver)
    hand = by_hand(driver, rows)
    _empty(driver)
    with open_store(url, create=True) as store:
        return hand, by_store(store, rows)


def _warm(driver: neo4j.Driver, url: str, rows: Sequence[Record]) -> None:
    """Both ways once on a few rows: whoever comes first pays for the server's compiling."""
    _written(driver, url, rows)


def _empty(driver: neo4j.Driver) -> None:
    with driver.session() as session:
        for what in ("MATCH ()-[n]->()", "MATCH (n)"):
            session.run(f"{what} CALL (n) {{ DELETE n }} IN TRANSACTIONS OF 20000 ROWS").consume()


def main() -> int:
    """Measures, prints and writes the result file; 1 when a bar is missed."""
    server = Server(ROOT / "bench", jars(LTS.name), LTS)
    try:
        access = server.start()
        found = measure(access.url)
    finally:
        server.stop()
    result = {
        "bench": "neo4j",
        "machine": machine(),
        "server": LTS.version,
        "seed": SEED,
        **found,
        "load_average": round(os.getloadavg()[0], 1),
        "bars": {**BARS, "snapshot_relations_per_second": BAR_SNAPSHOT},
    }
    (RESULTS / "neo4j.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(result, ensure_ascii=False))
    slow = [name for name, bar in BARS.items() if found["ratios"][name] > bar]
    return int(bool(slow) or found["snapshot_relations_per_second"] < BAR_SNAPSHOT)


if __name__ == "__main__":
    sys.exit(main())
