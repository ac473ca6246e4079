"""Lines of JSON through the command line: a bad line costs its own answer and no other."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli.app import run

Answer = Callable[..., list[dict[str, Any]]]
MISUSED = b'not json\n[1]\n{"text": "a", "a": {}, "name": "a"}\n{"id": null}\n"\xb1\xb8"\n{"id": "\\ud83d"}\n'
REASONS = [
    "第1行：不是合法的 JSON",
    "第2行：不是 JSON 对象",
    "第3行：缺少字段 id",
    "第4行：字段 id 为空",
    "第5行：不是 UTF-8 编码的文本，或含有无法编码的字符",
    "第6行：不是 UTF-8 编码的文本，或含有无法编码的字符",
]
GOOD: dict[str, Any] = {
    "extract": {"id": 7, "text": "南宁市民政局建设居家养老服务平台。"},
    "compare": {"id": 7, "a": {"name": "停车平台"}, "b": {"name": "停车平台"}},
    "align": {"id": 7, "a": ["床位管理"], "b": ["床位动态管理"]},
    "similar": {"id": 7, "name": "停车平台"},
}


@pytest.fixture
def answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Answer:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pool.jsonl").write_text('{"id": "1", "name": "停车"}\n{"name": "x"}\n', "utf-8")

    def answered(command: str, text: bytes, *, code: int = 0) -> list[dict[str, Any]]:
        (tmp_path / "in.jsonl").write_bytes(text)
        asked = ["--pool", "pool.jsonl", "--queries", "in.jsonl"] if command == "similar" else ["in.jsonl"]
        assert run([command, *asked, "out.jsonl"]) == code
        return [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]

    return answered


@pytest.mark.parametrize("command", GOOD)
def test_a_bad_line_is_told_with_its_number_and_the_others_are_answered(
    command: str, answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    last = json.dumps(GOOD[command]).encode()
    *bad, good = answer(command, MISUSED + b"\n" + last)
    assert [row["error"] for row in bad] == REASONS
    assert (good["id"], "error" in good) == (7, False)
    assert "6 行有误，未作答" in capsys.readouterr().err


@pytest.mark.parametrize("command", GOOD)
def test_a_file_without_a_line_that_can_be_answered_fails(command: str, answer: Answer) -> None:
    assert len(answer(command, MISUSED, code=1)) == len(REASONS)


@pytest.mark.parametrize("command", GOOD)
def test_a_file_without_lines_has_no_answers(command: str, answer: Answer) -> None:
    assert answer(command, b"\n") == []


@pytest.mark.parametrize(
    ("command", "row", "reason"),
    [
        ("extract", {"id": "5"}, "第1行：缺少字段 text"),
        ("extract", {"id": "5", "text": None}, "第1行：字段 text 为空"),
        ("extract", {"id": "5", "text": ["a"]}, "第1行：字段 text 应为文本"),
        ("compare", {"id": "5", "a": "字"}, "第1行：字段 a 应为 JSON 对象"),
        ("compare", {"id": "5", "a": {"functions": [{}]}}, "第1行：字段 a.functions[0] 应为文本"),
        ("align", {"id": "5", "a": "收文", "b": []}, "第1行：字段 a 应为列表"),
        ("similar", {"id": "5", "tags": 3}, "第1行：字段 tags 应为列表"),
    ],
)
def test_a_misfit_is_told_in_chinese_with_its_field(
    command: str, row: dict[str, Any], reason: str, answer: Answer
) -> None:
    assert answer(command, json.dumps(row).encode(), code=1) == [{"id": "5", "error": reason}]


def test_an_entry_of_the_catalogue_that_cannot_be_read_is_told(
    answer: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    [row] = answer("similar", b'{"id": "q", "name": "\xe5\x81\x9c\xe8\xbd\xa6"}')
    assert [match["id"] for match in row["matches"]] == ["1"]
    assert "目录 pool.jsonl 第2行：缺少字段 id，该条未列入" in capsys.readouterr().err


@pytest.mark.parametrize(("command", "judged"), [("extract", "extraction"), ("compare", "pairs")])
def test_a_run_with_bad_lines_is_scored_by_its_answers(
    command: str, judged: str, answer: Answer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps(GOOD[command]).encode()
    [answered] = answer(command, good)
    gold = answered | {"text": GOOD[command].get("text", "")}
    gold["entities"] = [entity | {"id": str(at)} for at, entity in enumerate(gold.get("entities", []))]
    gold["relations"] = []
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold), "utf-8")
    answer(command, good + b"\noops")
    capsys.readouterr()
    assert run(["eval", judged, "gold.jsonl", "out.jsonl"]) == 0
    assert "1.0" in capsys.readouterr().out
