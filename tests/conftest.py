"""Shared fixtures: where the labelled data lives, servers, and which tests run without them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tools.neo4j.lines import LINES

settings.register_profile("everywhere", deadline=None, derandomize=True)
settings.load_profile("everywhere")

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselects tests whose surroundings are absent, and says so once for each kind."""
    if not SHARED_DATA.is_dir():
        absent = [item for item in items if item.get_closest_marker("shared")]
        _deselect(config, items, absent, "labelled data absent")
    on_server = [item for item in items if item.get_closest_marker("neo4j")]
    if on_server and "neo4j" in config.option.markexpr and "not neo4j" not in config.option.markexpr:
        from tests.neo4j.servers import out_of_reach

        _deselect(config, items, out_of_reach(on_server), "no Java for this line of the server")


def _deselect(
    config: pytest.Config, items: list[pytest.Item], absent: list[pytest.Item], reason: str
) -> None:
    if not absent:
        return
    config.hook.pytest_deselected(items=absent)
    items[:] = [item for item in items if item not in absent]
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter.write_line(f"{reason}: {len(absent)} tests that need it are deselected")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    return SHARED_DATA


@pytest.fixture(scope="session", params=sorted(LINES, reverse=True))
def neo4j_line(request: pytest.FixtureRequest) -> str:
    """The line of releases that a test on a server runs on."""
    return str(request.param)


@pytest.fixture(scope="session")
def neo4j_access(neo4j_line: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that all tests of a session share; it must come up."""
    from tools.neo4j.__main__ import jars
    from tools.neo4j.server import Server

    home = tmp_path_factory.mktemp(f"neo4j-{neo4j_line}")
    server = Server(home, jars(neo4j_line), LINES[neo4j_line])
    try:
        yield server.start().url
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def neo4j_url(neo4j_access: str) -> str:
    """The address of an empty database."""
    from tests.neo4j.servers import wipe

    wipe(neo4j_access)
    return neo4j_access
