"""Reads papers of a hundred pages into a store, beside python-docx, and prose into facts: CPU and wall."""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import docx

from benchmarks.bench_census import RESULTS
from benchmarks.long_papers import PAGES, Page, chars, notice, study, write_docx
from benchmarks.machine import machine
from ingest.documents.reader import read_document
from ingest.pipeline import run
from ingest.reading import Options
from ingest.sources.base import Context
from ingest.sources.recognition import source_of
from kg.store import open_store

SEED = 20260301
BAR_CHARS, BAR_SECONDS = 100_000, 3
TODAY = "2026-03-01"
Figures = dict[str, Any]
PAPERS: dict[str, Callable[[int], list[Page]]] = {"notice": notice, "study": study}


def _cpu() -> float:
    """Seconds of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _timed(work: Callable[[], object]) -> dict[str, float]:
    begun, used = time.perf_counter(), _cpu()
    work()
    return {
        "seconds": round(time.perf_counter() - begun, 2),
        "processor_seconds": round(_cpu() - used, 2),
    }


def _load(path: Path) -> None:
    """From the file to facts in a store file: the reading child and its start included."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(f"sqlite:///{folder}/kg.db", create=True) as store,
    ):
        report = run([path], store, archive=None, options=Options(today=TODAY))
    assert report.status == "complete"


def _peer(path: Path) -> int:
    """The text of paragraphs and cells by python-docx, which makes no facts."""
    paper = docx.Document(str(path))
    texts = [one.text for one in paper.paragraphs]
    texts += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return sum(map(len, texts))


def _throughput(path: Path, signs: int) -> int:
    """Signs in a CPU-second from the text of a paper to its facts."""
    document, context = read_document(path), Context(path.name, TODAY)
    source = source_of(document, "")
    source.read(document, context)
    used = time.process_time()
    source.read(document, context)
    return round(signs / (time.process_time() - used))


def measure(folder: Path) -> dict[str, Figures]:
    """The figures of each paper."""
    found: dict[str, Figures] = {}
    for name, made in PAPERS.items():
        path, pages = folder / f"{name}.docx", made(SEED)
        write_docx(path, pages)
        found[name] = {
            "pages": PAGES,
            "chars": chars(pages),
            "file_to_facts": _timed(partial(_load, path)),
            "reading": _timed(partial(read_document, path)),
            "python_docx": _timed(partial(_peer, path)),
            "chars_per_cpu_second": _throughput(path, chars(pages)),
        }
    return found


def main() -> int:
    """Runs the bench, writes its result, and answers 1 when a bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        papers = measure(Path(folder))
    result = {
        "bench": "extraction",
        "machine": machine(),
        "seed": SEED,
        "papers": papers,
        "load_average": round(os.getloadavg()[0], 1),
        "bars": {"chars_per_cpu_second": BAR_CHARS, "file_to_facts_seconds": BAR_SECONDS},
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "extraction.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(result, ensure_ascii=False))
    return int(any(_misses(one) for one in papers.values()))


def _misses(paper: Figures) -> bool:
    slow = paper["file_to_facts"]["seconds"] > BAR_SECONDS
    return bool(slow or paper["chars_per_cpu_second"] < BAR_CHARS)


if __name__ == "__main__":
    sys.exit(main())
