"""Which ids are one thing: unions over judgements of sameness, kept apart where a person said so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Direction, EntityId, Relation
from kg.store.base import GraphReader
from kg.store.judgements import DIFFERENT_FROM, REVIEWER, SAME_AS

Pair = tuple[EntityId, EntityId]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Groups of two and more ids that are one thing, under the first of them; `refused` links were left
    out because they would join what a person holds apart."""

    canonical: Mapping[EntityId, EntityId]
    members: Mapping[EntityId, tuple[EntityId, ...]]
    refused: tuple[Pair, ...] = ()


def clusters(same: Iterable[tuple[Pair, bool]], different: Iterable[Pair]) -> Clusters:
    """The clusters of links, each with whether a person made it.

    People's links come first, then the others, each in order of ids; a link is refused when it would put
    two ids held apart into one group. The order in which links are given never matters.
    """
    groups = _Groups(different)
    links = sorted({(not by_person, min(pair), max(pair)) for pair, by_person in same})
    refused = [(a, b) for _, a, b in links if not groups.join(a, b)]
    members = {group[0]: group for group in groups.all() if len(group) > 1}
    canonical = {member: first for first, group in members.items() for member in group}
    return Clusters(canonical, members, tuple(refused))


def read_clusters(reader: GraphReader) -> Clusters:
    """The clusters that the open judgements of a graph make."""
    stated = list(reader.relations(types=(SAME_AS, DIFFERENT_FROM)))
    sources = sorted({relation.source for relation in stated})
    claimed = list(reader.relations(sources, types=(SAME_AS, DIFFERENT_FROM), direction=Direction.OUT))
    same = [((r.source, r.target), _by_person(r)) for r in claimed if r.type == SAME_AS]
    return clusters(same, [(r.source, r.target) for r in claimed if r.type == DIFFERENT_FROM])


def _by_person(relation: Relation) -> bool:
    return any(claim.source == REVIEWER for claim in relation.claims)


class _Groups:
    """Union-find whose roots are the smallest ids and know what their group is held apart from."""

    def __init__(self, different: Iterable[Pair]) -> None:
        self._root: dict[EntityId, EntityId] = {}
        self._members: dict[EntityId, list[EntityId]] = {}
        self._apart: dict[EntityId, set[EntityId]] = {}
        for a, b in different:
            self._apart.setdefault(a, set()).add(b)
            self._apart.setdefault(b, set()).add(a)

    def join(self, a: EntityId, b: EntityId) -> bool:
        """Puts two groups together unless some of one is held apart from some of the other."""
        first, second = sorted((self._find(a), self._find(b)))
        if first == second:
            return True
        if any(
            self._find(other) == second
            for member in self._members[first]
            for other in self._apart.get(member, ())
        ):
            return False
        for member in self._members.pop(second):
            self._root[member] = first
            self._members[first].append(member)
        return True

    def all(self) -> list[tuple[EntityId, ...]]:
        """Every group, members in order of id."""
        return [tuple(sorted(members)) for _, members in sorted(self._members.items())]

    def _find(self, member: EntityId) -> EntityId:
        if member not in self._root:
            self._root[member] = member
            self._members[member] = [member]
        return self._root[member]
