"""The store file between processes: readers while one writes, and a writer that is killed."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.store import open_store
from kg.store.base import GraphReader, GraphStore
from tests.conformance.writer import FUNCTIONS, ROWS, delivery

ROOT = Path(__file__).resolve().parents[2]
FOREVER = 1_000_000


def start(url: str, first: int, last: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.conformance.writer", url, str(first), str(last)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def assert_whole(reader: GraphReader) -> None:
    """Every system stands with all its functions, however many systems there are."""
    provided: dict[str, int] = {}
    for one in reader.relations(types=("PROVIDES",)):
        provided[one.source] = provided.get(one.source, 0) + 1
    assert set(provided.values()) <= {FUNCTIONS}


def kill_while_writing(url: str, first: int, seconds: float) -> list[int]:
    """The numbers of the runs the writer said to be finished before it was killed."""
    process = start(url, first, FOREVER)
    assert process.stdout is not None
    told = [int(process.stdout.readline())]
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    return told + [int(line) for line in rest.splitlines()]


def assert_survived(store: GraphStore, told: list[int]) -> None:
    complete = {dict(run.summary).get("number") for run in store.runs() if run.status == "complete"}
    assert set(told) <= complete
    known = {one.key: one.records for one in store.deliveries()}
    assert all(known[delivery(int(str(number))).key] == ROWS for number in complete)
    assert set(known.values()) <= {ROWS // 2, ROWS}
    assert_whole(store)
    assert store.counts().get("System", 0) == sum(known.values())


def rounds(folder: Path, count: int) -> None:
    url = f"sqlite:///{folder}/kg.db"
    chance = random.Random(7)
    told: list[int] = []
    for _ in range(count):
        told += kill_while_writing(url, max(told, default=-1) + 2, chance.uniform(0.0, 0.15))
        with open_store(url) as store:
            assert_survived(store, told)


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    rounds(tmp_path, 5)


@pytest.mark.slow
def test_a_writer_killed_twenty_times_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    rounds(tmp_path, 20)


def test_readers_see_whole_batches_while_one_process_writes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/kg.db"
    process = start(url, 0, 30)
    assert process.stdout is not None
    process.stdout.readline()
    versions = []
    with open_store(url, readonly=True) as first, open_store(url, readonly=True) as second:
        while process.poll() is None:
            for reader in (first, second):
                assert_whole(reader)
                assert reader.counts()["System"] % (ROWS // 2) == 0
                versions.append(reader.version())
        process.communicate()
        assert first.counts() == second.counts() == {"Function": 2400, "PROVIDES": 2400, "System": 600}
    assert versions == sorted(versions)
    assert len(set(versions)) > 1
