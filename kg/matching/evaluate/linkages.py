"""Scores links between two tables: which labelled pairs are held to be one record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.matching.evaluate.classes import auc, bootstrap, figures


@dataclass(frozen=True, slots=True)
class LinkageReport:
    """Precision, recall and F1 of matches with the 95 % bootstrap interval of F1, each 0..1.

    `matches` counts the true matches among `n` labelled pairs; `auc` is that of the score, None where all
    pairs are matches or none is.
    """

    n: int
    matches: int
    precision: float
    recall: float
    f1: float
    interval: tuple[float, float]
    auc: float | None


def evaluate_linkage(gold: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]]) -> LinkageReport:
    """Scores `{a, b, score, match}` against `{a, b, label: 0|1}`; a pair that is not listed is no match.

    Links of pairs without a label are left out.
    """
    found = {(str(link["a"]), str(link["b"])): link for link in links}
    answers = [found.get((str(line["a"]), str(line["b"]))) for line in gold]
    truth = [str(int(line["label"])) for line in gold]
    said = ["1" if answer is not None and answer["match"] else "0" for answer in answers]
    scores = [0.0 if answer is None else float(answer["score"]) for answer in answers]
    one = figures(truth, said, "1")
    return LinkageReport(
        n=len(truth),
        matches=one.support,
        precision=one.precision,
        recall=one.recall,
        f1=one.f1,
        interval=bootstrap(
            len(truth), lambda rows: figures([truth[r] for r in rows], [said[r] for r in rows], "1").f1
        ),
        auc=auc([label == "1" for label in truth], scores),
    )
