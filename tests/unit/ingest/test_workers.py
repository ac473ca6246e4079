"""Several processes on one task: the order of the items, deaths, errors, and nobody left behind."""

import os
import time
from collections.abc import Iterator
from contextlib import closing
from operator import itemgetter, neg
from pathlib import Path
from pickle import PicklingError
from runpy import run_path

import pytest

from ingest import workers
from ingest.documents.reader import read_document
from ingest.pipeline import run
from ingest.reading import Options
from ingest.worker import Worker, WorkerDiedError
from ingest.workers import ALONE, Team
from kg.errors import DocumentError
from kg.model import Claim, Entity, EntityId
from kg.store.base import GraphStore

DIES = "__import__('os')._exit(3)"
SLEEPS = "__import__('time').sleep(60)"
TODAY = "2026-03-01"


def children() -> set[int]:
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def lost(item: str) -> str:
    return f"lost {item[:10]}"


@pytest.fixture
def worker() -> Iterator[Worker]:
    found = Worker()
    yield found
    found.close()


def line(number: int) -> str:
    return f'{{"kind": "entity", "id": "s{number}", "type": "System", "name": "停车平台{number}"}}\n'


def test_answers_come_in_the_order_of_the_items_whoever_is_first() -> None:
    items = ["__import__('time').sleep(.3) or 0", *map(str, range(1, 9))]
    assert list(Team(3).map(eval, items, died=lost)) == list(range(9))


def test_a_worker_that_dies_costs_its_own_item_alone() -> None:
    before = children()
    found = list(Team(2).map(eval, ["1", DIES, "2", DIES, "3"], died=lost))
    assert found == [1, lost(DIES), 2, lost(DIES), 3]
    assert children() == before


def test_an_error_of_the_work_is_raised_where_it_was_asked_for() -> None:
    with pytest.raises(ZeroDivisionError, match="zero") as told:
        list(Team(2).map(eval, ["1", "1/0", "2"], died=lost))
    assert "line 1" in told.value.__notes__[0]


def test_refusals_keep_what_they_say(worker: Worker, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    with pytest.raises(DocumentError) as here:
        read_document(tmp_path / "a.docx")
    with pytest.raises(DocumentError) as there:
        worker.ask(read_document, tmp_path / "a.docx")
    assert there.value == here.value


def test_what_cannot_be_sent_back_is_an_error_and_no_death(worker: Worker) -> None:
    with pytest.raises((AttributeError, TypeError, PicklingError), match="pickle"):
        worker.ask(eval, "lambda: 1")
    assert worker.ask(neg, 1) == -1


def test_properties_come_back_read_only_and_equal(worker: Worker) -> None:
    said = Entity(EntityId("a"), "System", "停车", claims=(Claim("census", "a.csv", TODAY),))
    assert worker.ask(itemgetter(0), [said]) == said


def test_what_a_library_prints_does_not_come_between_the_answers(worker: Worker) -> None:
    assert worker.ask(eval, "print('x') or 1") == 1


def test_a_worker_killed_between_two_items_is_started_again(worker: Worker) -> None:
    before = children()
    assert worker.ask(neg, 1) == -1
    (process,) = children() - before
    os.kill(process, 9)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)
    assert worker.ask(neg, 2) == -2
    with pytest.raises(WorkerDiedError):
        worker.ask(eval, DIES)


def test_closing_in_the_middle_leaves_no_process_and_waits_for_none() -> None:
    before, begun = children(), time.monotonic()
    with closing(Team(2).map(eval, ["1", SLEEPS, SLEEPS, SLEEPS], died=lost)) as answers:
        assert next(answers) == 1
    assert children() == before
    assert time.monotonic() - begun < 30


def test_few_items_are_taken_before_their_turn() -> None:
    taken = 0

    def counted() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    with closing(Team(2).map(neg, counted(), died=neg)) as answers:
        next(answers)
        assert taken < 10


def test_nobody_is_started_for_one_item_or_by_a_team_of_one() -> None:
    before = children()
    for team, items in ((Team(4), [1]), (ALONE, [1, 2, 3])):
        for found in team.map(neg, items, died=neg):
            assert found < 0
            assert children() == before


def test_a_team_that_nobody_asked_for_begins_when_work_lasts_and_cores_are_free(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    monkeypatch.setattr(os, "getloadavg", lambda: (1.9, 0.0, 0.0))
    here = f"__import__('os').getpid() == {os.getpid()}"
    team = Team(None, many=3)
    assert all(team.map(eval, [here] * 6, died=lost))
    monkeypatch.setattr(workers, "PATIENCE", 0.0)
    assert list(team.map(eval, [here] * 4, died=lost)) == [True, False, False, False]
    assert all(team.map(eval, [here] * 3, died=lost))
    monkeypatch.setattr(os, "getloadavg", lambda: (4.2, 0.0, 0.0))
    assert all(team.map(eval, [here] * 4, died=lost))


def test_a_file_over_which_a_worker_ends_is_refused_and_the_others_are_loaded(
    tmp_path: Path, store: GraphStore
) -> None:
    (tmp_path / "a.jsonl").write_text(line(1), "utf-8")
    (tmp_path / "b.docx").write_text("import os; os._exit(1)", "utf-8")
    (tmp_path / "c.jsonl").write_text(line(2), "utf-8")
    report = run(
        [tmp_path],
        store,
        archive=None,
        options=Options(today=TODAY),
        read=run_path,  # type: ignore[arg-type]  # runs the file, which ends the process
        team=Team(2),
    )
    (refused,) = report.rejected
    assert (refused.file, refused.row) == ("b.docx", None)
    assert "读取进程异常退出" in refused.reason
    assert {entity.id for entity in store.entities()} == {"s1", "s2"}
