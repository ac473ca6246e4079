"""Groups the functions of generated systems: CPU seconds, memory, precision and recall of pairs, one change.

Seconds are without the embedding of the wordings, which bench_overlaps measures.
Run: python -m benchmarks.bench_capabilities [SYSTEMS …]. A pair of wordings should be one capability when its
object and its action are the same; the generator knows both. Labelled pairs of phrases are told beside it.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from api.bootstrap import encoder, remembering
from api.settings import Settings
from benchmarks.bench_census import RESULTS
from benchmarks.generated_estate import ACTIONS, QUALIFIERS, SEED, Function, generated, objects_of
from benchmarks.machine import machine
from examples.generate.vocabulary import Pair, domains
from kg.identity import is_registered
from kg.matching.capabilities import Grouping, counted_wordings, folded, regrouped
from kg.matching.encoder.port import Encoder
from kg.matching.phrases import plain

SIZES = (500, 2_000, 20_000)
PHRASES = Path(__file__).parents[1] / "tests" / "data" / "matching" / "phrase_pairs.jsonl"
NEW = ("年度高龄津贴发放审批", "矿山边坡雷达测量登记")
BLOCK = 2_000
Meaning = tuple[Pair, Pair]


def meanings() -> dict[str, Meaning]:
    """Object and action of every wording that the generator can make."""
    known: dict[str, Meaning] = {}
    for domain in domains():
        for thing in objects_of(domain):
            for action in ACTIONS:
                for qualifier in sorted(set(QUALIFIERS)):
                    for sides in range(4):
                        said = Function(thing, action, qualifier)
                        text = said.said(object_side=sides // 2, action_side=sides % 2)
                        known.setdefault(folded(text), (thing, action))
    return known


def pairs(groups: Iterable[Iterable[str]], known: Mapping[str, Meaning]) -> dict[str, Any]:
    """Precision and recall of pairs of wordings in one group, and purity: the share of commonest meanings."""
    told = [Counter(known[text] for text in group if text in known) for group in groups]
    together = sum(_choose(counts.total()) for counts in told)
    right = sum(_choose(count) for counts in told for count in counts.values())
    every = Counter(chain.from_iterable(counts.elements() for counts in told))
    true = sum(_choose(count) for count in every.values())
    pure = sum(max(counts.values()) for counts in told if counts)
    return {
        "precision": round(right / max(1, together), 4),
        "recall": round(right / max(1, true), 4),
        "purity": round(pure / max(1, every.total()), 4),
    }


def _choose(count: int) -> int:
    return count * (count - 1) // 2


def grouped(systems: int, model: Encoder, known: Mapping[str, Meaning]) -> dict[str, Any]:
    """One size: first groups, then two wordings more."""
    texts = [item.text for one in generated(systems).descriptions for item in one.items]
    counts = {key: wording.count for key, wording in counted_wordings(texts).items()}
    _embed(sorted(counts), model)
    first, seconds = _worked(lambda: regrouped(None, counts, model))
    more = {**counts, **dict.fromkeys(NEW, 1)}
    _, changed = _worked(lambda: regrouped(first, more, model))
    free = [group for one, group in first.groups.items() if not is_registered(one)]
    return {
        "systems": systems,
        "functions": len(texts),
        "wordings": len(counts),
        "capabilities": len(first.groups),
        "of_the_registry": sum(len(g) for one, g in first.groups.items() if is_registered(one)),
        "cpu_seconds": seconds,
        "changed_cpu_seconds": changed,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "pairs": pairs(free, known),
    }


def _worked(work: Callable[[], Grouping]) -> tuple[Grouping, float]:
    """What the work returns, and its seconds of CPU."""
    begun = time.process_time()
    done = work()
    return done, round(time.process_time() - begun, 2)


def _embed(texts: Sequence[str], model: Encoder) -> None:
    for start in range(0, len(texts), BLOCK):
        model.encode([plain(text) for text in texts[start : start + BLOCK]])


def labelled(model: Encoder) -> dict[str, int]:
    """How many of the labelled phrase pairs stand in one group, and how many of these are one function."""
    rows = [json.loads(line) for line in PHRASES.read_text("utf-8").splitlines()]
    texts = {folded(row[side]) for row in rows for side in "ab"}
    found = regrouped(None, dict.fromkeys(texts, 1), model)
    of = {text: one for one, group in found.groups.items() for text in group}
    joined = [row for row in rows if of[folded(row["a"])] == of[folded(row["b"])]]
    return {
        "pairs": len(rows),
        "same": sum(row["label"] for row in rows),
        "joined": len(joined),
        "joined_and_same": sum(row["label"] for row in joined),
    }


def main(arguments: Sequence[str]) -> int:
    """Measures and prints; writes the result file when all sizes are measured."""
    sizes = tuple(map(int, arguments)) or SIZES
    known = meanings()
    with tempfile.TemporaryDirectory() as folder:
        model = remembering(encoder(Settings()), Path(folder) / "vectors")
        result: dict[str, Any] = {"bench": "capabilities", "machine": machine(), "seed": SEED}
        result |= {"mode": model.mode, "labelled": labelled(model), "estates": []}
        for size in sizes:
            result["estates"].append(grouped(size, model, known))
            print(json.dumps(result["estates"][-1]), flush=True)
    result["load_average"] = round(os.getloadavg()[0], 1)
    if sizes == SIZES:
        text = json.dumps(result, ensure_ascii=False, indent=1)
        (RESULTS / "capabilities.json").write_text(f"{text}\n", "utf-8")
    print(json.dumps(result, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
