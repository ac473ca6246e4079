import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.app import create_app
from api.audit.verify import read_log
from api.graph import Graph
from api.http.scopes import required_scopes, requires
from api.keys.file import KeyFile
from api.keys.issue import issue, revoke
from api.keys.scopes import WRITES, Scope
from api.routers import ROUTERS
from api.settings import Settings
from api.web.routes import PAGES

HERE = "http://127.0.0.1:8000"
LOCAL = ("127.0.0.1", 50000)
DAY = date(2026, 11, 24)
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
PROPOSAL = EXAMPLES / "proposals" / "1-重复建设.docx"
Open = Callable[..., TestClient]
judging = APIRouter(prefix="/api/v1")


@judging.post("/trial")
def trial(by: Annotated[str, Depends(requires(Scope.JUDGE))]) -> dict[str, str]:
    return {"by": by}


@pytest.fixture
def keys(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys")


@pytest.fixture
def opened(configured: Settings, graph: Graph, tmp_path: Path) -> Iterator[TestClient]:
    app = create_app(configured.model_copy(update={"key_file": tmp_path / "keys"}), graph=graph)
    app.include_router(judging)
    with TestClient(app, base_url=HERE, client=LOCAL) as client:
        yield client


def shown(key: str) -> dict[str, str]:
    return {"X-API-Key": key}


def test_every_route_of_the_graph_declares_its_scope() -> None:
    free = {"/login", "/logout", "/docs", "/docs/try", "/docs/files/{name}"}
    routes = [route for router in (*ROUTERS, *PAGES) for route in router.routes]
    without = {route.path for route in routes if isinstance(route, APIRoute) and not required_scopes(route)}
    assert without == free


def test_a_key_opens_its_own_doors_only(opened: TestClient, keys: KeyFile) -> None:
    reading = shown(issue(keys, "看板", scopes=[Scope.READ], today=DAY))
    checking = shown(issue(keys, "查重", scopes=[Scope.CHECK], today=DAY))
    file = {"file": ("a.txt", b"x")}
    assert opened.get("/api/v1/systems", headers=reading).status_code == 200
    assert opened.post("/api/v1/recommendations", json={"text": "短信"}, headers=reading).status_code == 200
    assert opened.post("/api/v1/checks", files=file, headers=checking).status_code == 201
    assert opened.get("/api/v1/systems", headers=checking).status_code == 403
    refused = opened.post("/api/v1/checks", files=file, headers=reading)
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["scope"] == "check"
    assert "看板" in refused.json()["detail"]
    assert opened.post("/api/v1/checks", files=file).status_code == 401


def test_a_known_tag_opens_no_door(opened: TestClient, keys: KeyFile) -> None:
    reading = shown(issue(keys, "看板", scopes=[Scope.READ], today=DAY))
    checking = shown(issue(keys, "查重", scopes=[Scope.CHECK], today=DAY))
    tag = opened.get("/api/v1/systems", headers=reading).headers["etag"]
    assert opened.get("/api/v1/systems", headers=reading | {"If-None-Match": tag}).status_code == 304
    assert opened.get("/api/v1/systems", headers=checking | {"If-None-Match": tag}).status_code == 403


def test_the_route_is_told_who_is_calling(opened: TestClient, keys: KeyFile) -> None:
    key = issue(keys, "评审专家甲", scopes=[Scope.JUDGE], today=DAY)
    assert opened.post("/api/v1/trial", headers=shown(key)).json() == {"by": "评审专家甲"}


def test_without_keys_this_machine_reads_and_checks_but_writes_nothing(opened: TestClient) -> None:
    assert opened.post("/api/v1/recommendations", json={"text": "短信"}).status_code == 200
    assert opened.post("/api/v1/checks", files={"file": ("a.txt", b"x")}).status_code == 201
    refused = opened.post("/api/v1/trial")
    assert refused.status_code == 403
    assert refused.json()["scope"] == "judge"
    assert "kg keys add" in refused.json()["detail"]


def test_a_key_revoked_while_serving_is_refused_from_the_next_request_on(
    opened: TestClient, keys: KeyFile
) -> None:
    key = issue(keys, "看板", scopes=[Scope.READ], today=DAY)
    opened.post("/login", data={"key": key})
    assert opened.get("/api/v1/systems", headers=shown(key)).status_code == 200
    assert opened.get("/").status_code == 200
    revoke(keys, "看板", today=DAY)
    assert opened.get("/api/v1/systems", headers=shown(key)).status_code == 401
    assert opened.get("/", headers={"Accept": "text/html"}, follow_redirects=False).status_code == 303


def test_a_page_says_what_the_key_does_not_open(opened: TestClient, keys: KeyFile) -> None:
    opened.post("/login", data={"key": issue(keys, "看板", scopes=[Scope.READ], today=DAY)})
    answer = opened.get("/check", headers={"Accept": "text/html"})
    assert answer.status_code == 403
    assert "没有 check（查重）权限" in answer.text


def test_a_damaged_file_of_keys_closes_every_door(opened: TestClient, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("{", "utf-8")
    for path in ("/api/v1/health", "/", "/login"):
        answer = opened.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 503
        assert "请从备份恢复" in answer.json()["detail"]


def test_no_route_answers_another_machine_without_a_key(
    configured: Settings, graph: Graph, keys: KeyFile, tmp_path: Path
) -> None:
    routes = [
        route for router in (*ROUTERS, *PAGES) for route in router.routes if isinstance(route, APIRoute)
    ]
    asked = [(method, route.path) for route in routes for method in sorted(route.methods or ())]
    app = create_app(configured.model_copy(update={"key_file": tmp_path / "keys"}), graph=graph)
    with TestClient(app, base_url=HERE, client=("192.0.2.7", 1), follow_redirects=False) as client:
        assert {client.request(method, path).status_code for method, path in asked} == {403}
        issue(keys, "看板", scopes=[Scope.READ], today=DAY)
        answered = {path for method, path in asked if client.request(method, path).status_code != 401}
    assert answered == {"/login"}


def test_the_description_tells_the_scope_of_each_route(opened: TestClient) -> None:
    paths: dict[str, Any] = opened.get("/api/v1/openapi.json").json()["paths"]
    assert paths["/api/v1/systems"]["get"]["security"] == [{}, {"ApiKey": ["read"]}, {"Bearer": ["read"]}]
    assert paths["/api/v1/checks"]["post"]["security"][1] == {"ApiKey": ["check"]}


@pytest.fixture
def own(configured: Settings, tmp_path: Path) -> Iterator[tuple[TestClient, Settings]]:
    """A server over a store of its own, with room to write."""
    shutil.copy(configured.store.removeprefix("sqlite:///"), tmp_path / "kg.db")
    chosen = Settings(store=f"sqlite:///{tmp_path}/kg.db", model=tmp_path / "none")
    with TestClient(create_app(chosen), base_url=HERE, client=LOCAL) as client:
        yield client, chosen


def test_a_proposal_is_stored_only_for_a_named_key_that_may_load(
    own: tuple[TestClient, Settings], tmp_path: Path
) -> None:
    client, _ = own
    file = {"file": (PROPOSAL.name, PROPOSAL.read_bytes())}
    refused = client.post("/api/v1/checks", files=file, data={"keep": "true"})
    assert refused.status_code == 403
    assert refused.json()["scope"] == "load"
    assert client.post("/api/v1/checks", files=file, data={"keep": "maybe"}).status_code == 422
    keys = KeyFile(tmp_path / "kg.db.keys")
    checking = shown(issue(keys, "查重", scopes=[Scope.CHECK], today=DAY))
    loading = shown(issue(keys, "收件", scopes=[Scope.CHECK, Scope.LOAD, Scope.READ], today=DAY))
    assert (
        client.post("/api/v1/checks", files=file, data={"keep": "true"}, headers=checking).status_code == 403
    )
    assert (
        client.post("/api/v1/checks", files=file, data={"keep": "false"}, headers=checking).status_code == 201
    )
    report = client.post("/api/v1/checks", files=file, data={"keep": "true"}, headers=loading).json()
    assert report["verdict"] == "不予立项"
    assert report["kept"] == {"run": "2", "status": "complete", "rejected": []}
    found = client.get(
        "/api/v1/search", params={"q": report["proposal"]["name"], "type": "Project"}, headers=loading
    )
    assert found.json()["items"]
    told = list(read_log(tmp_path / "kg.db.audit.jsonl"))
    assert [(line["what"], line["who"], line["via"]) for line in told] == [
        ("check", "查重", "http"),
        ("check", "收件", "http"),
        ("ingest", "收件", "http"),
    ]
    assert told[2]["run"] == "2"
    assert told[2]["inputs"] == told[1]["inputs"]


def test_a_marked_upload_leaves_nothing_behind(own: tuple[TestClient, Settings], tmp_path: Path) -> None:
    client, _ = own
    loading = shown(
        issue(KeyFile(tmp_path / "kg.db.keys"), "收件", scopes=[Scope.CHECK, Scope.LOAD], today=DAY)
    )
    text = "机密★10年\n云江市水情会商系统建设方案\n一、建设内容\n1. 水情会商\n"
    report = client.post(
        "/api/v1/checks", files={"file": ("a.txt", text.encode())}, data={"keep": "true"}, headers=loading
    ).json()
    assert report["verdict"] is None
    assert report["kept"]["run"] is None
    assert "国家秘密" in report["kept"]["rejected"][0]["reason"]
    assert "水情会商" not in str(report)
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in kept if "水情会商".encode() in path.read_bytes()]
    assert not (tmp_path / "kg.db.archive").exists()


def test_every_route_that_writes_asks_for_a_scope_that_needs_a_name() -> None:
    asking = {"/api/v1/checks", "/api/v1/recommendations"}
    posts = [
        route
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and route.methods != {"GET"} and route.path not in asking
    ]
    assert posts
    assert all(required_scopes(route) & WRITES for route in posts)


def test_decisions_are_told_under_the_name_of_the_key(
    own: tuple[TestClient, Settings], tmp_path: Path
) -> None:
    client, _ = own
    systems = [one["id"] for one in client.get("/api/v1/systems", params={"limit": 2}).json()["items"]]
    asked = {"a": systems[0], "b": systems[1], "verdict": "different", "because": "两套系统"}
    assert client.post("/api/v1/judgements", json=asked).status_code == 403
    judging = shown(issue(KeyFile(tmp_path / "kg.db.keys"), "专家甲", scopes=[Scope.JUDGE], today=DAY))
    made = client.post("/api/v1/judgements", json=asked, headers=judging)
    assert made.status_code == 201
    assert client.post("/api/v1/runs/2/undo", json={"because": "误判"}, headers=judging).status_code == 403
    (told,) = read_log(tmp_path / "kg.db.audit.jsonl")
    assert (told["who"], told["via"], told["what"].split()[0]) == ("专家甲", "http", "judge")
