from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from api.wire.checks import ReportWire
from api.wire.examples import examples
from api.wire.graph import EntityPage, EntityWire, HitPage, RelationPage
from api.wire.health import HealthWire
from api.wire.reach import ReachWire
from api.wire.reuse import OverlapsWire, RecommendationsWire

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return found


def routes(description: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method} {path}", route)
        for path, methods in description["paths"].items()
        for method, route in methods.items()
    ]


def test_the_description_is_openapi_3_1_and_names_the_key(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.1")
    assert description["components"]["securitySchemes"]["ApiKey"]["name"] == "X-API-Key"


def test_every_route_says_what_it_does_and_answers(description: dict[str, Any]) -> None:
    for name, route in routes(description):
        assert route["summary"], name
        assert route["description"], name
        success = next(answer for status, answer in route["responses"].items() if status < "300")
        assert all(content["schema"] for content in success["content"].values()), name


def test_every_error_is_a_problem_document(description: dict[str, Any]) -> None:
    for name, route in routes(description):
        failing = {status: answer for status, answer in route["responses"].items() if status >= "400"}
        assert {"401", "403", "422", "500", "503"} <= failing.keys(), name
        assert all(answer["content"].keys() == {PROBLEM} for answer in failing.values()), name


def test_reading_says_that_it_may_be_left_out_or_moved(description: dict[str, Any]) -> None:
    told = {
        path: methods["get"]["responses"].keys()
        for path, methods in description["paths"].items()
        if "get" in methods
    }
    for path in ("/search", "/systems", "/components", "/organizations", "/overlaps", "/exports/{format}"):
        assert "304" in told[f"/api/v1{path}"]
    for path in ("/entities/{entity_id}", "/relations", "/dependencies", "/impact"):
        assert {"304", "308", "404"} <= told[f"/api/v1{path}"]


def test_required_parameters_and_bodies_have_an_example(description: dict[str, Any]) -> None:
    for name, route in routes(description):
        for parameter in route.get("parameters", []):
            if parameter["required"]:
                assert "examples" in parameter["schema"] or "enum" in parameter["schema"], (
                    name,
                    parameter["name"],
                )
    need = description["components"]["schemas"]["NeedWire"]
    assert need["examples"]


def test_every_form_is_described(description: dict[str, Any]) -> None:
    for name, schema in description["components"]["schemas"].items():
        assert schema.get("description"), name


def test_requests_can_be_tried_with_files_of_this_server_alone(client: TestClient) -> None:
    page = client.get("/docs/try")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "http" not in page.text.replace('name="renderer"', "").replace("HTTP", "")
    for name, media in (("swagger-ui-bundle.js", "text/javascript"), ("swagger-ui.css", "text/css")):
        file = client.get(f"/docs/files/{name}")
        assert file.headers["content-type"].startswith(media)
        assert len(file.content) > 100_000
    assert client.get("/docs/files/__init__.py").status_code == 404


def test_every_answer_has_an_example_of_its_form(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    for name, route in routes(description):
        for answer in route["responses"].values():
            for content in answer.get("content", {}).values():
                if "$ref" in content["schema"]:
                    form = content["schema"]["$ref"].rpartition("/")[2]
                    assert schemas[form]["examples"], name


@pytest.mark.parametrize(
    "form",
    [
        EntityPage,
        EntityWire,
        HealthWire,
        HitPage,
        OverlapsWire,
        ReachWire,
        RecommendationsWire,
        RelationPage,
        ReportWire,
    ],
)
def test_examples_have_the_form_they_show(form: type[BaseModel]) -> None:
    form.model_validate(examples()[form.__name__], strict=False)
    assert set(examples()) >= {form.__name__}
