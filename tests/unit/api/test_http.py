from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.settings import Settings
from ingest.pipeline import run
from ingest.reading import Options
from kg.store import open_store

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="module")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("http")
    chosen = Settings(store=f"sqlite:///{folder}/kg.db", model=folder / "none")
    with open_store(chosen.store, create=True) as store:
        run([EXAMPLES / "estate"], store, archive=None, options=Options(today="2026-01-01"))
    return chosen


@pytest.fixture(scope="module")
def client(configured: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(configured), raise_server_exceptions=False) as opened:
        yield opened


def found(client: TestClient, text: str) -> dict[str, Any]:
    hits = client.get("/api/v1/search", params={"q": text}).json()["items"]
    first: dict[str, Any] = hits[0]
    return first


def test_health_answers(client: TestClient) -> None:
    answer = client.get("/api/v1/health")
    assert answer.status_code == 200
    assert answer.json()["mode"] == "lexical"
    assert "kg_facts" in client.get("/api/v1/metrics").text


def test_an_entity_comes_with_its_evidence_and_a_tag(client: TestClient) -> None:
    hit = found(client, "统一身份认证平台")
    answer = client.get(f"/api/v1/entities/{hit['id']}")
    assert answer.json()["claims"][0]["document"]
    assert answer.headers["etag"]


def test_search_pages_meet_without_gap(client: TestClient) -> None:
    whole = client.get("/api/v1/search", params={"q": "系统", "limit": 20}).json()["items"]
    first = client.get("/api/v1/search", params={"q": "系统", "limit": 10}).json()
    second = client.get("/api/v1/search", params={"q": "系统", "limit": 10, "cursor": first["next"]}).json()
    assert first["items"] + second["items"] == whole


def test_impact_names_department_and_path(client: TestClient) -> None:
    hit = found(client, "示例省统一身份认证平台")
    answer = client.get("/api/v1/impact", params={"entity": hit["id"]}).json()
    assert answer["total"] == len(answer["items"]) > 0
    assert answer["items"][0]["path"][0]["claim"]


def test_an_uploaded_proposal_gets_a_report_that_can_be_read_again(client: TestClient) -> None:
    path = EXAMPLES / "proposals" / "1-重复建设.docx"
    answer = client.post("/api/v1/checks", files={"file": (path.name, path.read_bytes())})
    assert answer.status_code == 201
    assert answer.json()["verdict"] == "不予立项"
    assert client.get(f"/api/v1/checks/{answer.json()['id']}").json() == answer.json()


def test_an_upload_with_a_path_for_a_name_stays_inside(client: TestClient) -> None:
    answer = client.post("/api/v1/checks", files={"file": ("../../etc/x.txt", b"nothing here")})
    assert answer.json()["verdict"] is None


def test_a_need_is_answered_or_honestly_not(client: TestClient) -> None:
    answer = client.post("/api/v1/recommendations", json={"text": "火星探测轨道计算"}).json()
    assert answer["items"] == []
    assert answer["none"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/entities/nothing", 404),
        ("/api/v1/impact?entity=nothing", 404),
        ("/api/v1/search?q=", 422),
        ("/api/v1/checks/none", 404),
        ("/nowhere", 404),
    ],
)
def test_errors_are_problem_documents(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


@pytest.mark.parametrize("path", ["/", "/search?q=养老", "/overlaps", "/check", "/docs"])
def test_pages_are_whole_and_need_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert 'lang="zh-CN"' in answer.text
    assert "<script" not in answer.text
    assert "http://" not in answer.text
    assert "https://" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_pages_of_an_entity_lead_on(client: TestClient) -> None:
    hit = found(client, "示例省统一身份认证平台")
    assert "可复用组件目录.xlsx" in client.get(f"/entity/{hit['id']}").text
    assert "影响面" in client.get(f"/impact/{hit['id']}").text


def test_with_keys_set_every_route_asks_for_one(configured: Settings) -> None:
    locked = Settings(store=configured.store, model=configured.model, api_keys="first,second")  # type: ignore[arg-type]  # as the environment gives it
    with TestClient(create_app(locked)) as client:
        assert client.get("/api/v1/health").status_code == 401
        assert client.get("/api/v1/health", headers={"X-API-Key": "second"}).status_code == 200


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_request_of_the_described_shape_breaks_the_server(client: TestClient, data: st.DataObject) -> None:
    described = client.get("/api/v1/openapi.json").json()
    gets = sorted(path for path, methods in described["paths"].items() if "get" in methods)
    path = data.draw(st.sampled_from(gets))
    parameters = described["paths"][path]["get"].get("parameters", [])
    values = {p["name"]: data.draw(st.text(max_size=20) | st.integers().map(str)) for p in parameters}
    for name in [p["name"] for p in parameters if p["in"] == "path"]:
        path = path.replace("{" + name + "}", "x").replace("{" + name + ":path}", "x")
    assert client.get(path, params=values).status_code < 500
