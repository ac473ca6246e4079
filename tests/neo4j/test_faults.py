"""What can go wrong between us and a server: each fault is told in one line, and nothing is half written."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreUnavailableError, ValidationError
from kg.model import EntityId, RunId
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.cypher.address import parse_address
from kg.store.neo4j import Neo4jServer
from tests.conformance.graphs import CENSUS, OWNER, SEAL, entity, finish, load, relation, row, seal_row
from tests.conformance.writer import FUNCTIONS, ROWS, delivery, rows
from tests.neo4j.servers import wipe
from tools.neo4j.__main__ import jars
from tools.neo4j.lines import LINES
from tools.neo4j.server import Server, free_port

pytestmark = pytest.mark.neo4j
ROOT = Path(__file__).resolve().parents[2]
EXPIRED = "MATCH (n:Graph) SET n.until = datetime() - duration({seconds: 1})"
# Rounds; each waits for a restart.
KILLS = {"lts": 10, "current": 2}


def run_by_hand(url: str, statement: str) -> None:
    server = Neo4jServer(parse_address(url))
    server.define(statement)
    server.close()


def test_a_wrong_password_is_told_without_the_password(neo4j_url: str) -> None:
    address = parse_address(neo4j_url)
    url = neo4j_url.replace(str(address.password), "wrong-secret")
    with pytest.raises(StoreError, match="用户名或密码") as told:
        open_store(url)
    assert "wrong-secret" not in str(told.value)


def test_the_login_may_stand_beside_the_address(neo4j_url: str) -> None:
    address = parse_address(neo4j_url)
    with open_store(address.server, create=True, user=address.user, password=address.password) as store:
        assert store.counts() == {}


@pytest.mark.parametrize("scheme", ["neo4j+s", "bolt+s"])
def test_a_wrong_scheme_is_told(neo4j_url: str, scheme: str) -> None:
    url = f"{scheme}://{neo4j_url.partition('://')[2]}"
    with pytest.raises(StoreUnavailableError, match="加密方式"):
        open_store(url)


def test_a_routing_address_works_too(neo4j_url: str) -> None:
    with open_store(f"neo4j://{neo4j_url.partition('://')[2]}/neo4j", create=True) as store:
        load(store, CENSUS, seal_row())
        assert store.counts()["System"] == 1


def test_an_unknown_database_is_told(neo4j_url: str) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        open_store(f"{neo4j_url}/nowhere", create=True)


def test_a_server_that_is_down_is_told_at_once() -> None:
    with pytest.raises(StoreUnavailableError, match="无法连接"):
        open_store(f"bolt://neo4j:secret@127.0.0.1:{free_port()}", create=True)


def test_an_empty_database_is_not_made_a_graph_by_a_question(neo4j_url: str) -> None:
    with pytest.raises(StoreError, match="kg ingest"):
        open_store(neo4j_url, readonly=True)


def test_somebody_elses_graph_is_refused_and_left_alone(neo4j_url: str) -> None:
    run_by_hand(neo4j_url, "CREATE (:Person {name: 'Ada'})-[:KNOWS]->(:Person)")
    with pytest.raises(StoreError, match="Person"):
        open_store(neo4j_url, create=True)
    server = Neo4jServer(parse_address(neo4j_url))
    assert server.ask("MATCH (n) RETURN count(n), collect(DISTINCT labels(n))", {}) == [[2, [["Person"]]]]
    server.close()


def test_a_database_of_another_schema_is_refused(neo4j_url: str) -> None:
    open_store(neo4j_url, create=True).close()
    run_by_hand(neo4j_url, "MATCH (n:Graph) SET n.schema = 99")
    with pytest.raises(StoreError, match="结构版本"):
        open_store(neo4j_url)


HOSTILE = [
    "x`) DETACH DELETE n //",
    "System` {x: 1}) MATCH (n) DETACH DELETE n //",
    "' OR 1=1 //",
    "\\`",
    "}) RETURN 1 UNION MATCH (n) DETACH DELETE n //",
    '"} | x',
    "$rows",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_values_are_never_commands(neo4j_url: str, text: str) -> None:
    with open_store(neo4j_url, create=True) as store:
        strange = row(CENSUS, entity(text, "System", text, **{text: text, "aliases": (text,)}), at=2)
        load(store, CENSUS, seal_row(), strange)
        found = store.get([EntityId(text)])[EntityId(text)]
        assert (found.name, found.properties[text], found.properties["aliases"]) == (text, text, (text,))
        assert store.named(text) == [text]
        store.search(text)
        assert store.search("电子印章")[0].id == SEAL
        assert store.counts()["System"] == 2
        assert list(store.entities(entity_type=text)) == []
        assert list(store.relations([SEAL], types=[text])) == []
        assert store.search("电子印章", entity_type=text) == []


@pytest.mark.parametrize("kind", [*HOSTILE, "Record", "Entity", "Graph", ""])
def test_types_are_names_or_refused(neo4j_url: str, kind: str) -> None:
    with open_store(neo4j_url, create=True) as store:
        run = store.begin("load")
        with pytest.raises(ValidationError):
            store.upsert(run, CENSUS, [row(CENSUS, entity("asset-x", kind, "甲"))])
        with pytest.raises(ValidationError):
            store.upsert(run, CENSUS, [seal_row(), row(CENSUS, relation(OWNER, kind, SEAL), at=2)])
        finish(store, run)
        assert store.counts() == {}


def test_another_writer_is_named_and_a_dead_one_gives_way(neo4j_url: str) -> None:
    with open_store(neo4j_url, create=True) as first, open_store(neo4j_url) as second:
        first.begin("load")
        with pytest.raises(StoreUnavailableError, match="进程"):
            second.begin("load")
        with subprocess.Popen([sys.executable, "-c", "pass"]) as gone:
            gone.wait()
        statement = f"MATCH (n:Graph) SET n.holder = replace(n.holder, '{os.getpid()}', '{gone.pid}')"
        run_by_hand(neo4j_url, statement)
        finish(second, second.begin("load"))


def test_a_writer_whose_lease_was_taken_changes_nothing_more(neo4j_url: str) -> None:
    with open_store(neo4j_url, create=True) as slow, open_store(neo4j_url) as quick:
        run = slow.begin("load")
        run_by_hand(neo4j_url, EXPIRED)
        load(quick, CENSUS, seal_row())
        with pytest.raises(StoreUnavailableError, match="接管"):
            slow.upsert(
                run, replace(CENSUS, key="census:slow"), [row(CENSUS, entity("asset-s", "System", "慢"))]
            )
        assert quick.counts()["System"] == 1
        assert [one.status for one in quick.runs()] == ["failed", "complete"]


@pytest.fixture
def own_server(neo4j_line: str, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path / "home", jars(neo4j_line), LINES[neo4j_line])
    try:
        server.start()
        yield server
    finally:
        server.stop()


def url_of(server: Server) -> str:
    access = server.access()
    assert access is not None
    return access.url


def test_a_read_only_database_says_so(own_server: Server) -> None:
    with open_store(url_of(own_server), create=True) as store:
        load(store, CENSUS, seal_row())
    own_server.stop()
    own_server.configure(**{"server.databases.default_to_read_only": "true"})
    own_server.start()
    with open_store(url_of(own_server)) as store:
        assert store.counts()["System"] == 1
        with pytest.raises(StoreError, match="只读"):
            store.begin("load")


def test_a_full_disk_is_told_and_what_was_written_stands(own_server: Server) -> None:
    access = own_server.access()
    assert access is not None
    with open_store(access.url, create=True) as store:
        load(store, CENSUS, seal_row())
        # To the server it is the same: no file of its grows any further.
        resource.prlimit(access.pid, resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
        run = store.begin("load")
        with pytest.raises(StoreError, match="磁盘"):
            _write_for_ever(store, run)
    with pytest.raises(StoreError, match="重启"):
        open_store(access.url)
    own_server.kill()
    own_server.start()
    run_by_hand(access.url, EXPIRED)
    with open_store(access.url) as store:
        load(store, replace(CENSUS, key="census:after"), row(CENSUS, entity("asset-a", "System", "后来")))
        assert [one.status for one in store.runs()] == ["complete", "failed", "complete"]
        assert {one.records for one in store.deliveries()} == {1, ROWS}


def _write_for_ever(store: GraphStore, run: RunId) -> None:
    for number in count():
        store.upsert(run, delivery(number), rows(number))


def test_too_little_memory_is_told_and_nothing_is_written(neo4j_line: str, tmp_path: Path) -> None:
    little = {"dbms.memory.transaction.total.max": "20m", "db.memory.transaction.max": "10m"}
    server = Server(tmp_path / "home", jars(neo4j_line), LINES[neo4j_line], settings=little)
    try:
        with open_store(server.start().url, create=True) as store:
            run = store.begin("load")
            with pytest.raises(StoreError, match="内存不足"):
                store.upsert(run, CENSUS, [record for number in range(200) for record in rows(number)])
            assert store.counts() == {}
    finally:
        server.stop()


def test_a_server_killed_while_written_to_loses_nothing_it_acknowledged(
    own_server: Server, neo4j_line: str
) -> None:
    """Time and again the server dies at once and comes back; the writer carries on by itself."""
    url = url_of(own_server)
    command = [sys.executable, "-m", "tests.conformance.writer", url, "0", "1000000"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told: list[int] = []
        for _ in range(KILLS[neo4j_line]):
            told.append(int(writer.stdout.readline()))
            own_server.kill()
            own_server.start()
        writer.send_signal(signal.SIGKILL)
        told += [int(line) for line in writer.stdout if line.strip()]
    with open_store(url) as store:
        load(store, CENSUS, seal_row())
        complete = {dict(run.summary)["number"] for run in store.runs() if "number" in dict(run.summary)}
        assert set(told) <= complete
        known = {one.key: one.records for one in store.deliveries()}
        assert all(known[delivery(int(str(number))).key] == ROWS for number in complete)
        assert set(known.values()) <= {1, ROWS // 2, ROWS}
        provided: dict[str, int] = {}
        for one in store.relations(types=("PROVIDES",)):
            provided[one.source] = provided.get(one.source, 0) + 1
        assert set(provided.values()) <= {FUNCTIONS, 1}
        assert store.counts()["System"] == sum(known.values())


def test_a_reader_outlives_a_restart(own_server: Server) -> None:
    with open_store(url_of(own_server), create=True) as store:
        load(store, CENSUS, seal_row())
        own_server.kill()
        own_server.start()
        assert store.get([SEAL])[SEAL].name == "电子印章系统"


def test_wiping_empties(neo4j_url: str) -> None:
    run_by_hand(neo4j_url, "CREATE (:Person)")
    wipe(neo4j_url)
    with open_store(neo4j_url, create=True) as store:
        assert store.counts() == {}
