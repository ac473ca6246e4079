"""A graph with its history, out as native JSONL and back in."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from ingest.pipeline import run
from ingest.reading import Options
from kg.exchange import write_jsonl
from kg.model import EntityId
from kg.store import open_store
from kg.store.base import GraphStore
from tests.unit.ingest.census_files import DAYS, FILES, TODAY, File, load, told

OVER = {"source": "census", "document": "a.xlsx", "said_on": "2023-12-31", "ended": "2024-12-31"}


def exported(store: GraphStore, *, include_history: bool = True) -> str:
    out = io.StringIO()
    write_jsonl(store, out, include_history=include_history)
    return out.getvalue()


def loaded(text: str, folder: Path) -> GraphStore:
    store = open_store("memory:")
    path = folder / "graph.jsonl"
    path.write_text(text, "utf-8")
    report = run([path], store, archive=None, options=Options(today=TODAY))
    assert report.rows.rejected == 0
    assert report.rows.read == report.rows.written == len(text.splitlines())
    again = run([path], store, archive=None, options=Options(today=TODAY))
    assert (again.rows.written, again.rows.unchanged) == (0, report.rows.read)
    return store


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=FILES)
def test_a_history_written_out_comes_back_whole(files: list[File], tmp_path: Path) -> None:
    store = open_store("memory:")
    for file in files:
        load(store, [file])
    copy = loaded(exported(store), tmp_path)
    assert exported(copy) == exported(store)
    assert exported(copy, include_history=False) == exported(store, include_history=False)
    assert [told(copy.as_of(day)) for day in DAYS] == [told(store.as_of(day)) for day in DAYS]


def line(**said: object) -> str:
    return json.dumps(said, ensure_ascii=False)


def test_a_line_whose_claims_are_over_stands_in_history_alone(tmp_path: Path) -> None:
    claim = OVER | {"name": "旧系统", "properties": {"status": "在用"}}
    entity = line(kind="entity", id="sys-1", type="System", name="旧系统", claims=[claim])
    store = loaded(entity + "\n", tmp_path)
    assert store.counts() == {}
    assert store.as_of("2024-06-30").get([EntityId("sys-1")])[EntityId("sys-1")].name == "旧系统"
    assert store.as_of("2024-12-31").counts() == {}


def test_a_line_may_hold_what_is_over_beside_what_holds(tmp_path: Path) -> None:
    old = OVER | {"name": "旧名", "properties": {"status": "在建"}}
    new = {"source": "census", "said_on": "2024-12-31", "name": "新名", "properties": {"status": "在用"}}
    text = line(kind="entity", id="sys-1", type="System", name="新名", claims=[new, old]) + "\n"
    store = loaded(text, tmp_path)
    now, then = store.get([EntityId("sys-1")]), store.as_of("2024-06-30").get([EntityId("sys-1")])
    assert [found[EntityId("sys-1")].properties["status"] for found in (now, then)] == ["在用", "在建"]
    assert '"ended":"2024-12-31"' in exported(store)
    assert '"ended"' not in exported(store, include_history=False)


@pytest.mark.parametrize("ended", ["", "昨天", 7])
def test_an_end_that_is_no_date_is_refused(ended: object, tmp_path: Path) -> None:
    claim = OVER | {"ended": ended}
    path = tmp_path / "graph.jsonl"
    path.write_text(line(kind="entity", id="sys-1", type="System", name="甲", claims=[claim]), "utf-8")
    report = run([path], open_store("memory:"), archive=None, options=Options(today=TODAY))
    assert [row.reason.split()[0] for row in report.rejected] == ["claims.0.ended"]
