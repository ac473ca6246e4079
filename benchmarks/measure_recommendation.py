"""Fits and measures when something serves a need told in a sentence; prints what recommendation.yaml cites.

Run: python -m benchmarks.measure_recommendation. Needs are sentences over the lines of business of the
synthetic estate; a need is answerable by the systems of its line, and without these by nothing. Every
second line of business is held out.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from api.bootstrap import encoder
from api.settings import Settings
from examples.generate.systems import estate
from examples.generate.vocabulary import Domain, domains
from ingest.pipeline import run
from ingest.reading import Options
from kg.matching.encoder.lexical import LexicalEncoder
from kg.ontology import load_ontology
from kg.store.canonical import CanonicalReader
from kg.store.memory import MemoryStore
from queries.check import CheckContext, prepare
from queries.estate import Member
from queries.fit import features, wanted
from queries.recommend import Need

FOLDER = Path(__file__).parent.parent / "examples" / "estate"
SENTENCES = 3
Lines = Mapping[str, str]


class Case(NamedTuple):
    """Features of the best system of the need's own line of business, and of the best of any other."""

    own: NDArray[np.float64]
    other: NDArray[np.float64]


def needs(domain: Domain) -> Iterator[str]:
    """Sentences on one line of business, in the second wording of its functions."""
    functions = [wording for _, wording in domain.functions]
    random.Random(domain.key).shuffle(functions)
    for one, two, three, four in zip(*[iter(functions)] * 4, strict=False):
        yield f"需要{domain.object}，支持{one}、{two}"
        yield f"{domain.department}拟开展{three}工作"
        yield four


def cases(chosen: Sequence[Domain], context: CheckContext, lines: Lines) -> Iterator[Case]:
    """One case for each need that the estate has systems for."""
    members = [m for m in context.members if m.type != "Project" and m.description.items]
    for domain in chosen:
        own = np.array([lines.get(member.name) == domain.key for member in members])
        for text in needs(domain) if own.any() else ():
            found = _features(Need(text).bare, members, context)
            yield Case(_best(found[own]), _best(found[~own]))


def _features(text: str, members: Sequence[Member], context: CheckContext) -> NDArray[np.float64]:
    need = wanted(text, Need(text).phrases, context)
    return np.array(features(need, members, context))


def _best(found: NDArray[np.float64]) -> NDArray[np.float64]:
    best: NDArray[np.float64] = found[found.mean(axis=1).argmax()]
    return best


def loaded() -> MemoryStore:
    """The synthetic estate in memory."""
    store = MemoryStore(load_ontology())
    run([FOLDER], store, archive=None, options=Options(today="2026-01-01"))
    return store


def report(context: CheckContext, lines: Lines) -> str:
    """Weights fitted on half of the lines of business, and what they reach on the other half."""
    train, held = (list(cases(half, context, lines)) for half in (domains()[::2], domains()[1::2]))
    rows = np.array([row for case in train for row in case])
    model = LogisticRegression(C=10.0, max_iter=3000).fit(rows, [1, 0] * len(train))
    own, other = (model.predict_proba(np.array(side))[:, 1] for side in zip(*held, strict=True))
    auc = roc_auc_score([1] * len(own) + [0] * len(other), np.concatenate([own, other]))
    weights = f"weights {model.coef_[0].round(2).tolist()}, intercept {model.intercept_[0]:.2f}"
    ranked = f"own line first {np.mean(own > other):.2f}, AUC {auc:.3f}"
    answered = f"at .5 answered {np.mean(own >= 0.5):.2f}, wrongly {np.mean(other >= 0.5):.2f}"
    return f"{context.encoder.mode}: {weights}; held out, n {len(held)}: {ranked}, {answered}"


def main() -> None:
    """Prints one line for each mode of comparison."""
    reader = CanonicalReader(loaded(), load_ontology())
    lines = {system.name: system.domain for system in estate()}
    for model in (encoder(Settings()), LexicalEncoder("measured without the sentence model")):
        print(report(prepare(reader, model, engine="bench"), lines))


if __name__ == "__main__":
    main()
