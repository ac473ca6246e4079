import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli.app import run

FACTS = [
    {"kind": "entity", "id": "org-1", "type": "Organization", "name": "某市民政局"},
    {
        "kind": "entity",
        "id": "sys-1",
        "type": "System",
        "name": "居家养老服务管理系统",
        "properties": {"aliases": ["养老平台"]},
    },
    {"kind": "entity", "id": "sys-2", "type": "System", "name": "居家养老服务管理系统"},
    {"kind": "entity", "id": "org-2", "type": "Organization", "name": "另一市民政局"},
    {"kind": "relation", "source": "org-2", "type": "OWNS", "target": "sys-2"},
    {"kind": "entity", "id": "sys-3", "type": "System", "name": "统一身份认证平台"},
    {"kind": "entity", "id": "sys-4", "type": "System", "name": "政务云平台"},
    {"kind": "entity", "id": "sys-5", "type": "System", "name": "规划中的大屏"},
    {"kind": "relation", "source": "org-1", "type": "OWNS", "target": "sys-1"},
    {"kind": "relation", "source": "sys-1", "type": "DEPENDS_ON", "target": "sys-3"},
    {"kind": "relation", "source": "sys-3", "type": "DEPENDS_ON", "target": "sys-4"},
    {
        "kind": "relation",
        "source": "sys-5",
        "type": "DEPENDS_ON",
        "target": "sys-1",
        "properties": {"modality": "plan"},
    },
]
Ask = Callable[..., Any]


@pytest.fixture
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/graph.db")
    facts = tmp_path / "facts.jsonl"
    facts.write_text("".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in FACTS), "utf-8")
    assert run(["ingest", str(facts)]) == 0
    return tmp_path


@pytest.fixture
def ask(loaded: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    def asked(*arguments: str) -> Any:
        capsys.readouterr()
        assert run([*arguments, "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return asked


def test_a_second_load_of_the_same_file_changes_nothing(ask: Ask) -> None:
    report = ask("ingest", "facts.jsonl")
    assert report["rows"] == {"read": 12, "written": 0, "unchanged": 12, "rejected": 0}


def test_search_gives_the_exact_name_first(ask: Ask) -> None:
    found = ask("search", "统一身份认证平台")
    assert found["items"][0] == {"id": "sys-3", "type": "System", "name": "统一身份认证平台", "score": 1.0}
    assert found["next"] is None


def test_a_name_of_several_means_the_first_and_names_the_others(ask: Ask) -> None:
    shown = ask("show", "居家养老服务管理系统")
    assert (shown["id"], shown["others"]) == ("sys-1", ["sys-2"])
    assert [claim["document"] for claim in shown["claims"]] == ["facts.jsonl"]


def test_an_alias_names_its_entity(ask: Ask) -> None:
    assert ask("show", "养老平台")["id"] == "sys-1"


def test_dependencies_tell_the_path_with_its_evidence(ask: Ask) -> None:
    found = ask("deps", "sys-1")
    assert [(item["id"], item["hop"]) for item in found["items"]] == [("sys-3", 1), ("sys-4", 2)]
    first, second = found["items"][1]["path"]
    assert (first["source"], first["target"], second["target"]) == ("sys-1", "sys-3", "sys-4")
    assert first["claim"].startswith("facts.jsonl")
    assert (found["total"], found["truncated"]) == (2, False)


def test_depth_ends_the_walk(ask: Ask) -> None:
    assert [item["id"] for item in ask("deps", "sys-1", "--depth", "1")["items"]] == ["sys-3"]


def test_impact_counts_systems_by_department(ask: Ask) -> None:
    found = ask("impact", "sys-4")
    assert [item["id"] for item in found["items"]] == ["sys-3", "sys-1"]
    assert {"department": "某市民政局", "systems": 1} in found["by_department"]


def test_a_person_is_told_the_way_and_its_evidence(loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["impact", "sys-4"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "统一身份认证平台 依赖 政务云平台（申报） ← facts.jsonl 第11行" in told


def test_plans_count_only_when_asked_for(ask: Ask) -> None:
    assert ask("impact", "sys-1")["items"] == []
    planned = ask("impact", "sys-1", "--planned")["items"]
    assert [(item["id"], item["modality"]) for item in planned] == [("sys-5", "plan")]


def test_an_export_loads_into_the_same_graph(ask: Ask, loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask("export", "first.jsonl")
    monkeypatch.setenv("KG_STORE", f"sqlite:///{loaded}/second.db")
    ask("ingest", "first.jsonl")
    ask("export", "second.jsonl")
    assert (loaded / "first.jsonl").read_bytes() == (loaded / "second.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["graph.graphml", "graph.gexf", "graph.csv"])
def test_other_forms_of_export_name_the_systems(ask: Ask, loaded: Path, name: str) -> None:
    assert ask("export", name)["entities"] == 7
    assert "政务云平台" in (loaded / name).read_text("utf-8")


def test_both_tables_of_an_export_are_told(
    ask: Ask, loaded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ask("export", "graph.csv")
    lines = (loaded / told["relations_file"]).read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + told["relations"]
    assert run(["export", "graph.csv"]) == 0
    assert "实体 graph.csv，关系 graph.relations.csv" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "没有这个"], 1),
        (["deps", "没有这个", "--json"], 1),
        (["show"], 2),
        (["export", "graph.doc"], 2),
        (["recommend"], 2),
        (["deps", "sys-1", "--direction", "up"], 2),
        (["nonsense"], 2),
    ],
)
def test_a_failure_is_one_line_and_an_exit_code(
    loaded: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    capsys.readouterr()
    assert run(arguments) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1


def test_a_question_makes_no_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    assert run(["search", "系统"]) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_trial_load_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    facts = tmp_path / "facts.jsonl"
    facts.write_text(json.dumps(FACTS[0]), "utf-8")
    assert run(["ingest", "facts.jsonl", "--dry-run"]) == 0
    assert list(tmp_path.iterdir()) == [facts]


def test_extraction_counts_code_points(tmp_path: Path) -> None:
    text = "𠮷某市民政局建设居家养老服务管理系统。"
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "1", "text": text}), "utf-8")
    assert run(["extract", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl")]) == 0
    line = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert {text[e["start"] : e["end"]] for e in line["entities"]} >= {"居家养老服务管理系统"}


def test_the_version_is_told_without_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kg ")
