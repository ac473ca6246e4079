"""Which wordings are functions of a shared ability of the registry; its capability is the registry's."""

from collections.abc import Sequence

import numpy as np

from kg.identity import capability_id
from kg.matching.abilities import AbilityMatcher, shared_abilities
from kg.matching.capabilities.limits import grouping_limits
from kg.matching.capabilities.vectors import cosines, rows_of
from kg.matching.encoder.port import Encoder
from kg.matching.overlap_index import Progress, quiet
from kg.matching.phrases import pair_scores
from kg.model import EntityId

BLOCK = 1_000


def anchored(wordings: Sequence[str], encoder: Encoder, *, progress: Progress = quiet) -> dict[str, EntityId]:
    """The registered capability of each wording that means the same as one of the registry's own."""
    matcher = AbilityMatcher(shared_abilities(), encoder)
    found: dict[str, EntityId] = {}
    for start in range(0, len(wordings), BLOCK):
        part = wordings[start : start + BLOCK]
        matches = zip(part, matcher.match(part), strict=True)
        sure = [(wording, one) for wording, one in matches if one is not None and one.certain]
        alike = _alike([(wording, one.prototype) for wording, one in sure], encoder)
        found |= {
            wording: capability_id(one.id, registered=True)
            for (wording, one), kept in zip(sure, alike, strict=True)
            if kept
        }
        progress("共享能力", min(len(wordings), start + BLOCK), len(wordings))
    return found


def _alike(pairs: Sequence[tuple[str, str]], encoder: Encoder) -> list[bool]:
    """A rebuilt ability may be told by a hint; what is one needs the same meaning."""
    limits = grouping_limits().anchor
    rows = rows_of([text for pair in pairs for text in pair], encoder)
    near = cosines(rows, np.arange(2 * len(pairs), dtype=np.int64).reshape(-1, 2))
    scores = pair_scores(pairs, encoder)
    return [
        cosine >= limits.cosine and score >= limits.score
        for cosine, score in zip(near.tolist(), scores, strict=True)
    ]
