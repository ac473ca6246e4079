"""How well a system or component fits a need told in a sentence: by meaning, and by the words it has.

The likelihood is a logistic model over three features, fitted by `benchmarks/measure_recommendation.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.matching.encoder.port import Vectors
from kg.matching.items import items_in
from kg.matching.lexicon.loading import phrase_lexicon
from kg.matching.phrases import plain
from kg.matching.words import words_of
from queries.check.context import CheckContext
from queries.estate import Member
from queries.policy.recommendation import recommendation_rules

CLAUSES = 20
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
    return Wanted(
        phrases,
        context.encoder.encode([plain(phrase) for phrase in phrases]),
        context.encoder.encode([plain(text)])[0],
        tuple((word, weight / total) for word, weight in zip(telling, weights, strict=True)),
    )


def offers_of(member: Member) -> tuple[str, ...]:
    """What the member says it is and does: its names, its functions, else the phrases of its description."""
    described = member.description
    names = tuple(name for name in (described.name, *described.aliases) if name)
    functions = tuple(item.text for item in described.items)
    return (*names, *(functions or items_in(described.text)[:CLAUSES]))


def features(
    need: Wanted, members: Sequence[Member], context: CheckContext
) -> list[tuple[float, float, float]]:
    """Mean likeness of the phrases to their best offers, of the whole to its best three, words in common."""
    offers = [offers_of(member) for member in members]
    vectors = context.encoder.encode([plain(offer) for some in offers for offer in some])
    ends = np.cumsum([len(some) for some in offers]).tolist()
    found = []
    for member, some, end in zip(members, offers, ends, strict=True):
        own = vectors[end - len(some) : end]
        best = (own @ need.vectors.T).max(axis=0)
        whole = np.sort(own @ need.whole)[-BEST:]
        said = plain(" ".join((*some, member.description.text))).lower()
        common = sum(weight for word, weight in need.words if word in said)
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
