from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.app import create_app
from api.graph import Graph
from api.http.scopes import required_scopes, requires
from api.keys.file import KeyFile
from api.keys.issue import issue, revoke
from api.keys.scopes import Scope
from api.routers import ROUTERS
from api.settings import Settings
from api.web.routes import PAGES

HERE = "http://127.0.0.1:8000"
LOCAL = ("127.0.0.1", 50000)
DAY = date(2026, 11, 24)
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
