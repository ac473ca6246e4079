import hashlib
import json
from pathlib import Path

import pytest

from api.cli.app import run
from kg.store import open_store

FACTS = [
    {"kind": "entity", "id": "org-1", "type": "Organization", "name": "甲市城市管理局"},
    {
        "kind": "entity",
        "id": "sys-1",
        "type": "System",
        "name": "停车管理系统",
        "properties": {"status": "在用"},
    },
    {"kind": "relation", "source": "org-1", "type": "OWNS", "target": "sys-1"},
]
FUNCTIONS = ["热源运行监测", "住户室温采集", "管网漏气预警", "居民燃气检查"]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one system, and two proposals in the folder `in`, one of which cannot be read."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/graph.db")
    monkeypatch.setenv("KG_MODEL", str(tmp_path / "none"))
    facts = tmp_path / "facts.jsonl"
    facts.write_text("".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in FACTS), "utf-8")
    assert run(["ingest", str(facts)]) == 0
    propose(tmp_path, FUNCTIONS)
    (tmp_path / "in" / "坏.docx").write_bytes(b"nothing")
    return tmp_path / "graph.db"


def propose(folder: Path, functions: list[str]) -> None:
    lines = [{"text": text, "amount": 100_000} for text in functions]
    form = {"name": "供热监管平台", "department": "甲市城市管理局", "period": "2026", "functions": lines}
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "一.json").write_text(json.dumps(form, ensure_ascii=False), "utf-8")


def version(store: Path) -> int:
    with open_store(f"sqlite:///{store}", readonly=True) as opened:
        return opened.version()


def test_a_check_changes_nothing_in_the_store(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = version(store), hashlib.sha256(store.read_bytes()).hexdigest()
    assert run(["check", "in", "--out", "out"]) == 0
    assert (version(store), hashlib.sha256(store.read_bytes()).hexdigest()) == before
    assert Path("out/summary.xlsx").is_file()
    assert "坏：无法给出结论" in capsys.readouterr().out


def test_a_kept_proposal_is_a_project_and_what_is_changed_since_is_told(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", "in", "--keep"]) == 0
    with open_store(f"sqlite:///{store}", readonly=True) as opened:
        stages = [e.properties["stage"] for e in opened.entities(entity_type="Project")]
    assert stages == ["申报"]
    propose(store.parent, [*FUNCTIONS[1:], "能耗分析报表"])
    capsys.readouterr()
    assert run(["check", "in/一.json", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    told = report["earlier_version"]["changes"]
    assert report["candidates"] == []
    assert [one["text"] for one in told["added"]] == ["能耗分析报表"]
    assert [one["text"] for one in told["removed"]] == ["热源运行监测"]


def test_nothing_that_can_be_judged_is_a_failure(store: Path) -> None:
    assert run(["check", "in/坏.docx"]) == 1
    assert run(["check", str(store.parent / "nowhere")]) == 1


def test_what_is_finished_is_said(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "in", "--out", "out"]) == 0
    capsys.readouterr()
    assert run(["check", "in", "--out", "out", "--json"]) == 0
    told = capsys.readouterr()
    assert "其中 2 份的报告已在此文件夹中" in told.err
    assert [one["file"] for one in json.loads(told.out)["reports"]] == ["一.json", "坏.docx"]
