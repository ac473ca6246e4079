"""Keys are made, listed and revoked from the command line, and the audit log tells of it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli.app import run

SHEET = "系统名称,建设单位,运行状态\n林火监测系统,某市林业局,在用\n林火监控系统,某市林业局,在用\n"
Ask = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/graph.db")
    return tmp_path


@pytest.fixture
def ask(folder: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    assert folder.is_dir()

    def asked(*arguments: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert run([*arguments, "--json"]) == code
        out = capsys.readouterr().out
        return json.loads(out) if out else None

    return asked


def test_a_key_is_shown_once_and_then_only_its_name(ask: Ask, folder: Path) -> None:
    made = ask("keys", "add", "门户", "--scope", "read,check", "--scope", "judge", "--expires", "2099-12")
    assert made["scopes"] == ["check", "judge", "read"]
    assert made["expires"] == "2099-12-31"
    assert made["key"].startswith("kg_")
    (listed,) = ask("keys", "list")["keys"]
    assert listed["name"] == "门户"
    assert listed["state"] == "active"
    assert ask("keys", "revoke", "门户") == {"revoked": "门户"}
    assert ask("keys", "list")["keys"][0]["state"] == "revoked"
    written = b"".join(file.read_bytes() for file in folder.iterdir())
    assert made["key"].encode() not in written
    told = ask("audit", "list")["lines"]
    assert [(line["what"], line["details"]["name"]) for line in told] == [
        ("keys add", "门户"),
        ("keys revoke", "门户"),
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["add", "a b", "--scope", "read"], 2),
        (["add", "甲", "--scope", "write"], 2),
        (["add", "甲"], 2),
        (["add", "甲", "--scope", ","], 2),
        (["add", "甲", "--scope", "read", "--expires", "明天"], 2),
        (["add", "甲", "--scope", "read", "--expires", "2001-01-01"], 1),
        (["add", "环境变量", "--scope", "read"], 1),
        (["revoke", "甲"], 1),
    ],
)
def test_what_is_no_key_is_not_made(ask: Ask, folder: Path, arguments: list[str], code: int) -> None:
    ask("keys", *arguments, code=code)
    assert not (folder / "graph.db.keys").exists()


def test_keys_may_be_kept_elsewhere(ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_KEY_FILE", str(folder / "elsewhere"))
    ask("keys", "add", "甲", "--scope", "read")
    assert (folder / "elsewhere").exists()


def test_a_store_without_file_asks_where(ask: Ask, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keys", "list", "--store", "memory:"]) == 1
    assert "KG_KEY_FILE" in capsys.readouterr().err
    assert run(["audit", "verify", "--store", "memory:"]) == 1
    assert "KG_AUDIT_FILE" in capsys.readouterr().err


def test_every_write_and_every_check_is_a_line(ask: Ask, folder: Path) -> None:
    (folder / "sheet.csv").write_text(SHEET, "utf-8")
    (folder / "申报.txt").write_text("某系统建设方案", "utf-8")
    ask("ingest", "sheet.csv", "--dry-run")
    first = ask("ingest", "sheet.csv")
    pair = [hit["id"] for hit in ask("search", "林火", "--type", "System")["items"]]
    judged = ask("judge", *pair, "different", "--by", "甲", "--because", "两套")
    ask("judge", "--withdraw", judged["id"])
    ask("check", "申报.txt", code=1)
    ask("check", "申报.txt", "--keep", code=1)
    told = ask("audit", "list")["lines"]
    assert [line["what"].split()[0] for line in told][:4] == ["ingest", "judge", "withdraw", "check"]
    assert told[0]["run"] == first["run"]
    assert told[0]["details"]["rows"] == 2
    assert told[3]["outcome"] == "无结论"
    assert "申报" not in json.dumps(told, ensure_ascii=False)
    assert ask("audit", "list", "--since", "2099-01-01")["lines"] == []
    verified = ask("audit", "verify")
    assert verified["intact"]
    assert verified["notes"] == []
    assert ask("audit", "verify", "--anchor", verified["last"].upper())["intact"]


def test_a_log_that_was_touched_is_told_with_its_first_broken_line(ask: Ask, folder: Path) -> None:
    for name in "甲乙丙":
        ask("keys", "add", name, "--scope", "read")
    log = folder / "graph.db.audit.jsonl"
    log.write_text(log.read_text("utf-8").replace("乙", "丁"), "utf-8")
    found = ask("audit", "verify", code=1)
    assert (found["intact"], found["line"]) == (False, 3)


def test_runs_written_past_the_log_are_noted(ask: Ask, folder: Path) -> None:
    (folder / "sheet.csv").write_text(SHEET, "utf-8")
    ask("ingest", "sheet.csv")
    (folder / "graph.db.audit.jsonl").unlink()
    (folder / "graph.db.audit.jsonl.head").unlink()
    ask("keys", "add", "甲", "--scope", "read")
    assert "运行 1 没有审计记录" in ask("audit", "verify")["notes"][0]


def test_nothing_is_written_that_cannot_be_told(
    ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sheet.csv").write_text(SHEET, "utf-8")
    monkeypatch.setenv("KG_AUDIT_FILE", str(folder / "gone" / "log"))
    ask("ingest", "sheet.csv", code=1)
    ask("keys", "add", "甲", "--scope", "read", code=1)
    assert not (folder / "graph.db.keys").exists()
    monkeypatch.delenv("KG_AUDIT_FILE")
    assert ask("search", "林火")["items"] == []
