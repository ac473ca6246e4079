"""Scores extracted mentions and relations against annotated passages."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SEED = 20231212
_ROUNDS = 500
Counts = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each 0..1, with the counts behind them; 0 where nothing was counted."""

    precision: float
    recall: float
    f1: float
    right: int
    predicted: int
    gold: int


@dataclass(frozen=True, slots=True)
class ExtractionScores:
    """Strict scores: a mention counts when span and label agree, a relation when both surfaces and type do.

    `entities_interval` and `relations_interval` are 95 % bootstrap intervals of F1 over passages.
    """

    entities: Score
    relations: Score
    labels: Mapping[str, Score]
    types: Mapping[str, Score]
    macro: float
    entities_interval: tuple[float, float]
    relations_interval: tuple[float, float]


def _score(counts: Iterable[Counts]) -> Score:
    right = predicted = gold = 0
    for one in counts:
        right, predicted, gold = right + one[0], predicted + one[1], gold + one[2]
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * right / (predicted + gold) if predicted + gold else 0.0
    return Score(precision, recall, f1, right, predicted, gold)


def _interval(counts: Sequence[Counts]) -> tuple[float, float]:
    if not counts:
        return 0.0, 0.0
    chance = random.Random(_SEED)
    values = sorted(_score(chance.choices(counts, k=len(counts))).f1 for _ in range(_ROUNDS))
    return values[int(_ROUNDS * 0.025)], values[int(_ROUNDS * 0.975) - 1]


def _count(gold: set[Any], predicted: set[Any]) -> Counts:
    return len(gold & predicted), len(predicted), len(gold)


def mentions_of(line: Mapping[str, Any]) -> set[tuple[int, int, str]]:
    """Returns the mentions of a line as (start, end, label)."""
    return {(e["start"], e["end"], e["label"]) for e in line["entities"]}


def gold_relations(line: Mapping[str, Any], fold: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """Returns the annotated relations as (surface, type, surface); `fold` makes short forms names."""
    surface = {e["id"]: e["text"] for e in line["entities"]}
    return {
        (
            fold.get(surface[r["head"]], surface[r["head"]]),
            r["type"],
            fold.get(surface[r["tail"]], surface[r["tail"]]),
        )
        for r in line["relations"]
    }


def read_relations(line: Mapping[str, Any], text: str, fold: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """Returns the predicted relations in the form of `gold_relations`."""
    found = set()
    for r in line["relations"]:
        head, tail = text[r["head_start"] : r["head_end"]], text[r["tail_start"] : r["tail_end"]]
        found.add((fold.get(head, head), r["type"], fold.get(tail, tail)))
    return found


def evaluate_extraction(
    gold_lines: Iterable[Mapping[str, Any]], predicted_lines: Iterable[Mapping[str, Any]]
) -> ExtractionScores:
    """Returns the scores of predicted lines, matched to gold lines by id; an absent one counts as empty."""
    predicted = {line["id"]: line for line in predicted_lines}
    spans: list[tuple[set[tuple[int, int, str]], set[tuple[int, int, str]]]] = []
    pairs: list[tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]] = []
    for gold in gold_lines:
        line = predicted.get(gold["id"], {"entities": [], "relations": []})
        fold = dict(gold.get("aliases", ()))
        spans.append((mentions_of(gold), mentions_of(line)))
        pairs.append((gold_relations(gold, fold), read_relations(line, gold["text"], fold)))
    labels = _by_name(spans, 2)
    counts, related = [_count(*item) for item in spans], [_count(*item) for item in pairs]
    macro = sum(item.f1 for item in labels.values()) / len(labels) if labels else 0.0
    return ExtractionScores(
        _score(counts),
        _score(related),
        labels,
        _by_name(pairs, 1),
        macro,
        _interval(counts),
        _interval(related),
    )


def _by_name(pairs: Sequence[tuple[set[Any], set[Any]]], place: int) -> dict[str, Score]:
    """Returns the scores of each label or type that the gold lines hold."""
    present = sorted({item[place] for gold, _ in pairs for item in gold})
    return {
        name: _score(
            _count({i for i in gold if i[place] == name}, {i for i in read if i[place] == name})
            for gold, read in pairs
        )
        for name in present
    }
