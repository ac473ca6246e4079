"""Workbooks written on the spot, and loads into a store of memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingest.documents.reader import read_document
from ingest.pipeline import run
from ingest.reading import Options
from ingest.report import RunReport
from kg.store import open_store
from kg.store.base import GraphStore

Rows = Sequence[Sequence[object]]
TODAY = "2026-03-01"


@pytest.fixture
def store() -> GraphStore:
    return open_store("memory:")


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[[str, Rows], Path]:
    def write(name: str, rows: Rows) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        book = Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(list(row))
        book.save(path)
        return path

    return write


@pytest.fixture
def load(store: GraphStore) -> Callable[..., RunReport]:
    def loaded(*paths: Path, **said: object) -> RunReport:
        options = replace(Options(today=TODAY), **said)  # type: ignore[arg-type]  # names of Options
        return run(list(paths), store, archive=None, options=options, read=read_document)

    return loaded
