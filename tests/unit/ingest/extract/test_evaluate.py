"""Scores of extracted lines."""

from typing import Any

import pytest

from ingest.extract.evaluate import evaluate_extraction

GOLD: dict[str, Any] = {
    "id": "a",
    "text": "甲局建乙平台，称丙。",
    "entities": [
        {"id": "1", "start": 0, "end": 2, "label": "DEPARTMENT", "text": "甲局"},
        {"id": "2", "start": 3, "end": 6, "label": "SYSTEM", "text": "乙平台"},
    ],
    "relations": [{"head": "1", "type": "BUILDS", "tail": "2"}],
    "aliases": [["丙", "乙平台"]],
}


def line(*, end: int = 6, tail: tuple[int, int] = (3, 6)) -> dict[str, Any]:
    return {
        "id": "a",
        "entities": [
            {"start": 0, "end": 2, "label": "DEPARTMENT"},
            {"start": 3, "end": end, "label": "SYSTEM"},
        ],
        "relations": [
            {"head_start": 0, "head_end": 2, "type": "BUILDS", "tail_start": tail[0], "tail_end": tail[1]}
        ],
    }


def test_what_agrees_wholly_scores_one() -> None:
    scores = evaluate_extraction([GOLD], [line()])
    assert (scores.entities.f1, scores.relations.f1, scores.macro) == (1, 1, 1)


def test_a_span_one_character_off_is_wrong() -> None:
    scores = evaluate_extraction([GOLD], [line(end=5)])
    assert scores.entities.f1 == pytest.approx(0.5)
    assert scores.labels["SYSTEM"].right == 0


def test_a_short_form_counts_as_its_full_name() -> None:
    assert evaluate_extraction([GOLD], [line(tail=(8, 9))]).relations.f1 == 1


def test_a_passage_without_prediction_counts_as_missed() -> None:
    scores = evaluate_extraction([GOLD], [])
    assert (scores.entities.recall, scores.relations.recall) == (0, 0)


def test_intervals_are_the_same_each_time() -> None:
    first = evaluate_extraction([GOLD, {**GOLD, "id": "b"}], [line()])
    assert first == evaluate_extraction([GOLD, {**GOLD, "id": "b"}], [line()])
    assert first.entities_interval[0] <= first.entities.f1 <= first.entities_interval[1]
