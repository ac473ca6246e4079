"""Whole processes: the same bytes for any hash seed and number of workers, and none left after an end."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.long_papers import notice, study, write_docx

ROOT = Path(__file__).resolve().parents[2]
KG = Path(sys.executable).with_name("kg")
# Each a hash seed and a number of workers.
RUNS = (("0", "1"), ("1", "2"), ("2", "4"), ("0", "4"))
PASSAGES = ROOT / "tests" / "data" / "extraction"


def environment(seed: str, store: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": seed, "KG_STORE": f"sqlite:///{store}"}


def kg(*said: str | Path, seed: str, store: Path) -> bytes:
    done = subprocess.run(
        [KG, *said], check=False, env=environment(seed, store), cwd=store.parent, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


def digest(*said: bytes) -> str:
    return hashlib.sha256(b"\0".join(said)).hexdigest()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A load of every kind of file: papers, workbooks, manifests, a broken and an unknown one."""
    folder = tmp_path / "papers"
    shutil.copytree(ROOT / "examples" / "estate", folder)
    for seed in range(3):
        write_docx(folder / f"通知{seed}.docx", notice(seed)[:4])
        write_docx(folder / f"可研{seed}.docx", study(seed)[:4])
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "a.exe").write_bytes(b"MZ")
    return folder


def members(session: int) -> set[int]:
    """The processes of a session that still live."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if int(state[3]) == session and state[0] != "Z":
            found.add(int(entry.name))
    return found


def until(seconds: float, session: int, wanted: range) -> bool:
    end = time.monotonic() + seconds
    while len(members(session)) not in wanted:
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.slow
def test_loads_and_exports_are_the_same_bytes(papers: Path, tmp_path: Path) -> None:
    told = set()
    for seed, size in RUNS:
        store, out = tmp_path / f"{seed}-{size}.db", tmp_path / f"{seed}-{size}.jsonl"
        said = ("--workers", size, "--dated", "2026-03-01", "--json")
        report = kg("ingest", papers, *said, seed=seed, store=store)
        kg("export", out, seed=seed, store=store)
        assert len(json.loads(report)["rejected"]) >= 2
        told.add(digest(report, out.read_bytes()))
    assert len(told) == 1


@pytest.mark.slow
def test_extractions_are_the_same_bytes(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    lines = b"".join((PASSAGES / f"{part}.jsonl").read_bytes() for part in ("dev", "test"))
    source.write_bytes(lines + b"not json\n" + lines)
    told = set()
    for seed, size in RUNS:
        out = tmp_path / f"{seed}-{size}.jsonl"
        kg("extract", source, out, "--workers", size, seed=seed, store=tmp_path / "none.db")
        told.add(digest(out.read_bytes()))
    assert len(told) == 1


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nobody_is_left_after_the_load_was_ended(end: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    for seed in range(30):
        write_docx(tmp_path / "papers" / f"{seed}.docx", notice(seed))
    with subprocess.Popen(
        [KG, "ingest", tmp_path / "papers", "--workers", "2"],
        env=environment("0", tmp_path / "kg.db"),
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as load:
        # The load, two workers, and a reading child of each.
        assert until(60, load.pid, range(5, 6))
        time.sleep(1)
        if end is signal.SIGINT:
            os.killpg(load.pid, end)
        else:
            load.send_signal(end)
        assert load.wait(30) != 0
        assert load.stderr is not None
        assert b"Traceback" not in load.stderr.read()
    assert until(30, load.pid, range(1))
