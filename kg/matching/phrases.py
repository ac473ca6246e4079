"""Says how far two function phrases mean the same.

The score is the likelihood that both are one function: a logistic model over how object, action and words
agree (`agreement`, `phrase_model`). Where a function is looked for in a list, cosine less a penalty for
characters shared by chance orders the partners (`penalties`).
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.matching.agreement import action_agreement, actions_of, agreements, is_opposite
from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.lexicon.loading import phrase_lexicon
from kg.matching.phrase_model import phrase_weights
from kg.matching.remembered import RememberedPairs
from kg.matching.thresholds import Bands, thresholds
from kg.matching.words import dice, letters_of, words_of

ONE_SIDE_EMPTY = 0.75
VETOED = 0.4


@dataclass(frozen=True, slots=True)
class Said:
    """What pairs of phrases share, one number each: letters, the meaning of what only one side says, classes
    of action, whether neither side names another object, and whether they are opposites.
    """

    overlap: NDArray[np.float64]
    objects: NDArray[np.float64]
    acts: NDArray[np.float64]
    no_object: NDArray[np.float64]
    opposite: NDArray[np.float64]


def bands(encoder: Encoder) -> Bands:
    """The limits that hold for scores made with this encoder."""
    limits = thresholds().phrases
    return limits.semantic if encoder.mode == "semantic" else limits.lexical


def score_matrix(first: Sequence[str], second: Sequence[str], encoder: Encoder) -> Vectors:
    """Scores of every phrase of `first` (rows) with every phrase of `second` (columns)."""
    scores = pair_scores([(one, two) for one in first for two in second], encoder)
    matrix: Vectors = np.array(scores, dtype=np.float32).reshape(len(first), len(second))
    return matrix


def pair_scores(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> list[float]:
    """The likelihood that each pair is one function, 0..1; 1 for one wording, 0 where a side is empty."""
    if not pairs:
        return []
    wordings = [(plain(one), plain(two)) for one, two in pairs]
    return _known_scores(encoder.key).values(wordings, lambda new: _pair_scores(new, encoder))


@functools.lru_cache(maxsize=4)
def _known_scores(model: str) -> RememberedPairs:  # noqa: ARG001 - one for each model
    return RememberedPairs()


def _pair_scores(wordings: Sequence[tuple[str, str]], encoder: Encoder) -> list[float]:
    likely = phrase_weights(encoder.mode).likelihoods(agreements(wordings, encoder)).tolist()
    return [_bounded(*both, score) for both, score in zip(wordings, likely, strict=True)]


def _bounded(first: str, second: str, score: float) -> float:
    if not letters_of(first) or not letters_of(second):
        return 0.0
    return 1.0 if prepared(first) == prepared(second) else score


@functools.lru_cache(maxsize=200_000)
def residue(first: str, second: str) -> tuple[str, str]:
    """What each phrase says beyond the other: its own words, less those without an object."""
    return _beyond(first, second), _beyond(second, first)


def penalties(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> list[float]:
    """What each pair of plain phrases loses of its cosine, for characters they share by chance; 0 or more."""
    return _known_penalties(encoder.key).values(pairs, lambda new: _penalties(new, encoder))


@functools.lru_cache(maxsize=4)
def _known_penalties(model: str) -> RememberedPairs:  # noqa: ARG001 - one for each model
    return RememberedPairs()


def _penalties(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> list[float]:
    if not pairs:
        return []
    residues = [residue(*pair) for pair in pairs]
    vectors = encoder.encode([side for rest in residues for side in rest])
    meets = np.einsum("ij,ij->i", vectors[::2], vectors[1::2]).astype(np.float64)
    left = np.array([[bool(one), bool(two)] for one, two in residues])
    told = [
        (
            dice(letters_of(one), letters_of(two)),
            action_agreement(actions_of(one), actions_of(two)),
            float(is_opposite(prepared(one), prepared(two))),
        )
        for one, two in pairs
    ]
    overlap, acts, opposite = np.array(told).T
    one_sided = np.where(left.any(axis=1), ONE_SIDE_EMPTY, 1.0)
    objects = np.where(left.all(axis=1), meets, one_sided)
    no_object = np.array(~left.any(axis=1), dtype=np.float64)
    found: list[float] = lost(Said(overlap, objects, acts, no_object, opposite)).tolist()
    return found


@functools.lru_cache(maxsize=100_000)
def plain(phrase: str) -> str:
    """The phrase with jargon said in plain words."""
    text = phrase
    for jargon, plain in phrase_lexicon().aliases.items():
        text = text.replace(jargon, plain)
    return text


def _beyond(text: str, other: str) -> str:
    folded = prepared(other)
    idle = phrase_lexicon().idle_words
    return "".join(word for word in words_of(text) if word not in folded and word not in idle)


def lost(said: Said) -> NDArray[np.float64]:
    """What pairs lose of their cosine; the less they share by chance, the less."""
    penalty = (
        1.2 * said.overlap * (1 - said.objects)
        + 0.1 * said.overlap * (1 - said.acts)
        + 0.4 * (1 - said.acts) * said.no_object
    )
    return penalty + VETOED * said.opposite
