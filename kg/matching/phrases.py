"""Says how far two function phrases mean the same.

score = cos - 1.2·dice·(1-ro) - .1·dice·(1-act) - .4·(1-act)·[no object left]: high overlap of characters
counts against two phrases whose differing words mean different things. Coefficients: fixed on the dev half
of 277 labelled phrase pairs.
"""

import functools
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.matching.encoder.onnx import prepared
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.lexicon.loading import phrase_lexicon
from kg.matching.thresholds import Bands, thresholds
from kg.matching.words import dice, letters_of, words_of

ONE_SIDE_EMPTY = 0.75
VETOED = 0.4


def bands(encoder: Encoder) -> Bands:
    """The limits that hold for scores made with this encoder."""
    limits = thresholds().phrases
    return limits.semantic if encoder.mode == "semantic" else limits.lexical


def score_matrix(first: Sequence[str], second: Sequence[str], encoder: Encoder) -> Vectors:
    """Scores of every phrase of `first` (rows) with every phrase of `second` (columns), rounded to 1e-4.

    Pairs whose cosine stays below the review band keep the cosine: the penalties could only lower it.
    """
    left, right = [plain(text) for text in first], [plain(text) for text in second]
    cosine = encoder.encode(left) @ encoder.encode(right).T
    chosen = cosine >= bands(encoder).review
    return _penalised(cosine, chosen, texts=(left, right), encoder=encoder)


def pair_scores(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> list[float]:
    """The phrase score of each pair, as the score matrix has it."""
    wordings = [(plain(one), plain(two)) for one, two in pairs]
    left, right = (encoder.encode(side) for side in zip(*wordings, strict=True))
    scores = np.einsum("ij,ij->i", left, right)
    near = np.flatnonzero(scores >= bands(encoder).review).tolist()
    scores[near] -= np.array(penalties([wordings[k] for k in near], encoder), dtype=np.float32)
    return [round(float(score), 4) for score in scores]


@functools.lru_cache(maxsize=200_000)
def residue(first: str, second: str) -> tuple[str, str]:
    """What each phrase says beyond the other: its own words, less those without an object."""
    return _beyond(first, second), _beyond(second, first)


@functools.lru_cache(maxsize=100_000)
def actions_of(phrase: str) -> frozenset[str]:
    """Classes of the actions a phrase names; empty when it names none."""
    text = prepared(phrase)
    return frozenset(
        name for name, words in phrase_lexicon().actions.items() if any(word in text for word in words)
    )


def _penalised(
    cosine: Vectors, chosen: NDArray[np.bool_], *, texts: tuple[list[str], list[str]], encoder: Encoder
) -> Vectors:
    cells = np.argwhere(chosen)
    lost = penalties([(texts[0][i], texts[1][j]) for i, j in cells.tolist()], encoder)
    scores = np.array(cosine, dtype=np.float32)
    scores[cells[:, 0], cells[:, 1]] -= np.array(lost, dtype=np.float32)
    rounded: Vectors = np.round(scores, 4)
    return rounded


def penalties(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> list[float]:
    """What each pair of plain phrases loses of its cosine, for characters they share by chance; 0 or more."""
    residues = [residue(*pair) for pair in pairs]
    vectors = encoder.encode([side for rest in residues for side in rest])
    meets = np.einsum("ij,ij->i", vectors[::2], vectors[1::2]) if pairs else ()
    return [_penalty(*one) for one in zip(pairs, residues, map(float, meets), strict=True)]


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


def _penalty(pair: tuple[str, str], rest: tuple[str, str], meets: float) -> float:
    first, second = pair
    overlap = dice(letters_of(first), letters_of(second))
    no_object = not any(rest)
    objects = 1.0 if no_object else meets if all(rest) else ONE_SIDE_EMPTY
    acts = _action_agreement(actions_of(first), actions_of(second))
    penalty = 1.2 * overlap * (1 - objects) + 0.1 * overlap * (1 - acts) + 0.4 * (1 - acts) * no_object
    return penalty + (VETOED if _is_vetoed(first, second) else 0.0)


def _action_agreement(first: frozenset[str], second: frozenset[str]) -> float:
    if not first or not second or first & second:
        return 1.0
    pairs = phrase_lexicon().compatible_pairs
    return 0.5 if any(frozenset((one, two)) in pairs for one in first for two in second) else 0.0


def _is_vetoed(first: str, second: str) -> bool:
    left, right = _vetoing(first), _vetoing(second)
    return any(right.get(number, word) != word for number, word in left.items())


@functools.lru_cache(maxsize=100_000)
def _vetoing(text: str) -> Mapping[int, str]:
    """Of each pair of opposites of which the text holds only one, that one by the pair's number."""
    held = ([word for word in pair if word in text] for pair in phrase_lexicon().vetoes)
    return {number: words[0] for number, words in enumerate(held) if len(words) == 1}
