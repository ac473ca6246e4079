"""What every store must do with the lifetimes of records: tell them, and give them other ends."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.errors import StoreError
from kg.model import RunId
from kg.store.base import NEVER, Counts, GraphStore, Lifetime
from kg.store.records import digests
from tests.conformance.graphs import (
    CENSUS,
    LATER,
    SEAL,
    SIGN,
    drop,
    entity,
    finish,
    load,
    relation,
    row,
    seal_row,
)

Check = Callable[[GraphStore], None]
OVER = "2024-12-31"


def settle(store: GraphStore, *lives: Lifetime) -> Counts:
    """Settles records of the census in a run of their own."""
    run = store.begin("settle")
    counts = store.settle(run, CENSUS.key, lives)
    finish(store, run)
    return counts


def lifetimes_tell_by_which_runs_a_record_was_written_and_ended(store: GraphStore) -> None:
    assert store.lifetimes(CENSUS.key) == []
    load(store, LATER, row(LATER, entity("asset-b", "System", "乙")))
    load(store, CENSUS, seal_row(status="在用"))
    load(store, CENSUS, seal_row(status="停用"))
    drop(store, CENSUS, said_on=OVER)
    load(store, CENSUS, seal_row(status="在用"))
    first, second = digests([seal_row(status="在用"), seal_row(status="停用")])
    told = store.lifetimes(CENSUS.key)
    assert [(one.digest, one.opened, one.closed, one.ended) for one in told] == [
        (first, 2, 4, OVER),
        (second, 3, 4, OVER),
        (first, 5, None, None),
    ]
    assert [one.number for one in told] == sorted({one.number for one in told})
    assert [one.opened for one in store.lifetimes(LATER.key)] == [1]


def a_settled_end_shows_as_if_it_had_been_so(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    (life,) = store.lifetimes(CENSUS.key)
    version = store.version()
    counts = settle(store, replace(life, closed=7, ended=OVER))
    assert (counts.entities, counts.relations) == (3, 2)
    assert store.version() > version
    assert store.counts() == {}
    assert store.search("电子印章") == []
    (claim,) = store.history().get([SEAL])[SEAL].claims
    assert (claim.opened, claim.closed, claim.ended) == (1, 7, OVER)
    assert store.as_of("2024-12-30").get([SEAL])
    assert settle(store, life) == Counts()
    assert store.lifetimes(CENSUS.key) == [life]
    assert [one.id for one in store.search("电子印章")] == [SEAL]
    assert [one.target for one in store.relations([SEAL])] == [SIGN]


def of_equal_records_exactly_the_one_that_is_named_is_settled(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    drop(store, CENSUS, said_on=OVER)
    load(store, CENSUS, seal_row())
    old, new = store.lifetimes(CENSUS.key)
    settle(store, replace(old, closed=None, ended=None), replace(new, closed=4, ended=NEVER))
    assert [(one.number, one.ended) for one in store.lifetimes(CENSUS.key)] == [
        (old.number, None),
        (new.number, NEVER),
    ]
    (claim,) = store.get([SEAL])[SEAL].claims
    assert (claim.opened, claim.closed) == (1, None)
    assert set(store.records(CENSUS.key)) == {old.digest}


def what_ended_before_anything_was_said_shows_on_no_day(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    (life,) = store.lifetimes(CENSUS.key)
    settle(store, replace(life, closed=2, ended=NEVER))
    for day in ("2023-12-31", OVER, "9999-12-31"):
        assert store.as_of(day).counts() == {}
    assert load(store, CENSUS, seal_row()).entities == 3


def settling_leaves_what_others_say_and_counts_what_nobody_does(store: GraphStore) -> None:
    load(store, CENSUS, seal_row(), row(CENSUS, entity("asset-b", "System", "乙"), at=2))
    load(store, LATER, row(LATER, entity(SEAL, "System", "新名")))
    first, second = store.lifetimes(CENSUS.key)
    counts = settle(store, replace(first, closed=3, ended=OVER), second)
    assert (counts.entities, counts.relations) == (2, 2)
    assert store.get([SEAL])[SEAL].name == "新名"
    assert [one.id for one in store.entities(entity_type="System")] == ["asset-b", SEAL]


def relations_follow_what_settles_their_ends(store: GraphStore) -> None:
    load(store, CENSUS, row(CENSUS, entity(SEAL, "System", "甲"), entity(SIGN, "Function", "签")))
    load(store, LATER, row(LATER, relation(SEAL, "PROVIDES", SIGN)))
    (life,) = store.lifetimes(CENSUS.key)
    settle(store, replace(life, closed=3, ended=OVER))
    assert list(store.relations()) == []
    settle(store, life)
    assert [one.type for one in store.relations()] == ["PROVIDES"]


def settling_needs_the_run_in_progress(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    with pytest.raises(StoreError):
        store.settle(RunId(1), CENSUS.key, store.lifetimes(CENSUS.key))


CHECKS: tuple[Check, ...] = tuple(
    check
    for name, check in sorted(globals().items())
    if callable(check) and getattr(check, "__module__", "") == __name__ and name not in {"settle", "Check"}
)
