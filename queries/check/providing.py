"""Functions of a proposal that a shared component lists itself, in the same or nearly the same words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.matching.alignment import likeness
from kg.matching.description import Item
from kg.matching.lexicon.loading import ability_rules
from kg.matching.phrases import pair_scores
from kg.matching.thresholds import thresholds
from kg.text import fold
from queries.check.context import CheckContext
from queries.estate import Member


@dataclass(frozen=True, slots=True)
class Provided:
    """A component's own function that stands for the proposed one; `score` 0..1 is their likeness."""

    member: Member
    function: str
    score: float


def provided(items: Sequence[Item], context: CheckContext) -> Mapping[int, Provided]:
    """The nearest such function of any component, by item index; lines of every system's list are none."""
    listed = [
        (member, item.text)
        for member in context.estate.of_type("Component")
        for item in member.description.items
        if fold(item.text) not in ability_rules().everywhere
    ]
    if not items or not listed:
        return {}
    texts = [text for _, text in listed]
    like = likeness([item.text for item in items], texts, context.encoder)
    nearest = np.argmax(like, axis=1).tolist()
    scores = pair_scores(
        [(item.text, texts[j]) for item, j in zip(items, nearest, strict=True)], context.encoder
    )
    return {
        i: Provided(listed[j][0], texts[j], round(float(like[i, j]), 4))
        for i, (j, score) in enumerate(zip(nearest, scores, strict=True))
        if fold(items[i].text) == fold(texts[j])
        or (like[i, j] >= thresholds().abilities.provided and score >= thresholds().abilities.agreed)
    }
