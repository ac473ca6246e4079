"""Reads forty papers alone and by several workers, each in a process of its own: wall and CPU seconds."""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.bench_census import RESULTS
from benchmarks.long_papers import notice, study, write_docx
from benchmarks.machine import machine
from ingest.discovery import discover
from ingest.documents.sandbox import read_isolated
from ingest.garbage import without_collection
from ingest.reading import Options, read_file, unread_file
from ingest.workers import Team

PAPERS, PAGES, ROUNDS = 40, 12, 2
SIZES = (1, 2, 4)
TODAY = "2026-03-01"


def write_papers(folder: Path) -> None:
    """Half of them studies with function lists, half notices."""
    for seed in range(PAPERS):
        write_docx(folder / f"{seed:02}.docx", (notice if seed % 2 else study)(seed)[:PAGES])


def read(folder: Path, size: int) -> dict[str, Any]:
    """From nothing loaded to the rows of all papers in this process; `own` CPU is that of it alone."""
    begun = time.perf_counter()
    ask = partial(read_file, options=Options(today=TODAY), read=read_isolated)
    with without_collection():
        rows = sum(
            len(lot.records)
            for found in Team(size).map(ask, discover([folder]), died=unread_file)
            for lot in found.reading.lots
        )
    return {
        "rows": rows,
        "seconds": round(time.perf_counter() - begun, 2),
        "own_cpu_seconds": _cpu(resource.RUSAGE_SELF),
        "load_average": round(os.getloadavg()[0], 1),
    }


def _cpu(whose: int) -> float:
    used = resource.getrusage(whose)
    return round(used.ru_utime + used.ru_stime, 2)


def _apart(folder: Path, size: int) -> dict[str, Any]:
    """A reading by a new process; `all` CPU is that of it, its workers and their reading children."""
    before = _cpu(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "benchmarks.bench_workers", str(folder), str(size)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found | {"all_cpu_seconds": round(_cpu(resource.RUSAGE_CHILDREN) - before, 2)}


def main() -> int:
    """Runs the bench and writes its result; 1 when the numbers of workers read different rows."""
    if len(sys.argv) == 3:
        print(json.dumps(read(Path(sys.argv[1]), int(sys.argv[2]))))
        return 0
    runs: dict[int, list[dict[str, Any]]] = {size: [] for size in SIZES}
    with tempfile.TemporaryDirectory() as folder:
        write_papers(Path(folder))
        for _ in range(ROUNDS):
            for size in SIZES:
                runs[size].append(_apart(Path(folder), size))
    median = {size: statistics.median(run["seconds"] for run in found) for size, found in runs.items()}
    result = {
        "bench": "workers",
        "machine": machine(),
        "papers": PAPERS,
        "pages": PAGES,
        "median_seconds": median,
        "runs": runs,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "workers.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result))
    return int(len({run["rows"] for found in runs.values() for run in found}) > 1)


if __name__ == "__main__":
    sys.exit(main())
