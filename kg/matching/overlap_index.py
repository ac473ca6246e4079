"""All overlaps of an estate, kept up to date: what has not changed is not judged again.

Counts of words and the centre of meaning are fitted once and kept, so that a change moves no other score;
when more than a fiftieth of the estate has changed since, everything is fitted and judged anew.
"""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.matching.description import Description
from kg.matching.encoder.port import Encoder, Vectors
from kg.matching.encoder.table import TableEncoder
from kg.matching.judged_blocks import JudgedBlocks
from kg.matching.neighbours import Positions, groups
from kg.matching.pairs import Context
from kg.matching.phrases import plain
from kg.matching.rarity import Rarity
from kg.matching.scoring import Judged, judge_pairs
from kg.matching.sketched import Sketched, candidates, candidates_of, rarity_of
from kg.matching.sketches import Sketches

logger = logging.getLogger(__name__)
DRIFT = 0.02
DIGEST = 16
Progress = Callable[[str, int, int], None]
"""Hears of a stage how many of how many are done."""


def quiet(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class OverlapIndex:
    """Overlaps of systems in the order of their ids; `key` names the model and rules they were judged with.

    `digests` tell a changed system; `limits` are the least products of each system with its neighbours on
    each side of its sketches; `drift` counts what has changed since the counts of words were fitted.
    """

    key: str
    ids: tuple[str, ...]
    digests: NDArray[np.uint8]
    rarity: Rarity
    centre: Vectors
    sketched: Sketched
    limits: NDArray[np.int64]
    judged: Judged
    drift: int = 0


def digests_of(descriptions: Sequence[Description]) -> NDArray[np.uint8]:
    """A row of 16 bytes for each description, which changes when it says something else."""
    rows = [
        hashlib.blake2b(repr(_said(one)).encode("utf-8", "replace"), digest_size=DIGEST).digest()
        for one in descriptions
    ]
    return np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(len(rows), DIGEST)


def _said(one: Description) -> tuple[object, ...]:
    """What a comparison looks at; money and places of functions change no score."""
    items = tuple(item.text for item in one.items)
    return (
        one.id,
        one.name,
        one.aliases,
        one.text,
        items,
        one.department,
        one.region,
        one.uses,
        one.declared,
    )


def built(
    descriptions: Sequence[Description],
    encoder: Encoder,
    *,
    key: str,
    progress: Progress = quiet,
    workers: int = 1,
    unfinished: Path | None = None,
) -> OverlapIndex:
    """The overlaps of all descriptions, which come in any order; `progress` hears of each stage.

    In the folder `unfinished` stands what a run has judged that did not come to its end.
    """
    ordered = sorted(descriptions, key=lambda one: one.id)
    digests = digests_of(ordered)
    rarity = rarity_of(ordered)
    phrases = (plain(item.text) for one in ordered for item in one.items)
    table = TableEncoder(encoder, phrases, told=lambda done, total: progress("功能语义", done, total))
    semantic = encoder.mode == "semantic"
    sketched, centre = Sketched.of(ordered, table, rarity)
    found, limits = candidates(sketched, semantic=semantic)
    pairs = _grouped(found, sketched.meaning if semantic else sketched.words)
    judged = judge_pairs(
        ordered,
        pairs,
        Context(table, rarity),
        told=lambda done, total: progress("系统比对", done, total),
        workers=workers,
        kept=_kept_blocks(unfinished, key, (digests.tobytes(), pairs.tobytes())),
    )
    return OverlapIndex(
        key=key,
        ids=tuple(one.id for one in ordered),
        digests=digests,
        rarity=rarity,
        centre=centre,
        sketched=sketched,
        limits=limits,
        judged=_sorted(judged),
    )


def updated(
    index: OverlapIndex | None,
    descriptions: Sequence[Description],
    encoder: Encoder,
    *,
    key: str,
    progress: Progress = quiet,
    workers: int = 1,
    unfinished: Path | None = None,
) -> OverlapIndex:
    """The index brought to these descriptions: the same one where nothing has changed.

    Changed systems are judged with their neighbours; all anew where there is no index, the key is another or
    too much has changed.
    """
    ordered = sorted(descriptions, key=lambda one: one.id)
    changes = _changes(index, ordered) if index is not None and index.key == key else None
    if index is None or changes is None or changes.count + index.drift > DRIFT * len(ordered):
        if index is not None and changes is not None and not changes.count:
            return index
        return built(ordered, encoder, key=key, progress=progress, workers=workers, unfinished=unfinished)
    return _rejudged(index, ordered, changes, encoder=encoder) if changes.count else index


def _kept_blocks(folder: Path | None, key: str, judged: Sequence[bytes]) -> JudgedBlocks | None:
    """What was judged of the same pairs of the same systems by the same rules."""
    if folder is None:
        return None
    mark = hashlib.blake2b(b"\0".join([key.encode(), *judged]), digest_size=DIGEST).hexdigest()
    try:
        return JudgedBlocks.opened(folder, mark)
    except OSError as error:
        logger.warning("judged pairs are not kept in %s: %s", folder, error)
        return None


@dataclass(frozen=True, slots=True)
class _Changes:
    """Of each description its place in the index before, -1 when not as it was; and how many are not."""

    before: Positions
    digests: NDArray[np.uint8]
    count: int


def _changes(index: OverlapIndex, ordered: Sequence[Description]) -> _Changes:
    digests = digests_of(ordered)
    known = {ident: place for place, ident in enumerate(index.ids)}
    before = np.array([known.get(one.id, -1) for one in ordered], dtype=np.int64)
    held = before >= 0
    held[held] = (index.digests[before[held]] == digests[held]).all(axis=1)
    before[~held] = -1
    gone = len(known.keys() - {one.id for one in ordered})
    return _Changes(before, digests, int((~held).sum()) + gone)


def _rejudged(
    index: OverlapIndex, ordered: Sequence[Description], changes: _Changes, *, encoder: Encoder
) -> OverlapIndex:
    fresh = np.flatnonzero(changes.before < 0)
    changed = [ordered[place] for place in fresh.tolist()]
    sketched, limits = index.sketched.at(changes.before), index.limits[changes.before]
    if changed:
        sketched.replace(fresh, Sketched.of(changed, encoder, index.rarity, centre=index.centre)[0])
        limits[fresh] = 0
    pairs, limits[fresh] = candidates_of(fresh, sketched, limits, semantic=encoder.mode == "semantic")
    judged = judge_pairs(ordered, pairs, Context(encoder, index.rarity))
    return replace(
        index,
        ids=tuple(one.id for one in ordered),
        digests=changes.digests,
        sketched=sketched,
        limits=limits,
        judged=_sorted(Judged.joined([_kept(index, changes.before), judged])),
        drift=index.drift + changes.count,
    )


def _kept(index: OverlapIndex, before: Positions) -> Judged:
    """What was judged of systems that are as before, at their places now."""
    places = np.full(len(index.ids), -1, dtype=np.int64)
    places[before[before >= 0]] = np.flatnonzero(before >= 0)
    pairs = places[index.judged.pairs].reshape(-1, 2)
    held = (pairs >= 0).all(axis=1)
    return Judged(pairs[held], index.judged.labels[held], index.judged.scores[held])


def _grouped(pairs: Positions, rows: Sketches) -> Positions:
    """The pairs with those of alike systems side by side."""
    if not len(pairs):
        return pairs
    group = groups(rows)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0], group[pairs[:, 0]]))]


def _sorted(judged: Judged) -> Judged:
    """Best score first, ties by position."""
    order = np.lexsort((judged.pairs[:, 1], judged.pairs[:, 0], -judged.scores))
    return Judged(judged.pairs[order], judged.labels[order], judged.scores[order])
