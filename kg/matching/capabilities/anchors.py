"""Which wordings are functions of a shared ability of the registry; its capability is the registry's."""

from collections.abc import Sequence

from kg.identity import capability_id
from kg.matching.abilities import AbilityMatcher, shared_abilities
from kg.matching.capabilities.limits import grouping_limits
from kg.matching.encoder.port import Encoder
from kg.matching.overlap_index import Progress, quiet
from kg.model import EntityId

BLOCK = 1_000


def anchored(wordings: Sequence[str], encoder: Encoder, *, progress: Progress = quiet) -> dict[str, EntityId]:
    """The registered capability of each wording that is certainly a function of one."""
    matcher = AbilityMatcher(shared_abilities(), encoder)
    least = grouping_limits().anchor.score
    found: dict[str, EntityId] = {}
    for start in range(0, len(wordings), BLOCK):
        part = wordings[start : start + BLOCK]
        for wording, match in zip(part, matcher.match(part), strict=True):
            if match is not None and match.certain and match.score >= least:
                found[wording] = capability_id(match.id, registered=True)
        progress("共享能力", min(len(wordings), start + BLOCK), len(wordings))
    return found
