"""Periods of a unit in any order of loading: one present, one past, and a trial that tells the truth."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.succession import succession
from kg.model import EntityId
from kg.store import open_store
from kg.store.base import Delivery, GraphStore
from kg.store.periods import Stated, period_order
from tests.unit.ingest.census_files import DAYS, FILES, NAMES, TODAY, UNIT, File, load, state, told


def functions_on(store: GraphStore, day: str) -> set[str]:
    return {entity.name for entity in store.as_of(day).entities(entity_type="Function")}


SPRING = File("2024年上半年", (("甲管理系统", "登记、旧功能"), ("乙管理系统", "查询")))
AUTUMN = File("2024年下半年", (("甲管理系统", "登记、新功能"), ("丙管理系统", "导出")))
NEXT = File("2025年上半年", (("甲管理系统", "登记、最新功能"),))


@pytest.mark.parametrize("order", list(itertools.permutations((SPRING, AUTUMN, NEXT))))
def test_the_past_answers_from_its_own_period_in_any_order_of_loading(order: Sequence[File]) -> None:
    store = open_store("memory:")
    for file in order:
        load(store, [file])
    assert functions_on(store, "2024-06-29") == set()
    assert functions_on(store, "2024-08-01") == {"登记", "旧功能", "查询"}
    assert functions_on(store, "2025-01-01") == {"登记", "新功能", "查询", "导出"}
    assert functions_on(store, "2025-07-01") == {"登记", "最新功能", "查询", "导出"}
    assert {entity.name for entity in store.entities(entity_type="Function")} == functions_on(store, TODAY)


def test_an_older_period_loaded_late_changes_nothing_of_today() -> None:
    store = open_store("memory:")
    load(store, [AUTUMN])
    (system,) = store.named("甲管理系统")
    before = store.get([system]), list(store.relations([system]))
    report = load(store, [SPRING])
    assert report["rows"]["written"] == 2
    assert [note["text"] for note in report["warnings"]] == ["1 行已有更新期次的申报，只作为历史载入"]
    assert [item["name"] for item in report["not_reported_again"]] == ["乙管理系统"]
    assert (store.get([system]), list(store.relations([system]))) == before
    assert store.search("旧功能") == []
    assert load(store, [SPRING])["rows"] == {"read": 2, "written": 0, "unchanged": 2, "rejected": 0}


def test_a_row_taken_back_by_the_newer_period_frees_the_older_one() -> None:
    store = open_store("memory:")
    load(store, [SPRING])
    load(store, [AUTUMN])
    report = load(store, [replace(AUTUMN, systems=AUTUMN.systems[1:])])
    assert sorted(item["name"] for item in report["not_reported_again"]) == ["乙管理系统", "甲管理系统"]
    assert functions_on(store, TODAY) == {"登记", "旧功能", "查询", "导出"}


def test_what_a_corrected_sheet_of_a_later_day_takes_back_stays_so() -> None:
    store = open_store("memory:")
    corrected = replace(SPRING, systems=SPRING.systems[:1])
    for file, day in ((SPRING, "2024-07-01"), (corrected, "2024-08-01"), (AUTUMN, "2025-01-05")):
        report = load(store, [file], dated=day)
    assert report["not_reported_again"] == []
    assert functions_on(store, TODAY) == {"登记", "新功能", "导出"}


def test_rows_of_a_delivery_refused_anew_are_still_overtaken_by_a_newer_one() -> None:
    store = open_store("memory:")
    old = File("2024年上半年", tuple((name, "旧功能") for name in NAMES[:4]))
    load(store, [old])
    wrong = replace(old, systems=(("另一个平台", "别的"),))
    new = File("2024年下半年", tuple((name, "新功能") for name in NAMES[:4]))
    report = load(store, [wrong, new])
    assert report["status"] == "refused"
    assert {entity.name for entity in store.entities(entity_type="Function")} == {"新功能"}


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("2024年第一季度", "2024年第二季度"),
        ("2024年上半年", "2024年下半年"),
        ("2024年下半年", "2025Q1"),
        ("2024年", "2024年下半年"),
        ("2024年11月", "2024年12月"),
        ("2024年春季", "2024年秋季"),
    ],
)
def test_periods_are_ordered_by_their_end(older: str, newer: str) -> None:
    store = open_store("memory:")
    load(store, [replace(AUTUMN, period=newer)])
    load(store, [replace(SPRING, period=older)])
    assert {entity.name for entity in store.entities(entity_type="Function")} == {
        "登记",
        "新功能",
        "查询",
        "导出",
    }


def test_a_period_with_a_later_start_is_the_newer_of_two_that_end_alike() -> None:
    assert period_order("2024-07/2024-12") > period_order("2024/2024") > period_order("2024-01/2024-09")


def test_the_nearest_newer_period_ends_a_row() -> None:
    def period(key: str, said_on: str) -> Stated:
        named = f"{said_on[:4]}/{said_on[:4]}"
        return Stated(Delivery(key, "census", UNIT, named, said_on, 1), {key: EntityId("asset-1")})

    years = [period("a", "2023-12-31"), period("b", "2024-12-31"), period("c", "2025-12-31")]
    taken, missing = succession(years[::-1])
    assert taken == {"a": {"a": "2024-12-31"}, "b": {"b": "2025-12-31"}, "c": {"c": None}}
    assert missing == []


@settings(max_examples=30, deadline=None)
@given(files=FILES, data=st.data())
def test_neither_the_present_nor_the_past_depends_on_the_order_of_loading(
    files: list[File], data: st.DataObject
) -> None:
    """Files of one unit and period keep their order: the last of them is the one that counts."""
    order = data.draw(st.permutations(range(len(files))))
    other = [files[at] for at in order]
    for key in {(file.unit, file.period) for file in files}:
        places = [at for at, file in enumerate(other) if (file.unit, file.period) == key]
        same = [file for file in files if (file.unit, file.period) == key]
        for at, file in zip(places, same, strict=True):
            other[at] = file
    stores = open_store("memory:"), open_store("memory:")
    for store, sequence in zip(stores, (files, other), strict=True):
        for file in sequence:
            load(store, [file])
    now, then = map(state, stores)
    assert {day: now[day] for day in ("now", *DAYS)} == {day: then[day] for day in ("now", *DAYS)}


@settings(max_examples=20, deadline=None)
@given(files=FILES, cut=st.integers(0, 5))
@pytest.mark.parametrize("url", ["memory:", "sqlite"])
def test_a_dry_run_tells_what_the_real_run_then_does(
    url: str, files: list[File], cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if url == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('dry')}/kg.db"
    with open_store(url, create=True) as store:
        for file in files[:cut]:
            load(store, [file])
        before = store.version(), store.runs(), told(store.history())
        tried = load(store, files[cut:], dry_run=True)
        assert (store.version(), store.runs(), told(store.history())) == before
        done = load(store, files[cut:])
    assert tried["dry_run"] is True
    assert {**tried, "run": done["run"], "dry_run": False} == done
