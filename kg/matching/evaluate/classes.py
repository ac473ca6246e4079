"""Precision, recall and F1 of labels, area under the curve of scores, and how sure these figures are."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import rankdata

ROUNDS = 1000
SEED = 20260101
PAIR_LABELS = ("same", "same_kind", "reskinned", "different")


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall, F1 (each 0..1) and the number of true cases of one class."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class PairReport:
    """How well pairs were classified.

    `macro_f1` is the mean over the classes that occur, `interval` its 95 % bootstrap interval; `auc` is that
    of the score for any overlap against "different", None when one of the two does not occur;
    `auc_interval` its bootstrap interval.
    """

    n: int
    macro_f1: float
    interval: tuple[float, float]
    auc: float | None
    auc_interval: tuple[float, float] | None
    classes: Mapping[str, Figures]


def figures(truth: Sequence[str], predicted: Sequence[str], label: str) -> Figures:
    """The figures of one class; 0 where nothing was predicted or nothing is there."""
    hits = sum(t == label and p == label for t, p in zip(truth, predicted, strict=True))
    said, there = sum(p == label for p in predicted), sum(t == label for t in truth)
    precision, recall = hits / said if said else 0.0, hits / there if there else 0.0
    f1 = 2 * hits / (said + there) if hits else 0.0
    return Figures(round(precision, 4), round(recall, 4), round(f1, 4), there)


def macro_f1(truth: Sequence[str], predicted: Sequence[str]) -> float:
    """Mean F1 of the classes that occur in the truth; 0 for no cases."""
    labels = sorted(set(truth))
    return float(np.mean([figures(truth, predicted, label).f1 for label in labels])) if labels else 0.0


def auc(positive: Sequence[bool], scores: Sequence[float]) -> float | None:
    """Probability that a positive scores above a negative, ties count half; None without either."""
    there = int(sum(positive))
    absent = len(positive) - there
    if not there or not absent:
        return None
    ranks = rankdata(scores)
    total = float(sum(rank for rank, is_positive in zip(ranks, positive, strict=True) if is_positive))
    return round((total - there * (there + 1) / 2) / (there * absent), 4)


def auc_interval(positive: Sequence[bool], scores: Sequence[float]) -> tuple[float, float] | None:
    """95 % interval of `auc` over resampled cases; None where it is None."""
    if auc(positive, scores) is None:
        return None

    def resampled(rows: Sequence[int]) -> float:
        found = auc([positive[i] for i in rows], [scores[i] for i in rows])
        return math.nan if found is None else found

    return bootstrap(len(positive), resampled)


def bootstrap(n: int, statistic: Callable[[Sequence[int]], float]) -> tuple[float, float]:
    """95 % interval of a statistic over resampled cases; the same input gives the same interval."""
    if not n:
        return 0.0, 0.0
    random = np.random.default_rng(SEED)
    values = [statistic(random.integers(0, n, n).tolist()) for _ in range(ROUNDS)]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def evaluate_pairs(gold: Sequence[Mapping[str, Any]], predicted: Sequence[Mapping[str, Any]]) -> PairReport:
    """Scores predicted `{id, label, score}` against gold `{id, label}`; missing lines count as different."""
    answers = {line["id"]: line for line in predicted}
    nothing: Mapping[str, Any] = {"label": "different", "score": 0.0}
    truth = [str(line["label"]) for line in gold]
    found = [answers.get(line["id"], nothing) for line in gold]
    labels = [str(line["label"]) for line in found]
    scores = [float(line["score"]) for line in found]
    interval = bootstrap(
        len(truth), lambda rows: macro_f1([truth[i] for i in rows], [labels[i] for i in rows])
    )
    return PairReport(
        n=len(truth),
        macro_f1=round(macro_f1(truth, labels), 4),
        interval=interval,
        auc=auc(overlaps := [label != "different" for label in truth], scores),
        auc_interval=auc_interval(overlaps, scores),
        classes={label: figures(truth, labels, label) for label in PAIR_LABELS},
    )


def evaluate_phrases(gold: Sequence[Mapping[str, Any]], scores: Sequence[float], limit: float) -> PairReport:
    """Scores phrase scores against gold `{label: 0|1}` in the same order; from `limit` on means same."""
    truth = ["same" if int(line["label"]) else "different" for line in gold]
    labels = ["same" if score >= limit else "different" for score in scores]
    return PairReport(
        n=len(truth),
        macro_f1=round(macro_f1(truth, labels), 4),
        interval=bootstrap(
            len(truth), lambda rows: macro_f1([truth[i] for i in rows], [labels[i] for i in rows])
        ),
        auc=auc(same := [label == "same" for label in truth], scores),
        auc_interval=auc_interval(same, scores),
        classes={label: figures(truth, labels, label) for label in ("same", "different")},
    )
