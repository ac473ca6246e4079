"""Measures how two profiles agree; every feature is 0..1 and none of them a length or a count."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.matching.alignment import likeness, pair_up
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.names import core_share, core_similarity
from kg.matching.phrases import pair_scores, plain
from kg.matching.profile import Profile
from kg.matching.rarity import Rarity
from kg.matching.thresholds import thresholds
from kg.matching.words import dice, letters_of

GRAM = 8
ORDER_FROM = 3
NEAR, FLOOR = 0.1, 0.45
"""Items further below the best of row and column, or below the floor, are taken for different functions."""


@dataclass(frozen=True, slots=True)
class Features:
    """Agreement of two systems; `order` is None below three matches, `coverage` below three items.

    `core` is how alike the names are, `named` the share of the shorter one's letters found in the other.
    `objects` is the mean phrase score of the matches, low where they share words but not the business object;
    None where a side lists no functions or the sentence model is missing. `pairs` are (item of a, item of b,
    similarity), one to one; `same_region` is None when a side is unknown; one department on both sides counts
    as one region.
    """

    core: float
    named: float
    aligned: float
    order: float | None
    coverage: float | None
    meaning: float
    verbatim: float
    same_region: bool | None
    objects: float | None
    uses: str
    brand: str
    pairs: tuple[tuple[int, int, float], ...]


def features(first: Profile, second: Profile, *, encoder: Encoder, rarity: Rarity) -> Features:
    """The features of a pair."""
    views = []
    for similar in item_similarities(first, second, encoder):
        matched = matches(similar)
        scores = _phrase_scores(first, second, matched, encoder=encoder)
        views.append(view(first, second, Seen(similar, matched, scores), rarity=rarity))
    return agreed(first, second, views)


def agreed(first: Profile, second: Profile, views: Sequence["View"]) -> Features:
    """The features of a pair whose items were seen in these views."""
    return Features(
        core=max((core_similarity(a, b) for a in first.cores for b in second.cores), default=0.0),
        named=max((core_share(a, b) for a in first.cores for b in second.cores), default=0.0),
        aligned=sum(one.aligned for one in views) / len(views),
        order=_mean([one.order for one in views if one.order is not None]),
        coverage=_mean([one.coverage for one in views if one.coverage is not None]),
        meaning=round(sum(one.meaning for one in views) / len(views), 4),
        verbatim=_verbatim(first.text, second.text),
        same_region=_same_owner(first, second),
        objects=views[0].objects,
        uses=_used(first, second) or _used(second, first),
        brand=min(first.brands & second.brands, default=""),
        pairs=views[0].pairs,
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """Items as one measure of likeness sees them: the likeness of all, the pairs it makes, their scores.

    `scores` are phrase scores, none where a side lists no functions or there is no sentence model.
    """

    similar: Vectors
    matched: Sequence[tuple[int, int, float]]
    scores: Sequence[float]


@dataclass(frozen=True, slots=True)
class View:
    """How the items of a pair agree, seen by one measure of likeness."""

    aligned: float
    order: float | None
    coverage: float | None
    meaning: float
    objects: float | None
    pairs: tuple[tuple[int, int, float], ...]


def matches(similar: Vectors) -> list[tuple[int, int, float]]:
    """Pairs of items, one to one, with their likeness."""
    return [(i, j, float(similar[i, j])) for i, j in pair_up(similar, thresholds().pairs.match)]


def view(first: Profile, second: Profile, seen: Seen, *, rarity: Rarity) -> View:
    """How the items of a pair agree."""
    matched, scores, similar = seen.matched, seen.scores, seen.similar
    objects = round(sum(scores) / len(scores), 4) if scores else None
    if scores:
        least = thresholds().phrases.lists.score
        matched = [pair for pair, score in zip(matched, scores, strict=True) if score >= least]
    left, right = _weights(first.items, rarity), _weights(second.items, rarity)
    gained = [min(left[i], right[j]) * score for i, j, score in matched]
    smaller = min(sum(left), sum(right))
    both_list = len(first.items) >= ORDER_FROM and len(second.items) >= ORDER_FROM
    return View(
        aligned=min(1.0, sum(gained) / smaller) if smaller else 0.0,
        order=_order(matched, gained) if len(matched) >= ORDER_FROM else None,
        coverage=len(matched) / min(len(first.items), len(second.items)) if both_list else None,
        meaning=containment(similar, left, right),
        objects=objects,
        pairs=tuple(matched),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def item_similarities(first: Profile, second: Profile, encoder: Encoder) -> list[Vectors]:
    """Views of how alike the items are, each 0..1; the first one says which items stand for each other.

    Two lists of functions are seen by the ramp of their likeness. A list and a text are seen by the mean of
    the ramp of the cosine, which bears clauses, and the likelihood that two phrases are one function, which
    sees through other words; two texts by that ramp and by that mean. Without the sentence model: the share
    of common letters.
    """
    one, two = first.items, second.items
    if not one or not two:
        return [np.zeros((len(one), len(two)), dtype=np.float32)]
    if encoder.mode == "lexical":
        return [np.array([[dice(letters_of(a), letters_of(b)) for b in two] for a in one], dtype=np.float32)]
    limits = thresholds().pairs
    if first.listed and second.listed:
        return [list_ramp(likeness(one, two, encoder))]
    cosine = encoder.encode([plain(text) for text in one]) @ encoder.encode([plain(text) for text in two]).T
    ramp, likely = _ramp(cosine, limits.ramp), _likely((one, two), cosine, encoder)
    seen = np.asarray((ramp + likely) / 2, dtype=np.float32)
    return [seen] if first.listed or second.listed else [ramp, seen]


def _likely(items: tuple[Sequence[str], Sequence[str]], cosine: Vectors, encoder: Encoder) -> Vectors:
    """The likelihood that two items are one function, for those that nearly are each other's nearest."""
    one, two = items
    best = np.minimum(cosine.max(axis=1, keepdims=True), cosine.max(axis=0, keepdims=True))
    cells = np.argwhere((cosine >= best - NEAR) & (cosine >= FLOOR))
    scores = pair_scores([(one[i], two[j]) for i, j in cells.tolist()], encoder)
    found: Vectors = np.zeros(cosine.shape, dtype=np.float32)
    found[cells[:, 0], cells[:, 1]] = scores
    return found


def _phrase_scores(
    first: Profile, second: Profile, matched: Sequence[tuple[int, int, float]], *, encoder: Encoder
) -> list[float]:
    """The phrase score of each match; none where a side lists no functions or there is no sentence model."""
    if encoder.mode == "lexical" or not (first.listed and second.listed and matched):
        return []
    return pair_scores([(first.items[i], second.items[j]) for i, j, _ in matched], encoder)


def list_ramp(like: Vectors) -> Vectors:
    """How alike the functions of two lists are, 0..1, by their likeness."""
    return _ramp(like, thresholds().pairs.list_ramp)


def _ramp(scores: Vectors, limits: tuple[float, float]) -> Vectors:
    low, high = limits
    return np.asarray(np.round(np.clip((scores - low) / (high - low), 0, 1), 4), dtype=np.float32)


def containment(similar: Vectors, left: Sequence[float], right: Sequence[float]) -> float:
    """Weighted share of one side's items that the other side holds; the larger of both directions."""
    if not similar.size:
        return 0.0
    forward = float(np.dot(similar.max(axis=1), left)) / sum(left)
    backward = float(np.dot(similar.max(axis=0), right)) / sum(right)
    return round(max(forward, backward), 4)


@functools.lru_cache(maxsize=32_768)
def _weights(items: tuple[str, ...], rarity: Rarity) -> tuple[float, ...]:
    return tuple(_weight(item, rarity) for item in items)


@functools.lru_cache(maxsize=200_000)
def _weight(item: str, rarity: Rarity) -> float:
    return rarity.phrase(item)


def _order(matched: Sequence[tuple[int, int, float]], gained: Sequence[float]) -> float:
    best: list[float] = []
    for (_, column, _), gain in zip(matched, gained, strict=True):
        longest = 0.0
        for (_, before, _), sum_before in zip(matched, best, strict=False):
            if before < column and sum_before > longest:
                longest = sum_before
        best.append(gain + longest)
    return min(1.0, max(best) / sum(gained))


def _verbatim(first: str, second: str) -> float:
    left, right = _grams(first), _grams(second)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


@functools.lru_cache(maxsize=2048)
def _grams(text: str) -> frozenset[str]:
    letters = "".join(letter for letter in text if letter.isalnum())
    return frozenset(letters[i : i + GRAM] for i in range(len(letters) - GRAM + 1))


def _same_owner(first: Profile, second: Profile) -> bool | None:
    if first.region and second.region and first.region.isdigit() == second.region.isdigit():
        return first.region == second.region
    if first.level and second.level and first.level != second.level:
        return False
    return True if first.department and first.department == second.department else None


def _used(owner: Profile, user: Profile) -> str:
    if set(owner.cores) & set(user.cores):
        return ""
    return min(set(owner.cores[:1]) & user.uses, default="")
