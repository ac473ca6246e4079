"""What the cells of tables in any layout say becomes facts: names, money, effort, each under its path."""

from pathlib import Path

import pytest

from tests.unit.ingest.proposal.layouts import Told, expected, read
from tests.unit.ingest.proposal.papers import load, write

LAYOUTS = load(Path(__file__).parents[3] / "data" / "layouts")
FLOOR = 0.97


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Told, Told]]:
    folder = tmp_path_factory.mktemp("layouts")
    return [(read(paper, write(paper, folder, name)), expected(paper["golden"])) for name, paper in LAYOUTS]


def test_cells_become_facts_and_nothing_else_does(pairs: list[tuple[Told, Told]]) -> None:
    right = sum((found & told).total() for found, told in pairs)
    assert right >= FLOOR * sum(told.total() for _, told in pairs)
    assert right >= FLOOR * sum(found.total() for found, _ in pairs)


def test_no_layout_is_lost(pairs: list[tuple[Told, Told]]) -> None:
    assert all((found & told).total() >= told.total() / 2 for found, told in pairs)
