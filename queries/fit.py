"""How well a system or component fits a need told in a sentence: by meaning, and by the words it has.

The likelihood is a logistic model over three features, fitted by `benchmarks/measure_recommendation.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.matching.encoder.port import Vectors
from kg.matching.lexicon.loading import phrase_lexicon
from kg.matching.phrases import plain
from kg.matching.words import words_of
from queries.check.context import CheckContext
from queries.estate import Member
from queries.policy.recommendation import recommendation_rules

BEST = 3
SHORTEST_WORD = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need made ready for comparison; `words` are its telling words, with weights that add up to one."""

    phrases: tuple[str, ...]
    vectors: Vectors
    whole: Vectors
    words: tuple[tuple[str, float], ...]


def wanted(text: str, phrases: tuple[str, ...], context: CheckContext) -> Wanted:
    """The need as compared; rare words of the estate weigh more, words without an object nothing."""
    cut = [word for word in words_of(plain(text)) if len(word) >= SHORTEST_WORD]
    telling = [word for word in dict.fromkeys(cut) if word not in phrase_lexicon().idle_words]
    weights = [context.index.rarity.word(word) for word in telling]
    total = sum(weights)
    *vectors, whole = context.encoder.encode([plain(phrase) for phrase in (*phrases, text)])
    return Wanted(
        phrases,
        np.array(vectors),
        whole,
        tuple((word, weight / total) for word, weight in zip(telling, weights, strict=True)),
    )


def features(
    need: Wanted, members: Sequence[Member], context: CheckContext
) -> list[tuple[float, float, float]]:
    """Mean likeness of the phrases to their best offers, of the whole to its best three, words in common."""
    offers = [context.offered(member.id) for member in members]
    # Members of one line of business offer much the same: each wording is compared once.
    rows = {text: row for row, text in enumerate(dict.fromkeys(t for some in offers for t in some.plain))}
    vectors = context.encoder.encode(list(rows))
    likes, wholes = vectors @ need.vectors.T, vectors @ need.whole
    found = []
    for some in offers:
        own = [rows[text] for text in some.plain]
        best = likes[own].max(axis=0)
        whole = np.sort(wholes[own])[-BEST:]
        common = sum(weight for word, weight in need.words if word in some.said)
        found.append((round(float(best.mean()), 4), round(float(whole.mean()), 4), round(common, 4)))
    return found


def likelihoods(need: Wanted, members: Sequence[Member], context: CheckContext) -> list[float]:
    """How likely 0..1 each of the members serves the need."""
    model = recommendation_rules().likelihood[context.encoder.mode]
    logits = [
        sum(w * value for w, value in zip(model.weights, values, strict=True)) + model.intercept
        for values in features(need, members, context)
    ]
    return [round(float(1 / (1 + np.exp(-logit))), 4) for logit in logits]
