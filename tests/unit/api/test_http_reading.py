import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from ingest.pipeline import run
from ingest.reading import Options
from kg.model import EntityId
from kg.store import open_store
from kg.store.judgements import Sameness, judge

ODD = "a/b%c?d#e f"
TWIN = "z//50%+twin"
ANSWERS = [
    "/api/v1/search?q=养老",
    "/api/v1/systems",
    "/api/v1/components?limit=3",
    "/api/v1/organizations",
    "/api/v1/overlaps?limit=5",
    "/api/v1/capabilities?limit=5",
    "/api/v1/relations?entity=示例省统一身份认证平台",
    "/api/v1/dependencies?entity=示例省统一身份认证平台",
    "/api/v1/impact?entity=示例省统一身份认证平台",
    "/api/v1/exports/jsonl",
]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Two systems with ids full of signs, judged to be one, and a plan that needs them."""
    folder = tmp_path_factory.mktemp("odd")
    entities = [(ODD, "System", "河湖系统"), (TWIN, "System", "河湖平台"), ("plan", "System", "河长系统")]
    rows: list[dict[str, Any]] = [
        {"kind": "entity", "id": key, "type": kind, "name": name} for key, kind, name in entities
    ]
    needs = {"kind": "relation", "source": "plan", "type": "DEPENDS_ON", "target": ODD}
    rows.append(needs | {"properties": {"modality": "plan"}})
    file = folder / "odd.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    chosen = Settings(store=f"sqlite:///{folder}/kg.db", model=folder / "none")
    with open_store(chosen.store, create=True) as store:
        run([file], store, archive=None, options=Options(today="2026-01-01"))
        pair = (EntityId(ODD), EntityId(TWIN))
        judge(store, pair, Sameness.SAME, by="评审人", because="同一合同", said_on="2026-02-01")
    with TestClient(create_app(chosen), follow_redirects=False) as opened:
        yield opened


@pytest.mark.parametrize("path", ANSWERS)
def test_what_the_caller_has_already_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.status_code == 200
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == first.content


def test_a_tag_belongs_to_one_address(client: TestClient) -> None:
    tag = client.get("/api/v1/systems").headers["etag"]
    assert client.get("/api/v1/systems?limit=3", headers={"If-None-Match": tag}).status_code == 200
    assert client.get("/api/v1/entities/nothing", headers={"If-None-Match": tag}).status_code == 404
    assert client.get("/api/v1/entities/nothing", headers={"If-None-Match": "*"}).status_code == 404


def test_a_tag_changes_with_the_graph(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"kind": "entity", "id": "s", "type": "System", "name": "甲"}), "utf-8")
    chosen = Settings(store=f"sqlite:///{tmp_path}/kg.db", model=tmp_path / "none")
    with open_store(chosen.store, create=True) as store:
        run([file], store, archive=None, options=Options(today="2026-01-01"))
    with TestClient(create_app(chosen)) as client:
        before = client.get("/api/v1/entities/s")
        file.write_text(json.dumps({"kind": "entity", "id": "s", "type": "System", "name": "乙"}), "utf-8")
        with open_store(chosen.store) as store:
            run([file], store, archive=None, options=Options(today="2026-01-02"))
        after = client.get("/api/v1/entities/s", headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert after.json()["name"] == "乙"


def test_an_id_of_any_signs_is_found_under_its_path(odd: TestClient) -> None:
    assert odd.get(f"/api/v1/entities/{quote(ODD, safe='')}").json()["id"] == ODD


@pytest.mark.parametrize("route", ["/api/v1/entities", "/entity", "/impact", "/depends"])
def test_the_id_of_a_merged_entity_leads_to_the_canonical_one(odd: TestClient, route: str) -> None:
    moved = odd.get(f"{route}/{quote(TWIN, safe='')}?planned=true")
    assert moved.status_code == 308
    assert moved.headers["location"] == f"{route}/{quote(ODD, safe='')}?planned=true"
    assert odd.get(moved.headers["location"]).status_code == 200


@pytest.mark.parametrize(
    "route", ["/api/v1/relations", "/api/v1/dependencies", "/api/v1/impact", "/overlaps"]
)
def test_questions_on_a_merged_entity_lead_there_too(odd: TestClient, route: str) -> None:
    moved = odd.get(route, params={"entity": TWIN})
    assert moved.status_code == 308
    followed = odd.get(moved.headers["location"])
    assert followed.status_code == 200
    assert followed.request.url.params["entity"] == ODD


@pytest.mark.parametrize(("route", "root"), [("impact", ODD), ("dependencies", "plan")])
def test_plans_are_told_only_when_asked_for(odd: TestClient, route: str, root: str) -> None:
    ask = f"/api/v1/{route}"
    assert odd.get(ask, params={"entity": root}).json()["total"] == 0
    planned = odd.get(ask, params={"entity": root, "planned": True}).json()
    assert [item["modality"] for item in planned["items"]] == ["plan"]


@pytest.mark.parametrize(
    ("path", "key", "limit"),
    [
        ("/api/v1/relations?entity=示例省统一身份认证平台", "items", 7),
        ("/api/v1/systems", "items", 120),
        ("/api/v1/overlaps?kind=same_kind", "overlaps", 90),
        ("/api/v1/search?q=平台", "items", 90),
    ],
)
def test_pages_meet_without_gap_or_repetition(client: TestClient, path: str, key: str, limit: int) -> None:
    join = "&" if "?" in path else "?"
    pages: list[list[Any]] = []
    cursor = None
    while cursor is not None or not pages:
        more = f"&cursor={quote(cursor, safe='')}" if cursor else ""
        answer = client.get(f"{path}{join}limit={limit}{more}").json()
        pages.append(answer[key])
        cursor = answer["next"]
    whole = [json.dumps(item) for page in pages for item in page]
    assert len(pages) > 1
    assert all(len(page) == limit for page in pages[:-1])
    assert len(whole) == len(set(whole))


@pytest.mark.parametrize("route", ["relations?entity=示例省统一身份认证平台&", "overlaps?", "search?q=平台&"])
@pytest.mark.parametrize("cursor", ["x", "bnVsbA==", "W10=", "WzEsMiwzLDRd"[:12], "%FF"])
def test_a_cursor_of_another_making_is_a_problem_or_harmless(
    client: TestClient, route: str, cursor: str
) -> None:
    assert client.get(f"/api/v1/{route}cursor={cursor}").status_code in {200, 422}


@pytest.mark.parametrize("form", ["jsonl", "graphml", "gexf", "html"])
def test_an_export_is_a_file_and_the_same_each_time(client: TestClient, form: str) -> None:
    first, second = (client.get(f"/api/v1/exports/{form}") for _ in range(2))
    assert first.headers["content-disposition"] == f'attachment; filename="graph.{form}"'
    assert first.content == second.content
    assert "示例省统一身份认证平台" in first.text


def test_tables_come_as_a_zip_that_is_the_same_each_time(client: TestClient) -> None:
    first, second = (client.get("/api/v1/exports/csv").content for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        tables = {
            name: list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"))))
            for name in packed.namelist()
        }
    assert sorted(tables) == ["graph.csv", "graph.relations.csv"]
    assert {"id", "type", "name"} <= tables["graph.csv"][0].keys()
    assert tables["graph.relations.csv"][0]["source_name"]


def test_an_export_keeps_what_is_merged_apart(odd: TestClient) -> None:
    lines = [json.loads(line) for line in odd.get("/api/v1/exports/jsonl").text.splitlines()]
    assert {ODD, TWIN} <= {line["id"] for line in lines if line["kind"] == "entity"}
    assert "SAME_AS" in {line["type"] for line in lines if line["kind"] == "relation"}


def test_an_unknown_form_of_export_is_a_problem(client: TestClient) -> None:
    assert client.get("/api/v1/exports/exe").status_code == 422


def test_overlaps_keep_every_pair_of_at_least_the_score(client: TestClient) -> None:
    whole = client.get("/api/v1/overlaps?limit=500").json()["overlaps"]
    least = whole[40]["score"]
    kept = client.get(f"/api/v1/overlaps?limit=500&min_score={least - 0.00005}").json()["overlaps"]
    assert kept == [overlap for overlap in whole if overlap["score"] >= least]
