"""A store from which a run was taken back is the store that never had it; what cannot be undone is told."""

import io
import json
import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ingest.undo import undo
from kg.errors import NotFoundError, ValidationError
from kg.exchange import write_jsonl
from kg.model import RunId
from kg.store import open_store
from kg.store.base import Counts, Delivery, GraphReader, GraphStore, Lifetime
from kg.store.books import standing
from kg.store.judgements import Sameness, judge, judgements, withdraw
from tests.unit.ingest.census_files import DAYS, NAMES, PERIODS, TODAY, UNIT, File, load, told

WHO = {"by": "张三", "because": "传错了文件"}
SYSTEMS = st.dictionaries(
    st.sampled_from(NAMES), st.sampled_from(["登记", "登记、查询", "导出"]), min_size=1, max_size=3
)
FILES = st.builds(
    lambda period, systems, unit: File(period, tuple(sorted(systems.items())), unit),
    st.sampled_from(PERIODS[:3]),
    SYSTEMS,
    st.sampled_from([UNIT, "南宁市水利局"]),
)
RUNS = st.lists(st.lists(FILES, min_size=1, max_size=2), min_size=2, max_size=5)
SPRING = File("2024年上半年", (("甲管理系统", "登记、旧功能"), ("乙管理系统", "查询")))
AUTUMN = File("2024年下半年", (("甲管理系统", "登记、新功能"), ("丙管理系统", "导出")))


def exported(store: GraphStore) -> list[object]:
    """The export line by line; an equal row may have been read from another place of another file."""
    out = io.StringIO()
    write_jsonl(store, out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    for line in lines:
        for claim in line["claims"]:
            claim.pop("place", None)
            claim.pop("document", None)
        line["claims"].sort(key=str)
    return lines


def state(store: GraphStore) -> dict[str, list[object]]:
    """What is so now, derived links included, what is exported, and what was so on each day."""
    return {"now": shown(store), "export": exported(store)} | {
        day: shown(store.as_of(day)) for day in DAYS[:3]
    }


def shown(reader: GraphReader) -> list[object]:
    facts: list[Any] = told(reader)
    return [(fact, sorted(said, key=str)) for fact, said in facts]


def some_file(chance: random.Random) -> File:
    systems = ((name, chance.choice(["登记", "登记、查询", "导出"])) for name in chance.sample(NAMES, 3))
    return File(chance.choice(PERIODS), tuple(systems), chance.choice([UNIT, "南宁市水利局", "柳州市民政局"]))


def loaded(runs: Iterable[Sequence[File]], store: GraphStore | None = None) -> GraphStore:
    filled = store or open_store("memory:")
    for files in runs:
        load(filled, files)
    return filled


@pytest.mark.slow
@settings(max_examples=25, phases=[Phase.generate])
@given(runs=RUNS, data=st.data())
def test_the_store_is_as_if_runs_had_never_been(runs: list[list[File]], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.integers(0, len(runs) - 1), min_size=1, max_size=3, unique=True))
    store = loaded(runs)
    assert len(store.runs()) == len(runs)
    for at in gone:
        undo(store, at + 1, **WHO)
    assert state(store) == state(loaded(files for at, files in enumerate(runs) if at not in gone))
    more = data.draw(st.lists(FILES, min_size=1, max_size=2))
    remaining = [files for at, files in enumerate(runs) if at not in gone]
    assert state(loaded([more], store)) == state(loaded([*remaining, more]))


@pytest.mark.parametrize(
    ("url", "every"),
    [
        ("sqlite", 9),
        pytest.param("sqlite", 1, marks=pytest.mark.slow),
        pytest.param("memory:", 4, marks=pytest.mark.slow),
    ],
)
def test_any_of_twenty_runs_can_be_undone(url: str, every: int, tmp_path: Path) -> None:
    chance = random.Random(7)
    runs = [[some_file(chance)] for _ in range(20)]
    whole = tmp_path / "whole.db"
    if url == "sqlite":
        loaded(runs, open_store(f"sqlite:///{whole}", create=True)).close()
    for at in range(0, 20, every):
        copy = tmp_path / f"{at}.db"
        if url == "sqlite":
            copy.write_bytes(whole.read_bytes())
        store = open_store(f"sqlite:///{copy}") if url == "sqlite" else loaded(runs)
        undo(store, at + 1, **WHO)
        assert state(store) == state(loaded(runs[:at] + runs[at + 1 :]))
        assert [run.status for run in standing(store.runs())].count("undone") == 1
        store.close()


def test_the_undo_tells_what_ended_what_holds_again_and_who_did_it_why() -> None:
    store = loaded([[SPRING], [AUTUMN]])
    made = undo(store, 2, **WHO)
    assert (made.run, made.undone, made.ended, made.again, made.kept) == (3, 2, 2, 1, 0)
    run = store.runs()[-1]
    assert (run.what, run.status) == ("undo 2", "complete")
    assert (run.summary["by"], run.summary["because"]) == ("张三", "传错了文件")


def test_of_a_delivery_read_again_later_the_later_word_stands() -> None:
    corrected = replace(SPRING, systems=(("甲管理系统", "登记、旧功能"), ("丁管理系统", "审批")))
    store = loaded([[SPRING], [corrected]])
    made = undo(store, 1, **WHO)
    assert list(made.superseded.values()) == [2]
    assert (made.ended, made.kept) == (1, 1)
    assert state(store) == state(loaded([[corrected]]))
    undo(store, 2, **WHO)
    assert store.counts() == {}


def test_the_same_file_can_be_loaded_after_its_run_was_undone() -> None:
    store = loaded([[SPRING]])
    undo(store, 1, **WHO)
    assert store.counts() == {}
    assert load(store, [SPRING])["rows"]["written"] == 2
    assert state(store) == state(loaded([[SPRING]]))


def test_a_failed_run_can_be_undone() -> None:
    store = loaded([[SPRING]])
    run = store.begin("ingest")
    (delivery,) = store.deliveries()
    store.sweep(run, delivery.key, list(store.records(delivery.key)), said_on=TODAY)
    store.finish(run, status="failed", summary={})
    assert store.counts() == {}
    undo(store, 2, **WHO)
    assert state(store) == state(loaded([[SPRING]]))


def test_judgements_are_undone_like_loads_whatever_the_clock_says() -> None:
    store = loaded([[SPRING]])
    pair = store.named("甲管理系统")[0], store.named("乙管理系统")[0]
    judge(store, pair, Sameness.SAME, by="李四", because="同一合同", said_on="2026-05-01")
    judge(store, pair, Sameness.DIFFERENT, by="李四", because="不是一个", said_on="2019-01-01")
    (made,) = judgements(store)
    assert made.verdict is Sameness.DIFFERENT
    undo(store, 3, **WHO)
    assert [one.verdict for one in judgements(store)] == [Sameness.SAME]
    withdraw(store, made.id, said_on="2018-01-01")
    assert judgements(store) == []
    undo(store, 5, **WHO)
    assert [one.verdict for one in judgements(store)] == [Sameness.SAME]
    undo(store, 2, **WHO)
    assert judgements(store) == []


def test_what_cannot_be_undone_is_told_and_nothing_is_written() -> None:
    store = loaded([[SPRING], [AUTUMN]])
    with pytest.raises(NotFoundError, match="没有任务 9"):
        undo(store, 9, **WHO)
    undo(store, 1, **WHO)
    with pytest.raises(ValidationError, match="已由任务 3 撤销"):
        undo(store, 1, **WHO)
    with pytest.raises(ValidationError, match="本身是撤销"):
        undo(store, 3, **WHO)
    running = store.begin("ingest")
    with pytest.raises(ValidationError, match="尚未结束"):
        undo(store, running, **WHO)
    store.finish(running, status="complete", summary={})
    assert len(store.runs()) == 4


def test_a_later_run_that_does_not_tell_what_it_read_must_go_first() -> None:
    store = loaded([[SPRING]])
    (delivery,) = store.deliveries()
    run = store.begin("ingest")
    store.finish(run, status="complete", summary={"deliveries": [delivery.key]})
    with pytest.raises(ValidationError, match="请先撤销任务 2"):
        undo(store, 1, **WHO)


def test_a_broken_undo_goes_on_when_it_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store = loaded([[SPRING], [AUTUMN]])
    settle, asked = store.settle, list[str]()

    def breaks(run: RunId, delivery: str, lives: Collection[Lifetime]) -> Counts:
        asked.append(delivery)
        if len(asked) > 1:
            raise OSError("broken")
        return settle(run, delivery, lives)

    monkeypatch.setattr(store, "settle", breaks)
    with pytest.raises(OSError, match="broken"):
        undo(store, 2, **WHO)
    monkeypatch.setattr(store, "settle", settle)
    assert store.runs()[-1].status == "failed"
    undo(store, 2, **WHO)
    assert state(store) == state(loaded([[SPRING]]))


@pytest.mark.neo4j
def test_neo4j_undoes_as_the_file_does(neo4j_url: str, tmp_path: Path) -> None:
    runs = [[SPRING], [AUTUMN], [replace(SPRING, systems=SPRING.systems[:1])], [replace(AUTUMN, systems=())]]
    for at in range(3):
        from tests.neo4j.servers import wipe

        wipe(neo4j_url)
        with (
            open_store(neo4j_url, create=True) as server,
            open_store(f"sqlite:///{tmp_path}/{at}.db", create=True) as file,
        ):
            for store in (server, file):
                loaded(runs, store)
                undo(store, at + 1, **WHO)
            assert state(server) == state(file) == state(loaded(runs[:at] + runs[at + 1 :]))


def test_a_delivery_goes_back_to_the_date_it_was_read_with_before() -> None:
    store = open_store("memory:")
    key = loaded([[SPRING]], store).deliveries()[0].key
    before = store.deliveries()
    run = store.begin("ingest")
    later = Delivery(key, "census", UNIT, "2024-01/2024-06", "2025-01-01", 0)
    store.upsert(run, later, [])
    store.finish(run, status="complete", summary={"read": {key: "2025-01-01"}})
    assert store.deliveries()[0].said_on == "2025-01-01"
    undo(store, run, **WHO)
    assert store.deliveries() == before


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_corrected_sheets_of_later_days_can_be_undone(seed: int) -> None:
    """A row said again keeps the day on which it was first read; all else is as if the runs had not been."""
    chance = random.Random(seed)
    runs = [(some_file(chance), f"{10 + at}") for at in range(6)]
    gone = chance.sample(range(6), 2)
    stores = open_store("memory:"), open_store("memory:")
    for at, (file, day) in enumerate(runs):
        for store in stores if at not in gone else stores[:1]:
            load(store, [file], dated=f"{MONTHS[file.period]}-{day}")
    for at in gone:
        undo(stores[0], at + 1, **WHO)
    assert facts(stores[0]) == facts(stores[1])


MONTHS = dict(zip(PERIODS, ("2024-04", "2024-07", "2025-01", "2025-07", "2026-01"), strict=True))


def facts(store: GraphStore) -> list[object]:
    ids = [entity.id for entity in store.entities()]
    named = [(one.id, one.name, one.properties, len(one.claims)) for one in store.get(ids).values()]
    return [*named, *[(one.key, len(one.claims)) for one in store.relations(ids)], *store.deliveries()]
