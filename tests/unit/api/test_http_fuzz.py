"""Requests of every shape that the description allows, and of shapes that it does not."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings

from api.app import create_app
from api.graph import Graph
from api.settings import Settings

pytestmark = pytest.mark.slow
PROPOSAL = Path(__file__).resolve().parents[3] / "examples" / "proposals" / "1-重复建设.docx"
NAME = "示例省统一身份认证平台"
REAL: list[tuple[str, str, dict[str, Any]]] = [
    ("/search", "GET", {"query": {"q": "养老", "limit": 3}}),
    ("/relations", "GET", {"query": {"entity": NAME, "limit": 50}}),
    ("/dependencies", "GET", {"query": {"entity": NAME, "direction": "both", "planned": True}}),
    ("/impact", "GET", {"query": {"entity": NAME}}),
    ("/components", "GET", {}),
    ("/organizations", "GET", {"query": {"limit": 500}}),
    ("/overlaps", "GET", {"query": {"limit": 100}}),
    ("/capabilities", "GET", {"query": {"q": "查询", "limit": 3}}),
    (
        "/recommendations",
        "POST",
        {"body": {"text": "给群众发短信提醒、统一登录"}, "media_type": "application/json"},
    ),
    ("/exports/{format}", "GET", {"path_parameters": {"format": "csv"}}),
]
EACH = 25


@pytest.fixture(scope="module")
def schema(configured: Settings, graph: Graph) -> Any:
    import schemathesis

    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", create_app(configured, graph=graph))


@pytest.fixture(scope="module")
def operations(schema: Any) -> list[Any]:
    return [result.ok() for result in schema.get_all_operations()]


@pytest.mark.parametrize(("path", "method", "asked"), REAL, ids=[path for path, _, _ in REAL])
def test_real_answers_have_the_form_described(
    schema: Any, path: str, method: str, asked: dict[str, Any]
) -> None:
    answer = schema[f"/api/v1{path}"][method].Case(**asked).call_and_validate(checks=held())
    assert answer.status_code == 200


def test_an_entity_and_a_report_have_the_form_described(schema: Any, client: TestClient) -> None:
    found = client.get("/api/v1/search", params={"q": NAME}).json()["items"][0]
    entity = client.get(f"/api/v1/entities/{found['id']}")
    schema["/api/v1/entities/{entity_id}"]["GET"].validate_response(entity)
    report = client.post("/api/v1/checks", files={"file": (PROPOSAL.name, PROPOSAL.read_bytes())})
    schema["/api/v1/checks"]["POST"].validate_response(report)


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_every_request_gets_an_answer_that_is_described(operations: list[Any], mode: str) -> None:
    from schemathesis import GenerationMode

    assert len(operations) == 24
    for operation in operations:
        if mode == "negative" and not _can_be_wrong(operation):
            continue

        @settings(
            max_examples=EACH,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=GenerationMode(mode)))
        def answered(case: Any) -> None:
            case.call_and_validate(checks=held())

        answered()


def held() -> list[Any]:
    from schemathesis import checks

    return [
        checks.not_a_server_error,
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
    ]


def _can_be_wrong(operation: Any) -> bool:
    """Whether a request can break the description: any text fits a path."""
    return bool(list(operation.query) or list(operation.body))
