"""Fits the phrase model on the development halves of labelled phrase pairs, and says how well it holds.

Run: `python -m benchmarks.fit_phrases PAIRS.jsonl... --model FOLDER`; prints the YAML of the weights. The
figures are by cross-validation over lines of business: no domain is both fitted on and judged.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from kg.matching.agreement import FEATURES, agreements
from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.evaluate.classes import auc, figures
from kg.matching.phrases import plain

STRENGTH = 1.0
FOLDS = 10
DIGITS = 3


def main() -> None:
    """Prints the models for both kinds of vectors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    told = parser.parse_args()
    lines = [line for file in told.files for line in _lines(file) if line["split"] == "dev"]
    models = {e.mode: fitted(lines, e) for e in (load_encoder(told.model), load_encoder(None))}
    yaml.safe_dump(models, sys.stdout, allow_unicode=True, sort_keys=False, width=200)


def fitted(lines: Sequence[Mapping[str, Any]], encoder: Encoder) -> dict[str, Any]:
    """Weights on plain features, and the figures of held-out folds."""
    found = agreements([(plain(line["a"]), plain(line["b"])) for line in lines], encoder)
    truth = np.array([int(line["label"]) for line in lines])
    weights, intercept = _fit(found, truth)
    return {
        "intercept": round(float(intercept), DIGITS),
        "weights": {name: round(float(one), DIGITS) for name, one in zip(FEATURES, weights, strict=True)},
        "measured": _held_out(found, truth, [str(line["domain"]) for line in lines]),
    }


def _fit(found: Vectors, truth: Vectors) -> tuple[Vectors, float]:
    scale = StandardScaler().fit(found)
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(scale.transform(found), truth)
    weights = model.coef_[0] / scale.scale_
    return weights, float(model.intercept_[0] - weights @ scale.mean_)


def _held_out(found: Vectors, truth: Vectors, domains: Sequence[str]) -> str:
    scores = np.zeros(len(truth), dtype=np.float32)
    for train, test in GroupKFold(FOLDS).split(found, truth, domains):
        weights, intercept = _fit(found[train], truth[train])
        scores[test] = 1 / (1 + np.exp(-(found[test] @ weights + intercept)))
    best = max((_same(truth, scores, limit / 100).f1, -limit) for limit in range(30, 71))
    chosen = _same(truth, scores, -best[1] / 100)
    at = f"at {-best[1] / 100:.2f} P {chosen.precision:.2f} R {chosen.recall:.2f} F1 {chosen.f1:.2f}"
    area = auc(list(truth == 1), list(scores))
    return f"n {len(truth)}, {FOLDS} folds by domain: AUC {area:.3f}, {at}; {_reliability(truth, scores)}"


def _same(truth: Vectors, scores: Vectors, limit: float) -> Any:
    said = ["same" if score >= limit else "different" for score in scores]
    return figures(["same" if one else "different" for one in truth], said, "same")


def _reliability(truth: Vectors, scores: Vectors) -> str:
    """How many of the pairs in each fifth of the score are one function."""
    parts = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = (scores >= low) & ((scores < low + 0.2) | (low == 0.8))
        parts.append(f"{low:.1f}-{low + 0.2:.1f}: {int(truth[inside].sum())} of {int(inside.sum())}")
    return "one function by score " + ", ".join(parts)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
