"""Scores pairs by a model that trains itself, on its own clearest matches and on decoys that are none."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from kg.matching.linkage.candidates import Floats, Ints, Marks, rounded
from kg.matching.linkage.comparison import Compared
from kg.matching.linkage.competition import NEVER, World, best_rival, firsts, whole, without_best
from kg.matching.linkage.settings import settings

LEAST_LIKENESS, CERTAIN = 1e-3, 1e-4
ITERATIONS = 500
_Sides = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Scored:
    """A score in logits for each pair, the best score of a rival of either record, and the limit of a match.

    `trained` is False where there were too few clear pairs to learn from.
    """

    score: Floats
    rivals: tuple[Floats, Floats]
    limit: float
    trained: bool


@dataclass(frozen=True, slots=True)
class _Model:
    scaler: StandardScaler
    regression: LogisticRegression

    def score(self, world: World) -> Floats:
        scaled = self.scaler.transform(world.features)
        return rounded(self.regression.decision_function(scaled))


def score(compared: Compared) -> Scored:
    """Scores all pairs; the same pairs give the same scores on any number of threads.

    Starts from the geometric mean of likenesses and of their ratios to rivals. Then, six times: the pairs
    that are the best of both their records and pass the limit count as matches, all others and the best
    pairs of the worlds without a record's best partner as none, and a logistic regression learns from them.
    """
    with threadpool_limits(limits=1):
        world = whole(compared)
        found = _first(world)
        if int(_is_best(found, _rivals(compared, found)).sum()) < settings().few:
            first = settings().first_limit
            limit = float(np.log(first / (1 - first)))
            return Scored(found, _rivals(compared, found), limit, trained=False)
        return _trained(compared, world, found)


def _trained(compared: Compared, world: World, found: Floats) -> Scored:
    model: _Model | None = None
    limit = 0.0
    for round_ in range(settings().rounds + 1):
        rivals = _rivals(compared, found)
        decoys = [without_best(compared, found, side) for side in (0, 1)]
        scores = [_first(decoy) if model is None else model.score(decoy) for decoy in decoys]
        best = _is_best(found, rivals)
        passing = _passing(compared, rivals, list(zip(decoys, scores, strict=True)))
        limit = _limit(found[best], passing)
        if round_ < settings().rounds:
            negatives = [
                decoy.features[_leading((decoy.i, decoy.j)[side], scored)]
                for side, (decoy, scored) in enumerate(zip(decoys, scores, strict=True))
            ]
            model = _fitted(world.features, best & (found >= limit), np.vstack(negatives))
            found = model.score(world)
    return Scored(found, _rivals(compared, found), limit, trained=True)


def _fitted(features: Floats, matches: Marks, negatives: Floats) -> _Model:
    scaler = StandardScaler().fit(features)
    rows = scaler.transform(np.vstack([features, negatives]))
    labels = np.concatenate([matches.astype(np.int64), np.zeros(len(negatives), dtype=np.int64)])
    return _Model(scaler, LogisticRegression(C=settings().strength, max_iter=ITERATIONS).fit(rows, labels))


def _first(world: World) -> Floats:
    """The score before anything is learnt, in logits."""
    like = np.mean([np.log(np.clip(one, LEAST_LIKENESS, 1)) for one in world.likenesses], axis=0)
    ahead = np.mean([np.minimum(ratio, 0) for ratio in world.ratios], axis=0)
    probability = np.clip(np.exp((like + ahead) / 2), CERTAIN, 1 - CERTAIN)
    return rounded(np.log(probability / (1 - probability)))


def _rivals(compared: Compared, found: Floats) -> tuple[Floats, Floats]:
    left, right = compared.sizes
    return best_rival(compared.i, found, left), best_rival(compared.j, found, right)


def _is_best(found: Floats, rivals: tuple[Floats, Floats]) -> Marks:
    best: Marks = (found >= rivals[0]) & (found >= rivals[1])
    return best


def _passing(compared: Compared, rivals: tuple[Floats, Floats], decoys: list[tuple[World, Floats]]) -> _Sides:
    """For each record, by side, the score with which it still matches in the world without its best partner.

    There, too, the pair must be the best of the partner, whose world is as it is.
    """
    found = []
    for side, (decoy, scored) in enumerate(decoys):
        passes = scored >= rivals[1 - side][_positions(compared, decoy)]
        top = np.full(compared.sizes[side], NEVER)
        np.maximum.at(top, (decoy.i, decoy.j)[side][passes], scored[passes])
        found.append(top)
    return found[0], found[1]


def _positions(compared: Compared, decoy: World) -> Ints:
    """Where the pairs of a decoy world stand among all pairs."""
    wide = compared.sizes[1]
    return np.searchsorted(compared.i * wide + compared.j, decoy.i * wide + decoy.j)


def _limit(candidates: Floats, passing: _Sides) -> float:
    """The score from which on accepting gives the best estimated F1.

    The number of wrong matches is that of the records which still match when their best partner is gone, on
    average of both sides.
    """
    limits = np.sort(candidates)[::-1]
    accepted = np.arange(1, len(limits) + 1)
    still = [len(side) - np.searchsorted(np.sort(side), limits) for side in passing]
    right = accepted - np.minimum(np.mean(still, axis=0), accepted)
    f1 = rounded(2 * right / (accepted + right.max()))
    return float(limits[int(np.argmax(f1))])


def _leading(key: Ints, found: Floats) -> Ints:
    """The position of the best pair of each key."""
    order = np.lexsort((-found, key))
    return np.asarray(order[firsts(key[order])], dtype=np.int64)
