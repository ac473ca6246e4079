"""Every store does what the specification says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.store import open_store
from tests.conformance.specification import CHECKS, Check

STORES: list[Callable[[Path], str]] = [lambda _: "memory:", lambda folder: f"sqlite:///{folder}/kg.db"]


@pytest.mark.parametrize("url", STORES, ids=["memory", "sqlite"])
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_store(check: Check, url: Callable[[Path], str], tmp_path: Path) -> None:
    with open_store(url(tmp_path), create=True) as store:
        check(store)


@pytest.mark.neo4j
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_neo4j_store(check: Check, neo4j_url: str) -> None:
    with open_store(neo4j_url, create=True) as store:
        check(store)


def test_the_specification_is_not_empty() -> None:
    assert len(CHECKS) >= 30
