"""Judges many pairs of systems at once: the same labels and scores as one comparison after the other."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kg.matching.batch.blocks import verdicts
from kg.matching.description import Description
from kg.matching.pairs import Context, Label

LABELS: tuple[Label, ...] = ("different", "same", "same_kind", "reskinned", "reuse")
"""Kinds in the order of their codes."""
BLOCK = 4_000
PARALLEL_FROM = 8_000
"""Fewer pairs are judged faster than another process is started."""
Told = Callable[[int, int], None]


def unheard(done: int, total: int) -> None:
    """Tells nobody how far the work is."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs that are not different: positions (n, 2) of descriptions, codes of LABELS, scores 0..1."""

    pairs: NDArray[np.int64]
    labels: NDArray[np.int8]
    scores: NDArray[np.float64]

    @classmethod
    def joined(cls, parts: Sequence["Judged"]) -> "Judged":
        """All of them, in order."""
        if not parts:
            return cls(np.zeros((0, 2), np.int64), np.zeros(0, np.int8), np.zeros(0))
        return cls(
            np.concatenate([part.pairs for part in parts]),
            np.concatenate([part.labels for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """What is judged; other processes inherit it when they are started."""

    descriptions: Sequence[Description]
    pairs: NDArray[np.int64]
    context: Context

    def block(self, start: int) -> Judged:
        """The pairs from `start` on, as many as are handed out at once."""
        pairs = self.pairs[start : start + BLOCK]
        said = {place: self.descriptions[place] for place in np.unique(pairs).tolist()}
        told = verdicts(said, [(i, j) for i, j in pairs.tolist()], context=self.context)
        labels = np.array([LABELS.index(label) for label, _ in told], dtype=np.int8)
        scores = np.array([score for _, score in told], dtype=np.float64)
        kept = labels > 0
        return Judged(pairs[kept], labels[kept], scores[kept])


class Kept(Protocol):
    """Blocks that an earlier run has judged, by the number of the pair they begin with."""

    def get(self, start: int) -> Judged | None: ...

    def put(self, start: int, judged: Judged) -> None: ...


_inherited: list[_Work] = []


def judge_pairs(
    descriptions: Sequence[Description],
    pairs: NDArray[np.int64],
    context: Context,
    *,
    told: Told = unheard,
    workers: int = 1,
    kept: Kept | None = None,
) -> Judged:
    """What `compare` says of each pair of positions, in their order, pairs that are different left out.

    `told` hears how many of how many pairs are done. The result does not depend on `workers`. Pairs of alike
    systems should stand together: their functions are then compared once. What is `kept` is not judged again.
    """
    work = _Work(descriptions, pairs, context)
    starts = range(0, len(pairs), BLOCK)
    parts = {start: part for start in starts if kept is not None and (part := kept.get(start)) is not None}
    missing = [start for start in starts if start not in parts]
    judged = _judged(work, missing, workers if len(missing) * BLOCK >= PARALLEL_FROM else 1)
    for start, part in zip(missing, judged, strict=True):
        parts[start] = part
        if kept is not None:
            kept.put(start, part)
        told(min(len(pairs), len(parts) * BLOCK), len(pairs))
    return Judged.joined([parts[start] for start in starts])


def _judged(work: _Work, starts: Sequence[int], workers: int) -> Iterator[Judged]:
    if workers == 1:
        yield from map(work.block, starts)
        return
    _inherited.append(work)
    try:
        with multiprocessing.get_context("fork").Pool(workers) as pool:
            yield from pool.imap(_block, starts)
    finally:
        _inherited.remove(work)


def _block(start: int) -> Judged:
    return _inherited[-1].block(start)
