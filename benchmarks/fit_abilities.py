"""Fits the likelihood that a function is one of a shared ability, and says how well it holds.

Run: `python -m benchmarks.fit_abilities PHRASES.tsv... --model FOLDER`; prints the YAML of the weights. Lines
are ability id (or -), phrase and split; those of a split other than dev are left alone. The figures are by
cross-validation: no ability is both fitted on and judged, nor is business that begins with the same words. A
wording that has most of its characters in common with a phrase is left out, so none is judged by having been
listed, and the weights are those for phrases that nobody has seen.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from kg.matching.abilities.ability import shared_abilities
from kg.matching.abilities.evidence import FEATURES, Evidence
from kg.matching.abilities.wordings import wordings_of
from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Encoder
from kg.matching.words import dice, letters_of

STRENGTH = 0.3
FOLDS = 10
DIGITS = 3
ALIKE = 0.75
PRECISIONS = (0.95, 0.90)
Numbers = NDArray[np.float64]


class Labelled(NamedTuple):
    """A phrase and the shared ability that provides it, "-" where none does."""

    ability: str
    phrase: str


class Judged(NamedTuple):
    """Features of each phrase's nearest ability, and whether that is the right one."""

    found: Numbers
    right: NDArray[np.int64]


def main() -> None:
    """Prints the models for both kinds of vectors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, required=True)
    told = parser.parse_args()
    lines = list(dict.fromkeys(line for file in told.files for line in labelled(file, "dev")))
    models = {e.mode: fitted(lines, e) for e in (load_encoder(told.model), load_encoder(None))}
    yaml.safe_dump(models, sys.stdout, allow_unicode=True, sort_keys=False, width=200)


def labelled(file: Path, split: str) -> list[Labelled]:
    """The lines of this split (of all where the file has none); business platforms count as none."""
    shared = {one.id for one in shared_abilities()}
    rows = [row.split("\t") for row in file.read_text(encoding="utf-8").splitlines()]
    return [
        Labelled(row[0] if row[0] in shared else "-", row[1])
        for row in rows
        if row[0] != "id" and (len(row) < 3 or row[2] == split)
    ]


def fitted(lines: Sequence[Labelled], encoder: Encoder) -> Mapping[str, Any]:
    """Weights on plain features, and the figures of held-out folds."""
    judged = judge(lines, encoder)
    weights, intercept = _fit(judged.found, judged.right)
    return {
        "intercept": round(intercept, DIGITS),
        "weights": {name: round(float(one), DIGITS) for name, one in zip(FEATURES, weights, strict=True)},
        "measured": _held_out(judged, lines),
    }


def judge(lines: Sequence[Labelled], encoder: Encoder) -> Judged:
    """The nearest ability of each phrase, by the wordings that are unlike all of these phrases."""
    among = shared_abilities()
    wordings, phrases = wordings_of(among, without=_seen(lines)), [line.phrase for line in lines]
    evidence = Evidence(wordings, encoder.encode(wordings.texts))
    first = [found[0] for found in evidence.candidates(phrases, encoder.encode(phrases))]
    right = [int(among[one.place].id == line.ability) for one, line in zip(first, lines, strict=True)]
    return Judged(np.array([one.features for one in first]), np.array(right))


def _seen(lines: Sequence[Labelled]) -> frozenset[str]:
    """Folded wordings that one of the phrases repeats, or nearly so."""
    phrases = [letters_of(line.phrase) for line in lines]
    texts = map(prepared, wordings_of(shared_abilities()).texts)
    return frozenset(text for text in texts if any(dice(letters_of(text), one) >= ALIKE for one in phrases))


def _fit(found: Numbers, right: NDArray[np.int64]) -> tuple[Numbers, float]:
    scale = StandardScaler().fit(found)
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(scale.transform(found), right)
    weights: Numbers = model.coef_[0] / scale.scale_
    return weights, float(model.intercept_[0] - weights @ scale.mean_)


def held_out(judged: Judged, lines: Sequence[Labelled]) -> Numbers:
    """Likelihoods by models that saw neither the ability nor business of the same beginning."""
    groups = [line.ability if line.ability != "-" else line.phrase[:2] for line in lines]
    scores = np.zeros(len(lines))
    for train, test in GroupKFold(FOLDS).split(judged.found, judged.right, groups):
        weights, intercept = _fit(judged.found[train], judged.right[train])
        scores[test] = 1 / (1 + np.exp(-(judged.found[test] @ weights + intercept)))
    return scores


def _held_out(judged: Judged, lines: Sequence[Labelled]) -> str:
    scores = held_out(judged, lines)
    wanted = sum(line.ability != "-" for line in lines)
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(judged.right[order])
    precision = hits / np.arange(1, len(order) + 1)
    said = []
    for least in PRECISIONS:
        last = int(np.flatnonzero(precision >= least)[-1])
        recall = hits[last] / wanted
        said.append(f"P {precision[last]:.2f} R {recall:.2f} at {scores[order[last]]:.2f}")
    parts = []
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = (scores >= low) & ((scores < low + 0.2) | (low == 0.8))
        parts.append(f"{low:.1f}-{low + 0.2:.1f}: {int(judged.right[inside].sum())} of {int(inside.sum())}")
    figures = f"n {len(lines)} ({wanted} of an ability), {FOLDS} folds by ability: {', '.join(said)}"
    return f"{figures}; right by score {', '.join(parts)}"


if __name__ == "__main__":
    main()
