"""Figures on our own labelled sets do not fall below what was reached, and come with their intervals."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.matching.abilities import match_abilities
from kg.matching.encoder.port import Encoder
from kg.matching.evaluate.classes import auc_interval, evaluate_phrases
from kg.matching.evaluate.rankings import evaluate_ranking
from kg.matching.phrases import bands, pair_scores

DATA = Path(__file__).parents[3] / "data" / "matching"


def phrases() -> list[dict[str, Any]]:
    text = (DATA / "phrase_pairs.jsonl").read_text(encoding="utf-8")
    return [line for line in map(json.loads, text.splitlines()) if line["split"] == "test"]


def abilities() -> list[tuple[str, str]]:
    rows = (DATA / "component_phrases.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [(row.split("\t")[0], row.split("\t")[1]) for row in rows]


def phrase_report(encoder: Encoder) -> Any:
    lines = phrases()
    scores = pair_scores([(line["a"], line["b"]) for line in lines], encoder)
    return evaluate_phrases(lines, scores, bands(encoder).same)


def test_held_out_phrases_are_told_apart_without_the_sentence_model(lexical: Encoder) -> None:
    report = phrase_report(lexical)
    assert report.auc is not None
    assert report.auc >= 0.85
    assert report.classes["same"].f1 >= 0.80


@pytest.mark.shared
def test_held_out_phrases_are_told_apart(semantic: Encoder) -> None:
    report = phrase_report(semantic)
    assert report.auc is not None
    assert report.auc >= 0.88
    assert report.classes["same"].f1 >= 0.82


@pytest.mark.shared
def test_scores_near_one_can_be_relied_on(semantic: Encoder) -> None:
    lines = phrases()
    scores = pair_scores([(line["a"], line["b"]) for line in lines], semantic)
    sure = [
        line["label"] for line, score in zip(lines, scores, strict=True) if score >= bands(semantic).certain
    ]
    assert len(sure) >= 30
    assert sum(sure) >= 0.85 * len(sure)


@pytest.mark.shared
def test_functions_of_shared_abilities_are_known_and_others_left_alone(semantic: Encoder) -> None:
    rows = abilities()
    found = match_abilities([phrase for _, phrase in rows], semantic)
    certain = [(row[0], one.id) for row, one in zip(rows, found, strict=True) if one and one.certain]
    right = sum(wanted == given for wanted, given in certain)
    assert right >= 0.95 * len(certain)
    assert right >= 0.85 * sum(wanted != "-" for wanted, _ in rows)


def test_intervals_hold_the_figure_and_are_the_same_every_time() -> None:
    positive = [True] * 12 + [False] * 12
    scores = [number / 24 for number in range(24, 0, -2)] + [number / 24 for number in range(1, 24, 2)]
    low, high = auc_interval(positive, scores) or (0.0, 0.0)
    assert 0 < low < high <= 1
    assert auc_interval(positive, scores) == (low, high)
    assert auc_interval([True], [0.5]) is None


def test_a_ranking_comes_with_its_interval() -> None:
    answers = [{"id": "q", "matches": [{"id": "x"}, {"id": "r"}]}, {"id": "p", "matches": [{"id": "s"}]}]
    report = evaluate_ranking([{"a": "q", "b": "r"}, {"a": "p", "b": "s"}], answers)["all"]
    assert report.mrr == 0.75
    assert report.interval == (0.5, 1.0)
