"""Matches of two tables found without labels, beside Splink where it is installed: F1 on labelled pairs.

Run: python -m benchmarks.bench_linkage FOLDER, which holds a folder for each data set, in the layout of the
DeepMatcher benchmarks: tableA.csv, tableB.csv, and labelled pairs in train.csv, valid.csv and test.csv.
"""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from api.cli.tables import read_table
from benchmarks.machine import machine
from benchmarks.splink_links import splink_links
from kg.matching.evaluate.linkages import evaluate_linkage
from kg.matching.linkage import Table, link

RESULTS = Path(__file__).parent / "results"
SPLITS = {"chosen_on": ("train", "valid"), "test": ("test",)}
BARS = {"AG": 0.72, "AB": 0.95, "DA": 0.985}
Rows = Sequence[Mapping[str, str]]


def labelled(folder: Path, splits: Sequence[str]) -> list[dict[str, Any]]:
    """The labelled pairs of some splits as links are scored."""
    rows = (row for split in splits for row in read_table(folder / f"{split}.csv"))
    return [{"a": row["ltable_id"], "b": row["rtable_id"], "label": row["label"]} for row in rows]


def ours(left: Rows, right: Rows) -> dict[str, list[dict[str, Any]]]:
    """Our links."""
    return {"kg": [one.to_json() for one in link(Table.of(left), Table.of(right))]}


def measure(folder: Path) -> dict[str, Any]:
    """Seconds, and figures on each split, of each method."""
    left, right = (read_table(folder / f"table{side}.csv") for side in "AB")
    found: dict[str, Any] = {}
    for method in (ours, splink_links):
        begun = time.perf_counter()
        links = method(left, right)
        took = round(time.perf_counter() - begun, 1)
        for name, rows in links.items():
            figures = {
                split: asdict(evaluate_linkage(labelled(folder, of), rows)) for split, of in SPLITS.items()
            }
            found[name] = {"seconds": took, **figures}
    return found


def main() -> int:
    """Measures, prints and writes the result file; 1 when a bar is missed."""
    if len(sys.argv) < 2:
        print("bench_linkage: name the folder of the data sets to run it")
        return 0
    folders = sorted(path for path in Path(sys.argv[1]).iterdir() if (path / "tableA.csv").is_file())
    sets = {folder.name: measure(folder) for folder in folders}
    result = {"bench": "linkage", "machine": machine(), "sets": sets, "bars": BARS}
    (RESULTS / "linkage.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(result, ensure_ascii=False))
    return int(any(found["kg"]["test"]["f1"] < BARS.get(name, 0.0) for name, found in sets.items()))


if __name__ == "__main__":
    sys.exit(main())
