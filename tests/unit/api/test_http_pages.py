import re
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

PAGES = [
    "/",
    "/list/System",
    "/list/Function?cursor=function-5",
    "/search",
    "/search?q=养老&kind=System",
    "/overlaps?kind=same_kind&skip=50",
    "/capabilities",
    "/capabilities?q=查询&skip=50",
    "/recommend?text=短信提醒、统一登录&department=云江市民政局",
    "/check",
    "/docs",
    "/login",
]


def component(client: TestClient) -> dict[str, Any]:
    hit: dict[str, Any] = client.get("/api/v1/search?q=示例省统一身份认证平台").json()["items"][0]
    return hit


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_whole_and_need_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert 'lang="zh-CN"' in answer.text
    for part in ("<script", "<style", " style=", "http://", "https://"):
        assert part not in answer.text


def test_the_pages_of_an_entity_lead_on(client: TestClient) -> None:
    found = component(client)
    text = client.get(f"/entity/{found['id']}").text
    assert "可复用组件目录.xlsx" in text
    assert f"/impact/{found['id']}" in text
    assert "影响面" in client.get(f"/impact/{found['id']}").text
    assert client.get(f"/depends/{found['id']}").status_code == 200


def test_a_system_leads_to_those_it_overlaps_with(client: TestClient) -> None:
    pair = client.get("/api/v1/overlaps?limit=1").json()["overlaps"][0]
    place = f"/overlaps?entity={pair['a']['id']}"
    assert place in client.get(f"/entity/{pair['a']['id']}").text
    assert f"/entity/{pair['b']['id']}" in client.get(place).text


def test_the_number_of_a_type_leads_to_its_list(client: TestClient) -> None:
    found = re.search(r'kg_facts{type="System"} (\d+)', client.get("/api/v1/metrics").text)
    assert found
    assert f'<a href="/list/System"><b>{found[1]}</b>' in client.get("/").text
    assert f"共 {found[1]} 个" in client.get("/list/System").text


@pytest.mark.parametrize("path", ["/entity/nothing", "/list/Nothing", "/check/nothing", "/nowhere"])
def test_a_person_reads_errors_on_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "没有找到" in answer.text


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "javascript:x"]
)
def test_no_word_of_the_data_becomes_markup(client: TestClient, text: str) -> None:
    for path in (
        f"/search?q={quote(text)}",
        f"/recommend?text={quote(text)}",
        f"/overlaps?kind={quote(text)[:20]}",
    ):
        shown = client.get(path).text
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "49" not in shown.replace("0.49", "") or "{{7*7}}" not in text
