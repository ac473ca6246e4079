import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.audit.act import Act, Actor, this_user
from api.audit.head import head_path
from api.audit.journal import Journal
from api.audit.verify import read_log, verify
from kg.errors import NotFoundError, StoreError

ME = Actor("张三", "command")
Lines = list[bytes]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "kg.db.audit.jsonl"


def fill(log: Path, count: int = 5) -> Journal:
    journal = Journal(log, now=lambda: "2026-11-24T08:00:00Z")
    for number in range(1, count + 1):
        journal.append(Act("ingest", "complete", str(number), ("ab" * 32,), {"rows": number}), ME)
    return journal


def lines(log: Path) -> Lines:
    return log.read_bytes().splitlines(keepends=True)


def test_a_line_says_who_did_what_and_when(log: Path) -> None:
    fill(log, 1)
    told = json.loads(log.read_text("utf-8"))
    assert told == {
        "n": 1,
        "prev": "0" * 64,
        "at": "2026-11-24T08:00:00Z",
        "who": "张三",
        "via": "command",
        "what": "ingest",
        "outcome": "complete",
        "run": "1",
        "inputs": ["ab" * 32],
        "details": {"rows": 1},
    }
    assert log.stat().st_mode & 0o777 == 0o600
    assert head_path(log).stat().st_mode & 0o777 == 0o600


def test_an_untouched_log_is_intact(log: Path) -> None:
    fill(log)
    found = verify(log)
    assert (found.fault, found.lines, found.notes) == (None, 5, [])
    assert [told["run"] for told in read_log(log)] == ["1", "2", "3", "4", "5"]


def changed(found: Lines) -> Lines:
    return [*found[:2], found[2].replace(b"complete", b"failed"), *found[3:]]


def removed(found: Lines) -> Lines:
    return [*found[:2], *found[3:]]


def swapped(found: Lines) -> Lines:
    return [*found[:2], found[3], found[2], found[4]]


def doubled(found: Lines) -> Lines:
    return [*found[:3], *found[2:]]


def scribbled(found: Lines) -> Lines:
    return [*found[:2], b"nothing\n", *found[2:]]


def overwritten(found: Lines) -> Lines:
    return [*found[:2], b"x" * len(found[2][:-1]) + b"\n", *found[3:]]


@pytest.mark.parametrize(
    ("tamper", "line"),
    [(changed, 4), (removed, 3), (swapped, 3), (doubled, 4), (scribbled, 4), (overwritten, 4)],
)
def test_what_was_changed_in_the_middle_is_found(
    log: Path, tamper: Callable[[Lines], Lines], line: int
) -> None:
    fill(log)
    log.write_bytes(b"".join(tamper(lines(log))))
    found = verify(log)
    assert found.fault
    assert found.line == line


def test_what_was_cut_off_at_the_end_is_found_and_stays_found(log: Path) -> None:
    journal = fill(log)
    log.write_bytes(b"".join(lines(log)[:-2]))
    assert verify(log).fault == "末尾缺少 2 条"
    journal.append(Act("check", "通过"), ME)
    later = verify(log)
    assert later.line == 4
    assert later.fault == "第 4 行写入时发现之前的记录已有缺失，当时应有 5 条"


def test_a_changed_last_line_is_found(log: Path) -> None:
    fill(log)
    found = lines(log)
    log.write_bytes(b"".join([*found[:-1], found[-1].replace(b"complete", b"failed")]))
    assert verify(log).fault == "末尾的记录与计数文件不符"


def test_a_head_that_is_gone_or_damaged_is_told(log: Path) -> None:
    journal = fill(log)
    head_path(log).write_text("{", "utf-8")
    assert "计数文件" in str(verify(log).fault)
    head_path(log).unlink()
    assert "计数文件缺失" in str(verify(log).fault)
    journal.append(Act("check", "通过"), ME)
    assert verify(log).line == 6


def test_a_log_that_is_gone_is_told_once_the_next_line_is_written(log: Path) -> None:
    journal = fill(log)
    log.unlink()
    with pytest.raises(NotFoundError):
        verify(log)
    journal.append(Act("check", "通过"), ME)
    assert verify(log).line == 1


def test_rewriting_everything_is_found_only_by_a_hash_kept_elsewhere(log: Path) -> None:
    fill(log)
    kept = verify(log).last
    fill(log, 1)
    assert verify(log, anchor=kept).fault is None
    log.unlink()
    head_path(log).unlink()
    fill(log, 6)
    Journal(log, now=lambda: "2026-11-25T08:00:00Z").append(Act("check", "核减"), ME)
    assert verify(log).fault is None
    log.unlink()
    head_path(log).unlink()
    Journal(log, now=lambda: "2026-11-25T08:00:00Z").append(Act("check", "通过"), ME)
    assert verify(log).fault is None
    assert "摘要" in str(verify(log, anchor=kept).fault)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(min_value=1, max_value=300))
def test_a_write_cut_short_anywhere_is_repaired_by_the_next(tmp_path: Path, cut: int) -> None:
    log = tmp_path / f"{cut}.jsonl"
    journal = fill(log, 3)
    head = head_path(log).read_bytes()
    journal.append(Act("judge a b same", "complete", "4"), ME)
    whole = lines(log)
    # The head is written after the line, so it never heard of a line that was cut.
    head_path(log).write_bytes(head)
    log.write_bytes(b"".join(whole[:3]) + whole[3][:-1][:cut])
    before = verify(log)
    assert before.fault is None
    journal.append(Act("judge a b same", "complete", "5"), ME)
    after = verify(log)
    assert after.fault is None
    kept = cut >= len(whole[3]) - 1
    assert after.lines == 5 if kept else 4
    assert kept or any("残行" in note for note in after.notes)
    log.unlink()
    head_path(log).unlink()


def test_a_cut_line_is_kept_and_cannot_be_changed_later(log: Path) -> None:
    journal = fill(log, 2)
    with log.open("ab") as out:
        out.write(b'{"n":3,"wha')
    journal.append(Act("check", "通过"), ME)
    assert b'{"n":3,"wha\n' in log.read_bytes()
    assert verify(log).fault is None
    log.write_bytes(log.read_bytes().replace(b'"wha\n', b'"who\n'))
    assert verify(log).line == 4


def test_a_line_longer_than_a_block_is_followed(log: Path) -> None:
    journal = fill(log, 1)
    journal.append(Act("check", "通过", details={"long": "长" * 100_000}), ME)
    journal.append(Act("check", "通过"), ME)
    assert (verify(log).fault, verify(log).lines) == (None, 3)


def test_a_clock_that_goes_back_is_noted_and_breaks_nothing(log: Path) -> None:
    fill(log, 1)
    Journal(log, now=lambda: "1999-01-01T00:00:00Z").append(Act("check", "通过"), ME)
    found = verify(log)
    assert found.fault is None
    assert found.notes == ["第 2 条的时间早于上一条：时钟曾被调回"]


def test_runs_of_the_store_without_a_line_are_noted(log: Path) -> None:
    fill(log, 2)
    assert "运行 3、10 没有审计记录" in verify(log, runs=["1", "2", "3", "10"]).notes[0]


def test_threads_append_one_after_the_other(log: Path) -> None:
    def many() -> None:
        fill(log, 10)

    threads = [threading.Thread(target=many) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (verify(log).fault, verify(log).lines) == (None, 40)


def test_a_log_that_cannot_be_written_is_told_before_anything_is_done(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="KG_AUDIT_FILE"):
        Journal(tmp_path / "nowhere" / "log").ready()


def test_the_user_is_the_one_the_system_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    known = this_user()
    monkeypatch.setenv("USER", "somebody")
    monkeypatch.setenv("LOGNAME", "somebody")
    assert this_user() == known
    assert known.via == "command"


WRITER = """
import sys
from pathlib import Path
from api.audit.act import Act, Actor
from api.audit.journal import Journal
journal = Journal(Path(sys.argv[1]))
while True:
    journal.append(Act("check", "通过", details={"pad": "长" * 500}), Actor("a", "command"))
    print(flush=True)
"""


@pytest.mark.slow
def test_processes_killed_while_they_write_leave_a_log_that_goes_on(log: Path) -> None:
    told = 0
    for _ in range(4):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(log)], stdout=subprocess.PIPE)
            for _ in range(2)
        ]
        for writer in writers:
            assert writer.stdout
            for _ in range(10):
                writer.stdout.readline()
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
            out, _ = writer.communicate()
            told += 10 + out.count(b"\n")
    found = verify(log)
    assert found.fault is None
    assert found.lines >= told
