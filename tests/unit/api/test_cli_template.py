"""kg template writes the blank form and touches no file that is there."""

import json
from pathlib import Path

import pytest

from api.cli.app import run


def test_the_form_is_written_once_and_the_same_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    assert run(["template", "census", "--out", str(first), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["file"] == str(first)
    assert "系统名称" in told["columns"]
    assert run(["template", "census", "--out", str(second)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert run(["template", "census", "--out", str(first)]) == 2
    assert "文件已存在" in capsys.readouterr().err


def test_an_unknown_form_is_a_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "ledger", "--out", str(tmp_path / "a.xlsx")]) == 2
    assert "census" in capsys.readouterr().err
