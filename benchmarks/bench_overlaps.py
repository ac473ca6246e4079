"""All overlaps of 20,000 generated systems × 23 functions, and one system changed: seconds, recall, memory.

Run: python -m benchmarks.bench_overlaps [--systems N] [--vectors FILE] [--large]. With --large candidates of
100,000 systems, too, beside sklearn's cosine of word vectors (measured on a share of the rows, told as the
whole). With --vectors the vectors of phrases are kept there and the first run, which makes them, is left out
where the file is there. Seconds of the processor stand beside those of the clock, for machines that are busy.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from api.bootstrap import encoder, remembering
from api.settings import Settings
from benchmarks.bench_census import RESULTS
from benchmarks.generated_estate import FUNCTIONS, SEED, GeneratedEstate, Planted, generated
from benchmarks.machine import machine
from kg.matching.description import Description
from kg.matching.encoder.port import Encoder
from kg.matching.encoder.table import TableEncoder
from kg.matching.overlap_index import OverlapIndex, built, updated
from kg.matching.phrases import plain
from kg.matching.sketched import Sketched, candidates, rarity_of
from kg.matching.words import words_of

SYSTEMS, LARGE, ROWS, NEIGHBOURS = 20_000, 100_000, 1_000, 22
WORKERS = 2
BARS = {
    "recall": 0.98,
    "seconds": 60,
    "first_seconds": 360,
    "memory_mb": 1000,
    "changed_seconds": 1,
    "times_sklearn": 10,
    "growth": 1.3,
}
T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work returns, and its seconds."""
    begun = time.perf_counter()
    done = work()
    return done, round(time.perf_counter() - begun, 2)


def processor_seconds() -> float:
    """Seconds of the processor that this process and its finished workers have had."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return round(sum(one.ru_utime + one.ru_stime for one in used), 1)


def recall(planted: Sequence[Planted], found: Iterable[tuple[str, str]]) -> dict[str, float]:
    """The share of planted pairs that are found, of each kind and of all."""
    known = set(found)
    every = Counter(one.kind for one in planted)
    hits = Counter(one.kind for one in planted if (one.a, one.b) in known)
    shares = {kind: round(hits[kind] / count, 4) for kind, count in sorted(every.items())}
    return shares | {"all": round(sum(hits.values()) / max(1, len(planted)), 4)}


def candidate_stage(made: GeneratedEstate, model: Encoder) -> dict[str, Any]:
    """Candidates alone: seconds without the encoder, pairs and recall."""
    ordered = sorted(made.descriptions, key=lambda one: one.id)
    table = TableEncoder(model, (plain(item.text) for one in ordered for item in one.items))

    def work() -> np.ndarray:
        sketched, _ = Sketched.of(ordered, table, rarity_of(ordered))
        return candidates(sketched, semantic=True)[0]

    pairs, seconds = timed(work)
    found = ((ordered[i].id, ordered[j].id) for i, j in pairs.tolist())
    return {
        "systems": len(ordered),
        "seconds": seconds,
        "pairs": len(pairs),
        "recall": recall(made.planted, found),
    }


def peer(made: GeneratedEstate) -> dict[str, Any]:
    """sklearn: tf-idf of words, cosine with all, the nearest kept; a share of the rows is asked."""
    ordered = sorted(made.descriptions, key=lambda one: one.id)
    texts = [" ".join(w for item in one.items for w in words_of(item.text)) for one in ordered]
    matrix, prepared = timed(lambda: TfidfVectorizer(token_pattern=r"\S+").fit_transform(texts))
    place = {one.id: row for row, one in enumerate(ordered)}
    asked = [place[one.b] for one in made.planted][:ROWS]

    def work() -> list[np.ndarray]:
        blocks = [cosine_similarity(matrix[asked[k : k + 100]], matrix) for k in range(0, len(asked), 100)]
        return [np.argpartition(-row, NEIGHBOURS + 1)[: NEIGHBOURS + 1] for block in blocks for row in block]

    near, seconds = timed(work)
    found = {
        (min(ordered[row].id, ordered[int(other)].id), max(ordered[row].id, ordered[int(other)].id))
        for row, others in zip(asked, near, strict=True)
        for other in others
    }
    whole = round(prepared + seconds * len(ordered) / max(1, len(asked)), 1)
    return {"rows_asked": len(asked), "seconds_for_all": whole, "recall": recall(made.planted[:ROWS], found)}


def changed(index: OverlapIndex, descriptions: Sequence[Description], model: Encoder) -> float:
    """Seconds until one changed system is judged with its neighbours."""
    first, second = descriptions[0], descriptions[1]
    new = [replace(first, items=second.items[:-3] + first.items[:3]), *descriptions[1:]]
    after, seconds = timed(lambda: updated(index, new, model, key=index.key))
    assert after.drift == 1
    return seconds


def main(arguments: Sequence[str]) -> int:
    """Measures, prints and writes the result file; 1 when a bar is missed."""
    asked = _asked(arguments)
    made = generated(asked.systems)
    with tempfile.TemporaryDirectory() as folder:
        vectors = asked.vectors or Path(folder) / "vectors"
        first = None if vectors.exists() else whole(made, vectors)
        again = whole(made, vectors)
        result: dict[str, Any] = {
            "bench": "overlaps",
            "machine": machine(),
            "seed": SEED,
            "systems": asked.systems,
            "functions_each": FUNCTIONS,
            "first": first.told() if first else None,
            "again": again.told(),
            "same_twice": _is_same(first.index, again.index) if first else None,
            "memory_mb": _megabytes(),
            "reported": recall(made.planted, again.pairs()),
        }
        print(json.dumps(result, ensure_ascii=False), flush=True)
        model = remembering(encoder(Settings()), vectors)
        result["changed_seconds"] = changed(again.index, made.descriptions, model)
        result["candidates"] = candidate_stage(made, model)
        result["sklearn"] = peer(made)
        result["bars"] = BARS
        if asked.large:
            result["large"] = larger(result["candidates"]["seconds"], asked.systems, model)
    result["load_average"] = round(os.getloadavg()[0], 1)
    text = json.dumps(result, ensure_ascii=False, indent=1)
    if asked.systems >= SYSTEMS:
        (RESULTS / "overlaps.json").write_text(text + "\n", "utf-8")
    print(text)
    return int(
        again.seconds > BARS["seconds"]
        or result["reported"]["all"] < BARS["recall"]
        or max(result["memory_mb"].values()) > BARS["memory_mb"]
    )


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--systems", type=int, default=SYSTEMS)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--large", action="store_true")
    return parser.parse_args(arguments)


@dataclass(frozen=True, slots=True)
class Run:
    """One run over the whole estate, with its seconds by the clock and of the processor."""

    index: OverlapIndex
    seconds: float
    processor: float

    def pairs(self) -> Iterator[tuple[str, str]]:
        """The overlaps by id."""
        ids = self.index.ids
        return ((ids[i], ids[j]) for i, j in self.index.judged.pairs.tolist())

    def told(self) -> dict[str, float]:
        """For the result file."""
        overlaps = len(self.index.judged.pairs)
        return {"seconds": self.seconds, "processor_seconds": self.processor, "overlaps": overlaps}


def whole(made: GeneratedEstate, vectors: Path) -> Run:
    """All overlaps of an estate, with what is in the file of vectors."""
    model = remembering(encoder(Settings()), vectors)
    before = processor_seconds()
    index, seconds = timed(lambda: built(made.descriptions, model, key="bench", workers=WORKERS))
    return Run(index, seconds, round(processor_seconds() - before, 1))


def larger(seconds: float, systems: int, model: Encoder) -> dict[str, Any]:
    """Candidates of the large estate, and how their seconds grow from those of the smaller one."""
    large = generated(LARGE)
    found = candidate_stage(large, model)
    growth = np.log(found["seconds"] / seconds) / np.log(LARGE / systems)
    return {
        "candidates": found,
        "sklearn": peer(large),
        "growth": round(float(growth), 2),
        "memory_mb": _megabytes(),
    }


def _is_same(one: OverlapIndex, other: OverlapIndex) -> bool:
    return np.array_equal(one.judged.pairs, other.judged.pairs) and np.array_equal(
        one.judged.scores, other.judged.scores
    )


def _megabytes() -> dict[str, int]:
    """Peak memory of this process and of the largest of its children."""
    who = {"process": resource.RUSAGE_SELF, "worker": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(one).ru_maxrss // 1024 for name, one in who.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
