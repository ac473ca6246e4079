"""Decisions over HTTP: by named keys only, with the reason, told as from the command line."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.keys.file import KeyFile
from api.keys.issue import issue
from api.keys.scopes import Scope
from api.settings import Settings
from api.wire.decisions import (
    CorrectionWire,
    JudgementWire,
    RunPage,
    StatisticsWire,
    UndoneWire,
    WithdrawnWire,
)
from api.wire.examples import examples
from api.wire.reviews import ReviewPage
from ingest.pipeline import run
from ingest.reading import Options
from kg.store import open_store

SHEET = (
    "系统名称,建设单位,运行状态,区划,复用组件\n"
    "城市运行调度平台,南宁市数据局,在用,南宁市,\n"
    "城市运行调度平台,南宁市公安局,在用,南宁市,\n"
    "林火监测系统,南宁市林业局,在用,南宁市,城市运行调度平台\n"
)
DAY = date(2026, 11, 24)
LOCAL = ("127.0.0.1", 50000)
FORMS = [CorrectionWire, JudgementWire, ReviewPage, RunPage, StatisticsWire, UndoneWire, WithdrawnWire]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "census.csv").write_text(SHEET, "utf-8")
    chosen = Settings(
        store=f"sqlite:///{tmp_path}/kg.db", model=tmp_path / "none", key_file=tmp_path / "keys"
    )
    with open_store(chosen.store, create=True) as store:
        run([tmp_path / "census.csv"], store, archive=None, options=Options(today="2026-01-01"))
    return chosen


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    app = create_app(settings)
    with TestClient(
        app, base_url="http://127.0.0.1:8000", client=LOCAL, raise_server_exceptions=False
    ) as one:
        yield one


@pytest.fixture
def judge(settings: Settings) -> dict[str, str]:
    return key(settings, "评审专家甲", Scope.READ, Scope.JUDGE)


def key(settings: Settings, name: str, *scopes: Scope) -> dict[str, str]:
    assert settings.key_file is not None
    return {"X-API-Key": issue(KeyFile(settings.key_file), name, scopes=list(scopes), today=DAY)}


def body(client: TestClient, headers: dict[str, str], verdict: str = "same") -> dict[str, str]:
    (item,) = client.get("/api/v1/reviews", headers=headers).json()["items"]
    pair = {"a": item["id"], "b": item["candidates"][0]["id"]}
    return {**pair, "verdict": verdict, "because": "接口地址相同"}


def test_the_holder_of_the_key_judges_and_no_name_in_the_request_counts(
    client: TestClient, judge: dict[str, str]
) -> None:
    asked = body(client, judge)
    answer = client.post("/api/v1/judgements", headers=judge, json={**asked, "by": "别人"})
    assert (answer.status_code, answer.json()["by"], answer.json()["because"]) == (
        201,
        "评审专家甲",
        "接口地址相同",
    )
    assert client.get("/api/v1/reviews", headers=judge).json()["total"] == 0
    (last, *_) = client.get("/api/v1/runs", headers=judge).json()["items"]
    assert (last["by"], last["because"]) == ("评审专家甲", "接口地址相同")
    (row,) = client.get("/api/v1/reviews/statistics", headers=judge).json()["suggestions"]
    assert (row["kind"], row["accepted"], row["decided"]) == ("several_assets", 1, 1)
    gone = client.post(
        f"/api/v1/decisions/{answer.json()['id']}/withdraw", headers=judge, json={"because": "看错"}
    )
    assert gone.json()["withdrawn"] == answer.json()["id"]
    assert client.get("/api/v1/reviews", headers=judge).json()["total"] == 1


def test_a_correction_shows_at_once_and_needs_a_value_that_fits(
    client: TestClient, judge: dict[str, str]
) -> None:
    (found,) = client.get("/api/v1/search", params={"q": "林火"}, headers=judge).json()["items"]
    asked: dict[str, Any] = {
        "entity": found["id"],
        "property": "status",
        "value": "停止运行",
        "because": "核查",
    }
    made = client.post("/api/v1/corrections", headers=judge, json=asked)
    assert (made.status_code, made.json()["before"], made.json()["value"]) == (201, "在用", "停用")
    entity = client.get(f"/api/v1/entities/{found['id']}", headers=judge).json()
    assert entity["properties"]["status"] == "停用"
    wrong = client.post("/api/v1/corrections", headers=judge, json={**asked, "value": "飞行"})
    assert (wrong.status_code, "在用、试运行" in wrong.json()["detail"]) == (422, True)
    users = client.post(
        "/api/v1/corrections", headers=judge, json={**asked, "property": "users", "value": 12}
    )
    assert users.json()["value"] == 12
    names = {**asked, "property": "aliases", "value": ["林火", "火情"]}
    assert client.post("/api/v1/corrections", headers=judge, json=names).json()["value"] == ["林火", "火情"]


def test_an_undo_needs_the_scope_of_loading(
    client: TestClient, judge: dict[str, str], settings: Settings
) -> None:
    refused = client.post("/api/v1/runs/1/undo", headers=judge, json={"because": "传错"})
    assert (refused.status_code, refused.json()["scope"]) == (403, "load")
    loader = key(settings, "数据员乙", Scope.LOAD)
    made = client.post("/api/v1/runs/1/undo", headers=loader, json={"because": "传错"})
    assert (made.status_code, made.json()["records"]["ended"]) == (200, 3)
    assert client.get("/api/v1/systems", headers=judge).json()["items"] == []
    again = client.post("/api/v1/runs/1/undo", headers=loader, json={"because": "传错"})
    assert (again.status_code, "已由任务 2 撤销" in again.json()["detail"]) == (422, True)
    assert client.post("/api/v1/runs/9/undo", headers=loader, json={"because": "传错"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/judgements", {"a": "a", "b": "b", "verdict": "same", "because": "x"}),
        ("/corrections", {"entity": "a", "property": "status", "value": "停用", "because": "x"}),
        ("/decisions/judgement-1/withdraw", {"because": "x"}),
        ("/runs/1/undo", {"because": "x"}),
    ],
)
def test_nothing_is_written_without_a_named_key_or_a_reason(
    client: TestClient, settings: Settings, path: str, asked: dict[str, str]
) -> None:
    assert client.post(f"/api/v1{path}", json=asked).status_code == 403
    every = key(settings, "全权", *Scope)
    for because in ("", "   ", None, "\ud800"):
        content = json.dumps({**asked, "because": because})
        answer = client.post(f"/api/v1{path}", headers=every, content=content)
        assert answer.status_code == 422, because
    with open_store(settings.store) as store:
        assert len(store.runs()) == 1


def test_what_is_not_there_or_is_one_already_is_refused(client: TestClient, judge: dict[str, str]) -> None:
    asked = body(client, judge)
    for wrong, status in (({"a": "none"}, 404), ({"b": asked["a"]}, 422), ({"verdict": "maybe"}, 422)):
        answer = client.post("/api/v1/judgements", headers=judge, json={**asked, **wrong})
        assert answer.status_code == status
    nowhere = client.post("/api/v1/decisions/judgement-1/withdraw", headers=judge, json={"because": "x"})
    assert nowhere.status_code == 404


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_examples_have_the_form_they_show(form: Any) -> None:
    form.model_validate(examples()[form.__name__], strict=False)
