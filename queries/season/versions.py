"""Several versions of one application in a batch: the last one stands for all, none repeats another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.text import fold
from queries.check.changes import Changes, changes
from queries.season.cluster import clusters
from queries.season.submission import Submission


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions of one application by position, earliest first, and what the last one changed."""

    positions: tuple[int, ...]
    files: tuple[str, ...]
    identical: bool
    changes: Changes

    def to_json(self) -> dict[str, Any]:
        """The versions as tools outside read them."""
        return {
            "files": list(self.files),
            "last": self.files[-1],
            "identical": self.identical,
            "changes": self.changes.to_json(),
        }


def versions(submissions: Sequence[Submission]) -> list[Versions]:
    """Applications that lie in the batch more than once, in the order of their last files.

    One application: the same bytes, or the same unit, name (marks of versions aside) and period. Where no
    unit is told, the functions must be the same too.
    """
    pairs: list[tuple[int, int]] = []
    for key_of in (_content, _application):
        seen: dict[object, int] = {}
        for i, one in enumerate(submissions):
            key = key_of(one)
            if key is not None and seen.setdefault(key, i) != i:
                pairs.append((seen[key], i))
    return [_versions(submissions, held) for held in clusters(pairs)]


def _content(one: Submission) -> object:
    return one.proposal.sha256 or None


def _application(one: Submission) -> object:
    if not one.name:
        return None
    period = one.proposal.description.period
    listed = () if one.unit else tuple(sorted(map(fold, one.functions)))
    return (one.unit, one.title, period, listed) if one.unit or listed else None


def _versions(submissions: Sequence[Submission], held: Sequence[int]) -> Versions:
    first, last = submissions[held[0]], submissions[held[-1]]
    return Versions(
        tuple(held),
        tuple(submissions[i].file for i in held),
        identical=len({submissions[i].proposal.sha256 for i in held}) == 1,
        changes=changes(first.proposal, last.proposal),
    )
