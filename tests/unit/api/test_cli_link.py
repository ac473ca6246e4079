"""Linking two csv tables through the command line, and scoring the links."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.cli.app import run

A = "id,名称\n1,居家养老服务系统\n2,公车管理系统\n"
B = "id,名称,备注\nx,居家养老服务系统,新\ny,河长制信息平台,\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(A, "utf-8-sig")
    (tmp_path / "b.csv").write_bytes(B.encode("gb18030"))
    return tmp_path


def told(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_matches_and_what_is_none_are_written_with_their_scores(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["link", "a.csv", "b.csv", "out.jsonl", "--name", "名称", "--json"]) == 0
    rows = [json.loads(line) for line in (folder / "out.jsonl").read_text("utf-8").splitlines()]
    assert told(capsys) == {"lines": len(rows), "matches": 1, "file": "out.jsonl"}
    assert [(row["a"], row["b"]) for row in rows if row["match"]] == [("1", "x")]
    assert all(set(row) == {"a", "b", "score", "match"} for row in rows)


@pytest.mark.parametrize("gold", ["gold.jsonl", "gold.csv"])
def test_links_are_scored_against_labelled_pairs(
    gold: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "gold.csv").write_text("ltable_id,rtable_id,label\n1,x,1\n2,y,0\n2,x,1\n", "utf-8")
    lines = (
        '{"a": 1, "b": "x", "label": 1}',
        '{"a": 2, "b": "y", "label": 0}',
        '{"a": 2, "b": "x", "label": 1}',
    )
    (folder / "gold.jsonl").write_text("\n".join(lines), "utf-8")
    run(["link", "a.csv", "b.csv", "out.jsonl"])
    capsys.readouterr()
    assert run(["eval", "linkage", gold, "out.jsonl", "--json"]) == 0
    report = told(capsys)
    assert (report["n"], report["matches"], report["precision"], report["recall"]) == (3, 2, 1.0, 0.5)


@pytest.mark.parametrize(
    ("table", "options", "reason"),
    [
        (b"name\nx\n", (), "缺少 id 列"),
        (b"id,name\n1,x\n", ("--name", "title"), "不都有“title”列"),
        (b"\xff\xff\xff", (), "不是 UTF-8 或 GB18030"),
    ],
)
def test_a_table_that_cannot_be_linked_is_told_in_one_line(
    table: bytes, options: tuple[str, ...], reason: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a.csv").write_bytes(table)
    (folder / "b.csv").write_bytes(table)
    assert run(["link", "a.csv", "b.csv", "out.jsonl", *options]) == 1
    error = capsys.readouterr().err
    assert reason in error
    assert error.count("\n") == 1
    assert not (folder / "out.jsonl").exists()
