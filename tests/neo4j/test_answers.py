"""The sample estate on a server: the same answers as from memory and from the file, whoever asks."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from api.bootstrap import check_context
from api.cli.app import run as kg
from api.settings import Settings
from ingest.documents.sandbox import read_isolated
from ingest.pipeline import run
from ingest.proposal.reader import read_proposal
from ingest.reading import Options
from kg.exchange import to_networkx
from kg.model import Direction, EntityId
from kg.ontology import load_ontology
from kg.snapshot import Snapshot
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.canonical import CanonicalReader
from queries.check import check
from queries.cypher import load_library
from queries.dependencies import Question, dependencies, impact
from queries.entity import show
from queries.overlap import overlaps
from queries.recommend import Need, recommend
from queries.search import search
from tests.neo4j.servers import wipe

pytestmark = pytest.mark.neo4j
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PROPOSAL = next((EXAMPLES / "proposals").glob("1-*.docx"))
TODAY = Options(today="2026-01-01")
Told = Callable[..., str]


@pytest.fixture(scope="session")
def estates(neo4j_access: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The addresses of the file and of the server, both loaded with the sample estate."""
    wipe(neo4j_access)
    urls = {"sqlite": f"sqlite:///{tmp_path_factory.mktemp('estate')}/kg.db", "neo4j": neo4j_access}
    for url in urls.values():
        with open_store(url, create=True) as store:
            run([EXAMPLES / "estate"], store, archive=None, options=TODAY)
    return urls


@pytest.fixture(scope="session")
def stores(estates: dict[str, str]) -> Iterator[dict[str, GraphStore]]:
    with (
        open_store("memory:") as memory,
        open_store(estates["sqlite"], readonly=True) as file,
        open_store(estates["neo4j"], readonly=True) as server,
    ):
        run([EXAMPLES / "estate"], memory, archive=None, options=TODAY)
        yield {"memory": memory, "sqlite": file, "neo4j": server}


def told(store: GraphStore) -> dict[str, str]:
    """What the questions of the command line answer, as JSON."""
    reader = CanonicalReader(store, load_ontology())
    snapshot = Snapshot.build(reader)
    lexical = Settings(store="memory:", model=EXAMPLES / "none")
    newest = max(one.said_on for one in store.deliveries())
    context = check_context(reader, lexical, newest=newest)
    ids = [one.id for one in reader.entities() if one.type in {"System", "Component"}][::25]
    proposal = read_proposal(read_isolated(PROPOSAL))
    need = Need("需要电子印章和统一身份认证")
    answers: dict[str, Any] = {
        "counts": reader.counts(),
        "deliveries": [str(one) for one in store.deliveries(ever=True)],
        "search": [
            search(reader, text).to_json() for text in ("印章", "平台", "dzyz", "省 平台", "系统 管理")
        ],
        "functions": search(reader, "管理", entity_type="Function", limit=30).to_json(),
        "show": [show(reader, one).to_json() for one in ids],
        "as_of": sorted(reader.as_of("2025-12-31").counts().items()),
        "deps": [
            dependencies(
                reader, one, snapshot=snapshot, question=Question(Direction.BOTH, None, planned=True)
            ).to_json()
            for one in ids
        ],
        "impact": [impact(reader, one, snapshot=snapshot).to_json() for one in ids],
        "overlaps": [one.to_json() for one in overlaps(context, top=50)],
        "recommend": recommend(need, context),
        "check": check(reader, proposal, context=context).to_json(),
    }
    return {name: json.dumps(found, ensure_ascii=False, default=str) for name, found in answers.items()}


def test_every_question_is_answered_alike_by_all_stores(stores: dict[str, GraphStore]) -> None:
    reference = told(stores["memory"])
    for name in ("sqlite", "neo4j"):
        found = told(stores[name])
        for question, answer in reference.items():
            assert found[question] == answer, (name, question)


COMMANDS = [
    ["search", "印章"],
    ["search", "平台", "--type", "Function", "--top", "30"],
    ["show", "示例省统一身份认证平台"],
    ["impact", "示例省统一身份认证平台"],
    ["deps", "示例省统一身份认证平台", "--direction", "both"],
    ["overlaps", "--top", "20"],
    ["recommend", "--text", "电子印章签章服务"],
    ["check", str(PROPOSAL)],
    ["review"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_commands_print_the_same_bytes(
    command: list[str],
    estates: dict[str, str],
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("KG_MODEL", str(tmp_path / "none"))
    printed = []
    for url in estates.values():
        assert kg([*command, "--json", "--store", url]) == 0
        printed.append(capfdbinary.readouterr().out)
    assert printed[0] == printed[1]
    assert json.loads(printed[0])


def test_exports_are_the_same_bytes(estates: dict[str, str], tmp_path: Path) -> None:
    for name, url in estates.items():
        assert kg(["export", str(tmp_path / f"{name}.jsonl"), "--store", url]) == 0
    assert (tmp_path / "sqlite.jsonl").read_bytes() == (tmp_path / "neo4j.jsonl").read_bytes()


def test_a_copy_answers_as_its_source_and_is_made_once(estates: dict[str, str], tmp_path: Path) -> None:
    copied = f"sqlite:///{tmp_path}/copy.db"
    for _ in range(2):
        assert kg(["sync", "--from", estates["neo4j"], "--to", copied]) == 0
    with open_store(copied) as copy, open_store(estates["sqlite"]) as source:
        assert list(copy.history().relations()) == list(source.history().relations())
        ids = [one.id for one in source.entities()]
        assert copy.get(ids) == source.get(ids)
        assert [run.what for run in copy.runs()] == ["sync"]


def test_a_part_becomes_a_network_without_the_rest(stores: dict[str, GraphStore]) -> None:
    for given in (
        {"entity_types": ("System", "Component")},
        {"around": (EntityId("capability:seal"),), "depth": 2},
    ):
        graphs = [to_networkx(store, **given) for store in stores.values()]
        assert len(graphs[0]) > 5
        assert all(nx.utils.graphs_equal(graphs[0], other) for other in graphs[1:])


GIVEN: dict[str, dict[str, str]] = {
    "impact": {"id": "capability:seal"},
    "chains": {"id": "capability:seal"},
    "evidence": {"id": "capability:seal"},
    "changes": {"since": "2025-01-01"},
}


@pytest.mark.parametrize("name", sorted(load_library()))
def test_every_question_of_the_library_has_an_answer(
    name: str, estates: dict[str, str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    given = [part for k, v in GIVEN.get(name, {}).items() for part in ("--param", f"{k}={v}")]
    assert kg(["cypher", name, *given, "--json", "--store", estates["neo4j"]]) == 0
    first = capfdbinary.readouterr().out
    answer = json.loads(first)
    assert answer["rows"]
    assert all(list(row) == answer["columns"] for row in answer["rows"])
    assert not answer["cut"]
    assert kg(["cypher", name, *given, "--json", "--store", estates["neo4j"]]) == 0
    assert capfdbinary.readouterr().out == first


def test_impact_in_cypher_reaches_what_the_product_reaches(
    stores: dict[str, GraphStore], estates: dict[str, str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    store = stores["neo4j"]
    seal = EntityId("capability:seal")
    found = impact(store, seal, snapshot=Snapshot.build(store)).to_json()
    assert (
        kg(
            [
                "cypher",
                "impact",
                "--param",
                f"id={seal}",
                "--param",
                "depth=8",
                "--json",
                "--store",
                estates["neo4j"],
            ]
        )
        == 0
    )
    rows = json.loads(capfdbinary.readouterr().out)["rows"]
    assert {row["id"]: row["hop"] for row in rows} == {one["id"]: one["hop"] for one in found["items"]}
    assert all(row["evidence"] for row in rows)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CREATE (:Person)", "只读"),
        ("MATCH (n) DETACH DELETE n", "只读"),
        ("MATCH (n RETURN n", "Cypher 有误"),
        ("RETURN $missing", "missing"),
        ("UNWIND range(1, 100000000) AS a UNWIND range(1, 1000) AS b RETURN sum(a * b)", "已中止"),
    ],
)
def test_what_cypher_may_not_is_told_in_one_line(
    text: str, said: str, estates: dict[str, str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "asked.cypher"
    file.write_text(text, "utf-8")
    assert kg(["cypher", str(file), "--timeout", "2", "--store", estates["neo4j"]]) == 1
    printed = capfd.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""
