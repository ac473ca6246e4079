"""The sample estate in a store, and an application over it, for all tests of the HTTP interface."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.graph import Graph
from api.settings import Settings
from ingest.pipeline import run
from ingest.reading import Options
from kg.store import open_store

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture(scope="session")
def configured(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("http")
    chosen = Settings(store=f"sqlite:///{folder}/kg.db", model=folder / "none")
    with open_store(chosen.store, create=True) as store:
        run([EXAMPLES / "estate"], store, archive=None, options=Options(today="2026-01-01"))
    return chosen


@pytest.fixture(scope="session")
def graph(configured: Settings) -> Graph:
    return Graph(configured)


@pytest.fixture(scope="session")
def client(configured: Settings, graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(configured, graph=graph), raise_server_exceptions=False) as opened:
        yield opened
