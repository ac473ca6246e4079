"""Search over an index of names: whole names first, then beginnings, then parts, cut before ranking."""

from collections.abc import Iterable
from typing import Protocol

from kg.model import EntityId
from kg.store.base import Hit
from kg.store.ranking import CROWD, Candidate, Query, best, hit, parse

# Candidates ranked per question; a very common word is cut here, whole names and beginnings are not.
CUT = 1500


class NameIndex(Protocol):
    """Candidates from an index; a type of None means all, `cut` is how many are wanted at most."""

    def whole(self, query: Query, entity_type: str | None, cut: int) -> Iterable[Candidate]:
        """Those whose name or an alias is the text, by id."""
        ...

    def beginning(self, query: Query, entity_type: str | None, cut: int) -> Iterable[Candidate]:
        """Those whose name begins with the text, shortest first; without a type no functions."""
        ...

    def parts(self, query: Query, entity_type: str | None, cut: int, *, crowd: bool) -> Iterable[Candidate]:
        """Those that hold every gram of every term; functions (`crowd`) or everything else."""
        ...


def look_up(index: NameIndex, text: str, entity_type: str | None, *, limit: int, offset: int) -> list[Hit]:
    """See GraphReader.search."""
    query = parse(text)
    if not query.terms or limit <= 0:
        return []
    needed = limit + offset
    cut = max(CUT, 2 * needed)
    crowd_counts = entity_type == CROWD
    found: dict[EntityId, Hit] = {}
    for candidates in (
        index.whole(query, entity_type, cut),
        index.beginning(query, entity_type, cut),
        () if crowd_counts else index.parts(query, entity_type, cut, crowd=False),
    ):
        _collect(found, candidates, query, crowd_counts=crowd_counts)
    if crowd_counts or (entity_type is None and len(found) < needed):
        _collect(found, index.parts(query, entity_type, cut, crowd=True), query, crowd_counts=crowd_counts)
    return best(found.values(), crowd_counts=crowd_counts)[offset:needed]


def _collect(
    found: dict[EntityId, Hit], candidates: Iterable[Candidate], query: Query, *, crowd_counts: bool
) -> None:
    for one in candidates:
        if one.id not in found:
            reached = hit(one, query, crowd_counts=crowd_counts)
            if reached is not None:
                found[one.id] = reached
