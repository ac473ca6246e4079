"""Counts how often each rule is right on annotated passages, and writes the file of statistics.

Run as `python -m ingest.extract.tally GOLD.jsonl…` after any change of a rule.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from ingest.extract import schema
from ingest.extract.evaluate import gold_relations, mentions_of, read_relations
from ingest.extract.extractor import extract_line

NAMES = (
    "alias",
    "brand",
    "capability.name",
    "carried",
    "collective",
    "company.name",
    "company.owner",
    "head.component",
    "head.department",
    "head.function",
    "head.project",
    "head.system",
    "joined",
    "list.colon",
    "list.function",
    "list.members",
    "owner.of.name",
    "region.name",
    "region.of.organ",
    "standard.code",
    "standard.title",
    "system.known",
)
"""The ways to find names that are code; the other rules are in the rule files."""


def rule_names() -> tuple[str, ...]:
    """Returns the names of all rules, in order."""
    files = (schema.fields().fields, schema.relations().rules, schema.details().rules)
    return tuple(sorted([*NAMES, *(rule.id for rules in files for rule in rules)]))


def _fired(gold: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yields each rule that fired on a passage, and whether the annotation has what it found."""
    line = extract_line({"id": gold["id"], "text": gold["text"]})
    fold = dict(gold.get("aliases", ()))
    mentions, relations = mentions_of(gold), gold_relations(gold, fold)
    for item in line["entities"]:
        yield item["rule"], (item["start"], item["end"], item["label"]) in mentions
    for item in line["relations"]:
        (told,) = read_relations({"relations": [item]}, gold["text"], fold)
        yield item["rule"], told in relations


def tally(passages: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, int]]:
    """Returns for every rule how often it was right and how often it told something."""
    told: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for gold in passages:
        for rule, good in _fired(gold):
            told[rule] += 1
            right[rule] += good
    return {rule: {"right": right[rule], "told": told[rule]} for rule in rule_names()}


def _written(counts: Mapping[str, Mapping[str, int]], names: Sequence[str]) -> str:
    head = {"version": 1, "source": f"Counted by ingest.extract.tally on {', '.join(names)}"}
    rows = "".join(
        f"  {rule}: {{right: {one['right']}, told: {one['told']}}}\n" for rule, one in counts.items()
    )
    return yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=110) + "rules:\n" + rows


def main(files: Sequence[Path]) -> None:
    """Writes the statistics of the passages of all files beside the rules."""
    lines = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    target = Path(str(resources.files("ingest.extract").joinpath("rules", "statistics.yaml")))
    target.write_text(_written(tally(lines), [file.name for file in files]), encoding="utf-8")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
