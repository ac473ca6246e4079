"""What every store must do with what is over: keep it closed, move its end, show it; and trials."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.errors import ValidationError
from kg.model import EntityId, Record
from kg.store.base import GraphReader, GraphStore
from kg.store.records import digests
from tests.conformance.graphs import (
    CENSUS,
    LATER,
    OWNER,
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


def over(record: Record, *, ended: str = OVER) -> Record:
    """The same record, ended by a document of that day."""
    return replace(record, ended=ended)


def what_is_over_when_written_stands_in_history_alone(store: GraphStore) -> None:
    load(store, CENSUS, over(seal_row()))
    assert store.counts() == {}
    assert [*store.search("印章"), *store.named("电子印章系统"), *store.deliveries()] == []
    then = store.as_of("2023-12-31")
    assert then.get([SEAL])[SEAL].properties["status"] == "在用"
    assert [one.target for one in then.relations([SEAL])] == [SIGN]
    assert store.as_of(OVER).counts() == {}


def what_is_over_changes_nothing_of_what_holds(store: GraphStore) -> None:
    load(store, LATER, seal_row(LATER, name="新名", status="停用"))
    shown = store.get([SEAL, OWNER, SIGN])
    load(store, CENSUS, over(seal_row(name="旧名")))
    assert store.get([SEAL, OWNER, SIGN]) == shown
    assert store.search("旧名") == []
    assert [one.id for one in store.search("新名")] == [SEAL]
    assert store.as_of("2023-12-31").get([SEAL])[SEAL].name == "旧名"


def what_holds_and_what_is_over_may_come_together(store: GraphStore) -> None:
    load(store, CENSUS, over(seal_row(name="旧名")), seal_row(name="新名"))
    assert store.get([SEAL])[SEAL].name == "新名"
    assert {ended.ended for ended in store.ended(CENSUS.key).values()} == {OVER}
    assert set(store.records(CENSUS.key).values()) == {SEAL}


def what_is_over_is_written_once(store: GraphStore) -> None:
    load(store, CENSUS, over(seal_row()))
    assert load(store, CENSUS, over(seal_row())).entities == 0
    assert len(store.history().get([SEAL])[SEAL].claims) == 1


def relations_that_are_over_need_ends_that_were_said(store: GraphStore) -> None:
    load(store, CENSUS, over(row(CENSUS, entity(SEAL, "System", "甲"), entity(SIGN, "Function", "签"))))
    provides = row(CENSUS, relation(SEAL, "PROVIDES", SIGN), at=2)
    run = store.begin("load")
    with pytest.raises(ValidationError):
        store.upsert(run, CENSUS, [provides])
    with pytest.raises(ValidationError):
        store.upsert(run, CENSUS, [over(row(CENSUS, relation(SEAL, "PROVIDES", "function-none")))])
    store.upsert(run, CENSUS, [over(provides)])
    finish(store, run)
    assert [one.target for one in store.as_of("2023-12-31").relations([SEAL])] == [SIGN]
    assert list(store.relations()) == []


def ended_records_say_when_and_what_about(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    assert store.ended(CENSUS.key) == {}
    drop(store, CENSUS, said_on=OVER)
    ((digest, ended),) = store.ended(CENSUS.key).items()
    assert [digest] == digests([seal_row()])
    assert (ended.subject, ended.ended) == (SEAL, OVER)
    load(store, CENSUS, seal_row())
    drop(store, CENSUS, said_on="2025-06-30")
    assert [one.ended for one in store.ended(CENSUS.key).values()] == ["2025-06-30"]


def an_end_can_be_moved_and_taken_back(store: GraphStore) -> None:
    (digest,) = digests([seal_row()])
    load(store, CENSUS, seal_row())
    run = store.begin("move")
    gone = [store.redate(run, CENSUS.key, {digest: day}) for day in (OVER, "2024-06-30", "2024-06-30")]
    assert [(one.entities, one.relations) for one in gone] == [(3, 2), (0, 0), (0, 0)]
    assert store.get([SEAL]) == {}
    assert store.as_of("2024-06-29").get([SEAL])
    assert not store.as_of("2024-06-30").get([SEAL])
    store.redate(run, CENSUS.key, {digest: None, "unknown": None})
    finish(store, run)
    assert (store.ended(CENSUS.key), set(store.records(CENSUS.key))) == ({}, {digest})
    assert [one.id for one in store.search("电子印章")] == [SEAL]
    assert [one.target for one in store.relations([SEAL])] == [SIGN]
    (claim,) = store.get([SEAL])[SEAL].claims
    assert (claim.closed, claim.ended) == (None, None)


def of_equal_records_the_open_one_is_ended(store: GraphStore) -> None:
    (digest,) = digests([seal_row()])
    load(store, CENSUS, seal_row())
    drop(store, CENSUS, said_on="2024-01-31")
    load(store, CENSUS, seal_row())
    run = store.begin("move")
    store.redate(run, CENSUS.key, {digest: OVER})
    finish(store, run)
    claims = store.history().get([SEAL])[SEAL].claims
    assert sorted(claim.ended or "" for claim in claims) == ["2024-01-31", OVER]


def history_shows_every_claim_with_its_end(store: GraphStore) -> None:
    load(store, CENSUS, seal_row(status="在用"))
    load(store, LATER, row(LATER, entity(SEAL, "System", "新名")))
    drop(store, CENSUS, said_on=OVER)
    past = store.history()
    ends = {claim.document: (claim.ended, claim.closed) for claim in past.get([SEAL])[SEAL].claims}
    assert ends == {"census:a.xlsx": (OVER, 3), "census:a:2024.xlsx": (None, None)}
    assert [one.id for one in past.entities()] == [SEAL, SIGN, OWNER]
    (provides,) = past.relations([SEAL])
    assert [claim.ended for claim in provides.claims] == [OVER]


def every_delivery_is_known_for_ever(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    load(store, LATER, row(LATER, entity(SEAL, "System", "新名")))
    drop(store, CENSUS)
    assert [(one.key, one.records) for one in store.deliveries()] == [(LATER.key, 1)]
    ever = [(one.key, one.period, one.records) for one in store.deliveries(ever=True)]
    assert ever == [(CENSUS.key, "2023", 0), (LATER.key, "2024", 1)]


def a_trial_is_seen_while_it_runs_and_leaves_no_trace(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    before = store.version(), store.runs(), store.deliveries(ever=True), store.get([SEAL])
    run = store.begin("trial", trial=True)
    store.upsert(run, LATER, [row(LATER, entity("asset-b", "System", "乙"))])
    store.upsert(run, LATER, [row(LATER, entity("asset-c", "System", "丙"), at=2)])
    swept = store.sweep(run, CENSUS.key, list(store.records(CENSUS.key)), said_on=OVER)
    assert (swept.entities, store.counts()) == (3, {"System": 2})
    finish(store, run)
    assert (store.version(), store.runs(), store.deliveries(ever=True), store.get([SEAL])) == before
    assert [one.id for one in store.history().entities(entity_type="System")] == [SEAL]
    assert load(store, LATER, row(LATER, entity("asset-b", "System", "乙"))).entities == 1
    assert len(store.runs()) == len(before[1]) + 1


def the_graph_at_a_run_is_as_it_was_when_that_run_had_finished(store: GraphStore) -> None:
    load(store, CENSUS, seal_row(name="旧名"))
    seen = [shape(store)]
    load(store, LATER, row(LATER, entity("asset-b", "System", "乙")))
    seen.append(shape(store))
    drop(store, CENSUS, said_on="2020-01-01")
    seen.append(shape(store))
    runs = [run.id for run in store.runs()]
    assert [shape(store.at_run(run)) for run in runs] == seen
    assert store.at_run(runs[0] - 1).counts() == {}
    assert store.at_run(runs[0]).at_run(runs[-1]).counts() == store.counts()


def shape(reader: GraphReader) -> object:
    """What a graph holds, with the claims of its systems."""
    systems = reader.get([SEAL, EntityId("asset-b")])
    return reader.counts(), list(systems.values()), list(reader.relations([OWNER, SEAL]))


NO_CHECKS = {"over", "shape", "Check"}
CHECKS: tuple[Check, ...] = tuple(
    check
    for name, check in sorted(globals().items())
    if callable(check) and getattr(check, "__module__", "") == __name__ and name not in NO_CHECKS
)
