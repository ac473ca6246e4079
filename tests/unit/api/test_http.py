import re
from typing import Any

import pytest
from fastapi.testclient import TestClient


def found(client: TestClient, text: str) -> dict[str, Any]:
    hits = client.get("/api/v1/search", params={"q": text}).json()["items"]
    first: dict[str, Any] = hits[0]
    return first


def test_health_answers(client: TestClient) -> None:
    answer = client.get("/api/v1/health")
    assert answer.status_code == 200
    assert answer.json()["mode"] == "lexical"
    assert "kg_facts" in client.get("/api/v1/metrics").text


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


def test_metrics_count_requests_by_route_and_not_by_id(client: TestClient) -> None:
    client.get("/api/v1/entities/nothing")
    client.get("/api/v1/entities/nothing-else")
    text = client.get("/api/v1/metrics").text
    assert 'route="/api/v1/entities/{entity_id:path}",status="404"' in text
    assert "nothing" not in text
    assert 'kg_http_request_seconds_bucket{method="GET",route=' in text
    assert "kg_checks_waiting 0" in text


def test_every_line_of_the_metrics_has_the_form_of_prometheus(client: TestClient) -> None:
    answer = client.get("/api/v1/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    line = re.compile(r'(# (HELP|TYPE) .+|[a-z_]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[0-9.e+-]+)')
    assert all(line.fullmatch(one) for one in answer.text.splitlines())


@pytest.mark.parametrize(
    ("path", "field", "message"),
    [
        ("/api/v1/search", "query.q", "缺少此项"),
        ("/api/v1/search?q=", "query.q", "至少 1 个字"),
        ("/api/v1/search?q=养老&limit=0", "query.limit", "不得小于 1"),
        ("/api/v1/search?q=养老&limit=x", "query.limit", "应为整数"),
        ("/api/v1/overlaps?kind=x", "query.kind", "应为 'same', 'same_kind', 'reskinned' or 'reuse'"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_wrong(
    client: TestClient, path: str, field: str, message: str
) -> None:
    assert client.get(path).json()["errors"] == [{"field": field, "message": message}]


@pytest.mark.parametrize(
    "path", ["/api/v1/health", "/api/v1/systems", "/api/v1/exports/jsonl", "/", "/nowhere"]
)
def test_head_tells_what_get_would(client: TestClient, path: str) -> None:
    head, whole = client.head(path), client.get(path)
    assert head.content == b""
    assert (head.status_code, head.headers) == (whole.status_code, whole.headers)
