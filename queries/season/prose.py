"""Sentences that two papers share word for word and that are not everybody's: signs of one plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.matching.encoder.onnx import prepared
from queries.season.submission import Submission

STOP = re.compile(r"[。；！？\n]")
SHORTEST = 15
"""Signs of a sentence that is unlikely to be written twice by chance."""
UNITS = 3
"""Units in whose papers a sentence makes it a set phrase."""
OF_UNIT = re.compile("[我本](?:局|委|厅|办|院|中心|单位|部门)")
"""What a unit calls itself: what it says of itself stands in all of its papers."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How many sentences two papers share, which part 0..1 of the shorter one, and the longest of them."""

    count: int
    share: float
    longest: str


class Prose:
    """The sentences of each paper, without those of several units."""

    def __init__(self, submissions: Sequence[Submission]) -> None:
        told = [_sentences(one) for one in submissions]
        units: dict[str, set[str]] = {}
        for one, sentences in zip(submissions, told, strict=True):
            for sentence in sentences:
                units.setdefault(sentence, set()).add(one.unit or one.file)
        self._own = [frozenset(s for s in sentences if len(units[s]) < UNITS) for sentences in told]

    def shared(self, a: int, b: int) -> Shared:
        """What two papers share, by position."""
        one, other = self._own[a], self._own[b]
        both = one & other
        shorter = min(len(one), len(other))
        longest = min(both, key=lambda sentence: (-len(sentence), sentence), default="")
        return Shared(len(both), len(both) / shorter if shorter else 0.0, longest)


def _sentences(one: Submission) -> frozenset[str]:
    parts = (prepared(part.strip()) for part in STOP.split(one.proposal.description.text))
    return frozenset(part for part in parts if len(part) >= SHORTEST and not _is_of_unit(part, one.unit))


def _is_of_unit(sentence: str, unit: str) -> bool:
    return bool(OF_UNIT.search(sentence)) or (bool(unit) and unit in sentence)
