"""Judging, correcting and undoing from the command line: who, when, why, and what cannot be done."""

import contextlib
import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.cli.app import run
from api.cli.questions import Said, put_questions
from kg.store import open_store
from kg.store.judgements import Sameness
from queries.review import review_list

SHEET = (
    "系统名称,建设单位,运行状态,区划,复用组件\n"
    "城市运行调度平台,南宁市数据局,在用,南宁市,\n"
    "城市运行调度平台,南宁市公安局,在用,南宁市,\n"
    "林火监测系统,南宁市林业局,在用,南宁市,城市运行调度平台\n"
)
MORE = "系统名称,建设单位,运行状态,区划\n林火监测系统,南宁市林业局,停用,南宁市\n"
Ask = Callable[..., Any]
BY = ("--by", "张三", "--because", "接口地址相同")


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/graph.db")
    Path("census.csv").write_text(SHEET, "utf-8")
    Path("more.csv").write_text(MORE, "utf-8")
    assert run(["ingest", "census.csv"]) == 0

    def asked(*arguments: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert run([*arguments, "--json"]) == code
        out, asked.told = capsys.readouterr()  # type: ignore[attr-defined]  # the message beside the answer
        return json.loads(out) if out else None

    return asked


def message(ask: Ask) -> str:
    return str(ask.told)  # type: ignore[attr-defined]  # see the fixture


def judged(ask: Ask, number: int, verdict: str) -> Any:
    (item, *_) = ask("review")["items"]
    return ask("judge", item["id"], item["candidates"][number]["id"], verdict, *BY)


def test_runs_tell_what_was_written_by_whom_and_why(ask: Ask) -> None:
    judged(ask, 0, "same")
    told = ask("runs")
    assert told["total"] == 2
    judgement, load = told["items"]
    assert (judgement["run"], judgement["by"], judgement["because"]) == ("2", "张三", "接口地址相同")
    assert (load["what"], load["status"], load["rows"]) == ("ingest", "complete", 3)
    assert load["deliveries"] == ["census:census.csv"]
    assert [run["run"] for run in ask("runs", "--top", "1")["items"]] == ["2"]


def test_a_run_is_undone_once_and_its_number_must_be_one(ask: Ask) -> None:
    ask("ingest", "more.csv")
    undone = ask("undo", "2", "--by", "李四", "--because", "传错文件")
    assert (undone["run"], undone["undone"], undone["records"]["ended"]) == ("3", "2", 1)
    assert [run["status"] for run in ask("runs")["items"]] == ["complete", "undone", "complete"]
    ask("undo", "2", code=1)
    assert "已由任务 3 撤销" in message(ask)
    ask("undo", "3", code=1)
    assert "本身是撤销" in message(ask)
    ask("undo", "9", code=1)
    assert "没有任务 9" in message(ask)
    ask("undo", "two", code=2)


def test_undoing_makes_no_store(ask: Ask, tmp_path: Path) -> None:
    nowhere = tmp_path / "none.db"
    ask("undo", "1", "--store", f"sqlite:///{nowhere}", code=1)
    ask("correct", "a", "status", "停用", *BY, "--store", f"sqlite:///{nowhere}", code=1)
    assert not nowhere.exists()


def test_a_clock_that_went_back_is_told_and_numbers_keep_the_order(ask: Ask, tmp_path: Path) -> None:
    judged(ask, 0, "same")
    with sqlite3.connect(tmp_path / "graph.db") as file:
        file.execute("UPDATE run SET started = '2020-01-01T00:00:00+00:00' WHERE id = 2")
    file.close()
    assert [(run["run"], run["clock_back"]) for run in ask("runs")["items"]] == [("2", True), ("1", False)]


def test_a_correction_wins_is_shown_with_who_said_it_and_can_be_withdrawn(
    ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = ask("search", "林火")["items"]
    made = ask("correct", found["id"], "status", "停止运行", *BY)
    assert (made["entity"], made["before"], made["value"], made["by"]) == (
        found["id"],
        "在用",
        "停用",
        "张三",
    )
    assert ask("show", found["id"])["properties"]["status"] == "停用"
    assert run(["show", found["id"]]) == 0
    assert f"停用    ← 人工判定：张三，接口地址相同（{made['id']}）" in capsys.readouterr().out
    ask("judge", "--withdraw", made["id"], "--by", "李四", "--because", "误报")
    assert ask("show", found["id"])["properties"]["status"] == "在用"
    assert ask("runs", "--top", "1")["items"][0]["because"] == "误报"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("status", "飞行"), 1, "在用、试运行、在建"),
        (("colour", "红"), 1, "没有属性 colour"),
        (("status", ""), 1, "为空"),
    ],
)
def test_a_correction_that_does_not_fit_is_refused_with_what_is_allowed(
    ask: Ask, arguments: tuple[str, str], code: int, told: str
) -> None:
    (found,) = ask("search", "林火")["items"]
    ask("correct", found["id"], *arguments, *BY, code=code)
    assert told in message(ask)
    ask("correct", found["id"], *arguments, code=2)


def test_a_judgement_on_a_merged_id_is_made_on_the_whole_and_says_so(ask: Ask) -> None:
    (item,) = ask("review")["items"]
    one, other = sorted((item["id"], item["candidates"][0]["id"]))
    ask("judge", one, other, "same", *BY)
    (fire,) = ask("search", "林火")["items"]
    made = ask("judge", other, fire["id"], "different", *BY)
    assert made["merged"] == {other: one}
    assert {made["a"], made["b"]} == {one, fire["id"]}
    parted = ask("judge", one, other, "different", *BY)
    assert (parted["a"], parted["b"], parted["merged"]) == (one, other, {})


def test_judgements_that_contradict_each_other_are_told_and_merge_nothing(ask: Ask) -> None:
    (item,) = ask("review")["items"]
    a, b, c = sorted((item["id"], *(one["id"] for one in item["candidates"])))
    assert ask("judge", a, b, "same", *BY)["contradictions"] == []
    ask("judge", b, c, "same", *BY)
    (circle,) = ask("judge", b, c, "different", *BY)["contradictions"]
    assert len(circle["judgements"]) == 3
    assert ask("review")["contradictions"] == [circle]
    assert {ask("show", one)["id"] for one in (a, b, c)} == {a, b, c}
    ask("judge", "--withdraw", circle["judgements"][0]["id"])
    assert ask("review")["contradictions"] == []


def test_decisions_tell_how_good_the_suggestions_were(ask: Ask) -> None:
    assert ask("review", "--stats") == {"suggestions": []}
    judged(ask, 0, "different")
    made = judged(ask, 0, "same")
    (row,) = ask("review", "--stats")["suggestions"]
    assert (row["kind"], row["accepted"], row["decided"], row["precision"]) == ("several_assets", 1, 2, 0.5)
    ask("judge", "--withdraw", made["id"])
    (row,) = ask("review", "--stats")["suggestions"]
    assert (row["accepted"], row["decided"], row["precision"]) == (0, 1, 0.0)
    ask("undo", "2")
    assert ask("review", "--stats") == {"suggestions": []}


def test_questions_are_put_one_by_one_until_one_is_accepted(ask: Ask, tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/graph.db") as store:
        found = review_list(store)
    keys = iter(["?", "s", "u", "", "待核实"])
    said: list[Said] = []

    class Fingers:
        def line(self, prompt: str) -> str | None:
            return next(keys, None)

    def decided(one: Said) -> list[str]:
        said.append(one)
        return ["已记录"]

    assert put_questions(found, Fingers(), decided) == 1
    (one,) = said
    assert (one.verdict, one.because, one.candidate) == (
        Sameness.UNSURE,
        "待核实",
        found.items[0].candidates[1],
    )


@pytest.mark.slow
def test_on_a_terminal_the_list_is_judged_by_keyboard(ask: Ask, tmp_path: Path) -> None:
    out = on_terminal(["review", "--by", "李四"], ["y", "同一网址"], tmp_path)
    assert re.search(r"城市运行调度平台 ＝ 城市运行调度平台（南宁市..局）？指的是它吗", out)
    assert "本次判定 1 项" in out
    (last,) = ask("runs", "--top", "1")["items"]
    assert (last["by"], last["because"]) == ("李四", "同一网址")
    assert ask("review")["total"] == 0


def on_terminal(arguments: list[str], keys: list[str], folder: Path) -> str:
    """What a command shows on a terminal where these lines are typed."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from api.cli.app import main; main()", *arguments]
    child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=folder)
    os.close(theirs)
    os.write(ours, "".join(f"{key}\n" for key in keys).encode())
    shown = b""
    # A terminal whose last user is gone fails to be read.
    with contextlib.suppress(OSError):
        while part := os.read(ours, 65536):
            shown += part
    os.close(ours)
    assert child.wait(60) == 0
    return shown.decode()
