"""What is open is listed with its evidence, judged, and not asked again."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.cli.app import run
from api.settings import Settings

SHEET = (
    "系统名称,建设单位,运行状态,区划,复用组件\n"
    "城市运行调度平台,南宁市数据局,在用,南宁市,\n"
    "城市运行调度平台,南宁市公安局,在用,南宁市,\n"
    "林火监测系统,南宁市林业局,在用,南宁市,城市运行调度平台\n"
)
Ask = Callable[..., Any]


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", f"sqlite:///{tmp_path}/graph.db")
    Path("census.csv").write_text(SHEET, "utf-8")
    assert run(["ingest", "census.csv", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def ask(report: Any, capsys: pytest.CaptureFixture[str]) -> Ask:
    assert report["run"]

    def asked(*arguments: str, code: int = 0) -> Any:
        capsys.readouterr()
        assert run([*arguments, "--json"]) == code
        out = capsys.readouterr().out
        return json.loads(out) if out else None

    return asked


def test_the_run_report_counts_what_is_to_be_judged(report: Any) -> None:
    assert report["to_review"] == 1


def test_the_list_tells_candidates_with_their_units_and_where_the_name_stands(ask: Ask) -> None:
    found = ask("review")
    (item,) = found["items"]
    assert (found["total"], item["name"], item["reason"]) == (1, "城市运行调度平台", "several_assets")
    assert {one["of"] for one in item["candidates"]} == {"南宁市数据局", "南宁市公安局"}
    assert [(one["document"], one["place"]) for one in item["evidence"]] == [
        ("census.csv", "工作表「census.csv」第4行")
    ]


def test_a_judgement_settles_the_question_and_its_withdrawal_opens_it_again(ask: Ask) -> None:
    (item,) = ask("review")["items"]
    pair = item["id"], item["candidates"][0]["id"]
    made = ask("judge", *pair, "same", "--by", "张三", "--because", "接口地址相同")
    assert ask("review")["total"] == 0
    ask("judge", "--withdraw", made["id"])
    assert ask("review")["total"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("a", "b", "same"),
        ("a", "b", "same", "--by", "张三"),
        ("a", "--withdraw", "judgement-1"),
        ("a", "a", "same", "--by", "张三", "--because", "相同"),
    ],
)
def test_a_judgement_needs_two_entries_a_verdict_a_person_and_a_reason(
    ask: Ask, arguments: tuple[str, ...]
) -> None:
    ask("judge", *arguments, code=2)


def test_entries_and_judgements_that_are_not_there_are_told(ask: Ask) -> None:
    ask("judge", "a", "b", "same", "--by", "张三", "--because", "相同", code=1)
    ask("judge", "--withdraw", "judgement-1", code=1)


def test_the_list_is_read_over_http_as_from_the_command_line(ask: Ask, tmp_path: Path) -> None:
    told = ask("review")
    with TestClient(create_app(Settings(store=f"sqlite:///{tmp_path}/graph.db"))) as client:
        assert client.get("/api/v1/reviews").json() == told
