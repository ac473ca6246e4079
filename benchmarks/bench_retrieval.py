"""Finds the original of a copy among generated systems: every object replaced, or mildly re-worded."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from api.bootstrap import encoder
from api.settings import Settings
from benchmarks.generated_estate import SEED, Kind, generated
from benchmarks.machine import machine
from kg.matching.candidates import Candidate, CandidateIndex

RESULTS = Path(__file__).parent / "results"
SYSTEMS, QUERIES, LIMIT = 20_000, 150, 50
PLACES = (10, 50)
BARS: dict[Kind, tuple[int, float]] = {"reskinned": (50, 0.92), "reworded": (10, 0.99)}


def place(found: Sequence[Candidate], wanted: str) -> int | None:
    """At which place the wanted one stands."""
    return next((at for at, one in enumerate(found, start=1) if one.id == wanted), None)


def main() -> int:
    """Measures, prints and writes the result file; 1 when a bar is missed."""
    estate = generated(SYSTEMS)
    by_id = {one.id: one for one in estate.descriptions}
    chosen = encoder(Settings())
    begun = time.perf_counter()
    index = CandidateIndex.build(estate.descriptions, encoder=chosen)
    built = round(time.perf_counter() - begun, 1)
    recall: dict[str, dict[str, float]] = {}
    begun = time.perf_counter()
    asked = 0
    for kind in BARS:
        pairs = [pair for pair in estate.planted if pair.kind == kind][:QUERIES]
        # The copy has the later number: it was made from the other.
        places = [place(index.query(by_id[pair.b], LIMIT), pair.a) for pair in pairs]
        asked += len(pairs)
        recall[kind] = {
            f"at_{k}": round(sum(p is not None and p <= k for p in places) / len(places), 4) for k in PLACES
        }
        recall[kind]["candidates"] = round(sum(p is not None for p in places) / len(places), 4)
        recall[kind]["n"] = len(places)
    result = {
        "bench": "retrieval",
        "machine": machine(),
        "seed": SEED,
        "systems": SYSTEMS,
        "mode": chosen.mode,
        "build_seconds": built,
        "query_ms": round((time.perf_counter() - begun) * 1000 / asked, 1),
        "recall": recall,
        "bars": {kind: {f"at_{k}": bar} for kind, (k, bar) in BARS.items()},
    }
    (RESULTS / "retrieval.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(result, ensure_ascii=False))
    return int(any(recall[kind][f"at_{k}"] < bar for kind, (k, bar) in BARS.items()))


if __name__ == "__main__":
    sys.exit(main())
