"""Finds which wordings mean the same function: near in meaning, sure by score, and of one action."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kg.matching.agreement import action_agreement, actions_of, is_opposite
from kg.matching.capabilities.limits import grouping_limits
from kg.matching.capabilities.vectors import BLOCK, Pairs, Rows, cosines, lengths, rows_of
from kg.matching.encoder.port import Encoder
from kg.matching.neighbours import nearest, pairs_of
from kg.matching.overlap_index import Progress, quiet
from kg.matching.phrases import pair_scores, plain

FEW = 2_000
"""So many new wordings are compared with every other; of more the nearest are looked up."""


class Edge(NamedTuple):
    """Two wordings by position, the smaller first, and how surely they are one function, 0..1."""

    score: float
    a: int
    b: int


def edges_at(
    wordings: Sequence[str], fresh: Sequence[int], encoder: Encoder, *, progress: Progress = quiet
) -> list[Edge]:
    """The pairs of one function with at least one `fresh` end (positions, sorted), surest first."""
    rows = rows_of(wordings, encoder)
    near = _few(rows, fresh, encoder) if len(fresh) <= FEW else _many(rows, fresh, encoder)
    told = [(wordings[a], wordings[b]) for a, b in near.tolist()]
    kept = np.array([_of_one_action(*both) for both in told], dtype=bool)
    asked = near[kept] if len(near) else near
    edges: list[Edge] = []
    for start in range(0, len(asked), BLOCK):
        part = asked[start : start + BLOCK].tolist()
        scores = pair_scores([(wordings[a], wordings[b]) for a, b in part], encoder)
        edges += [Edge(score, a, b) for score, (a, b) in zip(scores, part, strict=True)]
        progress("能力归类", min(len(asked), start + BLOCK), len(asked))
    least = grouping_limits().of(encoder).score
    return sorted((one for one in edges if one.score >= least), key=lambda one: (-one.score, one.a, one.b))


def _many(rows: Rows, fresh: Sequence[int], encoder: Encoder) -> Pairs:
    found, _ = nearest(rows, grouping_limits().neighbours)
    pairs = pairs_of(found)
    is_fresh = np.zeros(len(rows), dtype=bool)
    is_fresh[list(fresh)] = True
    touching = pairs[is_fresh[pairs].any(axis=1)]
    return touching[cosines(rows, touching) >= grouping_limits().of(encoder).cosine]


def _few(rows: Rows, fresh: Sequence[int], encoder: Encoder) -> Pairs:
    """Each fresh row with all others; two fresh ones once."""
    long, least = lengths(rows), grouping_limits().of(encoder).cosine
    asked = np.array(fresh, dtype=np.int64)
    found = [np.zeros((0, 2), dtype=np.int64)]
    for start in range(0, len(rows), BLOCK):
        part = rows[start : start + BLOCK].astype(np.float32)
        products = (rows[asked].astype(np.float32) @ part.T).astype(np.float64)
        near = products >= least * long[asked][:, None] * long[start : start + BLOCK][None, :]
        left, right = np.nonzero(near)
        found.append(np.stack([asked[left], right + start], axis=1))
    pairs = np.sort(np.concatenate(found), axis=1)
    apart = pairs[pairs[:, 0] != pairs[:, 1]]
    return np.unique(apart, axis=0) if len(apart) else apart


def _of_one_action(first: str, second: str) -> bool:
    """Whether they name no different actions, nor one of two opposites each."""
    one, other = plain(first), plain(second)
    return action_agreement(actions_of(one), actions_of(other)) >= 1 and not is_opposite(one, other)
