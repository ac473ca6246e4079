"""Servers for tests: each test finds an empty database."""

from collections.abc import Sequence

import pytest

from kg.store.cypher.address import parse_address
from kg.store.neo4j import Neo4jServer
from tools.neo4j.lines import LINES, LTS, runnable

WIPE = (
    "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS",
    "MATCH (n) CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS",
)


def wipe(url: str) -> None:
    """Takes everything out of the database; constraints and indexes stay."""
    server = Neo4jServer(parse_address(url))
    for statement in WIPE:
        server.define(statement)
    server.close()


def out_of_reach(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Tests on a line that no Java of this machine can run; those on the oldest line must run."""
    asked = [(item, _line(item)) for item in items]
    if not any(asked_line for _, asked_line in asked):
        return []
    there = {line.name for line in runnable()} | {LTS.name}
    return [item for item, line in asked if line is not None and line not in there]


def _line(item: pytest.Item) -> str | None:
    callspec = getattr(item, "callspec", None)
    name = callspec.params.get("neo4j_line") if callspec else None
    return name if name in LINES else None
