"""Catalogues of five languages, loaded whole and exported again."""

import json
import resource
import time
from io import StringIO
from pathlib import Path

import pytest

from benchmarks.eu_to_native import write
from ingest.pipeline import run
from ingest.reading import Options
from kg.exchange import write_jsonl
from kg.store import open_store


@pytest.mark.slow
@pytest.mark.shared
def test_every_id_and_relation_comes_back(shared_data: Path, tmp_path: Path) -> None:
    source = tmp_path / "eu.jsonl"
    with source.open("w", encoding="utf-8") as out:
        write(shared_data / "eu", out)
    said = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    exported = StringIO()
    with open_store(f"sqlite:///{tmp_path}/kg.db", create=True) as store:
        started = time.perf_counter()
        report = run([source], store, archive=None, options=Options(today="2026-03-01"))
        assert time.perf_counter() - started <= 120
        write_jsonl(store, exported)
    assert (report.rows.written, report.rows.rejected) == (len(said), 0)
    back = [json.loads(line) for line in exported.getvalue().splitlines()]
    for kind, keys in (("entity", ("id", "type", "name")), ("relation", ("source", "type", "target"))):
        assert {tuple(row[key] for key in keys) for row in back if row["kind"] == kind} >= {
            tuple(row[key] for key in keys) for row in said if row["kind"] == kind
        }
    assert sum(row["kind"] == "entity" and row["type"] == "System" for row in back) > 7000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1 << 20
