"""Which ids are one thing: unions over judgements of sameness, kept apart where a person said so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.identity import is_registered
from kg.model import Direction, EntityId, Relation
from kg.store.base import GraphReader
from kg.store.judgements import DIFFERENT_FROM, REVIEWER, SAME_AS

Pair = tuple[EntityId, EntityId]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Groups of two and more ids that are one thing, under the first of them, a registered one before all;
    `refused` links were left out because they would join what a person holds apart."""

    canonical: Mapping[EntityId, EntityId]
    members: Mapping[EntityId, tuple[EntityId, ...]]
    refused: tuple[Pair, ...] = ()


def clusters(same: Iterable[tuple[Pair, bool]], different: Iterable[Pair]) -> Clusters:
    """The clusters of links, each with whether a person made it.

    People's links come first, then the others, each in order of ids; a link is refused when it would put
    two ids held apart into one group. Of people's links that contradict what people hold apart (a is b, b is
    c, a is not c) none joins anything: which of them is wrong, nobody can tell. The order in which links are
    given never matters.
    """
    apart = sorted({(min(pair), max(pair)) for pair in different})
    links = sorted({(not by_person, min(pair), max(pair)) for pair, by_person in same})
    contradicting = _contradicting([(a, b) for by_rule, a, b in links if not by_rule], apart)
    groups = _Groups(apart)
    refused = [
        (a, b)
        for by_rule, a, b in links
        if (not by_rule and (a, b) in contradicting) or not groups.join(a, b)
    ]
    members = {group[0]: group for group in groups.all() if len(group) > 1}
    canonical = {member: first for first, group in members.items() for member in group}
    return Clusters(canonical, members, tuple(refused))


def _contradicting(said: list[Pair], apart: Iterable[Pair]) -> set[Pair]:
    """People's links in a group that would hold two ids which are held apart."""
    whole = _Groups(())
    for a, b in said:
        whole.join(a, b)
    torn = {whole.root(a) for a, b in apart if whole.root(a) == whole.root(b)}
    return {(a, b) for a, b in said if whole.root(a) in torn}


def read_clusters(reader: GraphReader) -> Clusters:
    """The clusters that the open judgements of a graph make."""
    stated = list(reader.relations(types=(SAME_AS, DIFFERENT_FROM)))
    sources = sorted({relation.source for relation in stated})
    claimed = list(reader.relations(sources, types=(SAME_AS, DIFFERENT_FROM), direction=Direction.OUT))
    same = [((r.source, r.target), _by_person(r)) for r in claimed if r.type == SAME_AS]
    return clusters(same, [(r.source, r.target) for r in claimed if r.type == DIFFERENT_FROM])


def _by_person(relation: Relation) -> bool:
    return any(claim.source == REVIEWER for claim in relation.claims)


def _standing(member: EntityId) -> tuple[bool, EntityId]:
    return not is_registered(member), member


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
        first, second = sorted((self.root(a), self.root(b)))
        if first == second:
            return True
        if any(
            self.root(other) == second
            for member in self._members[first]
            for other in self._apart.get(member, ())
        ):
            return False
        for member in self._members.pop(second):
            self._root[member] = first
            self._members[first].append(member)
        return True

    def all(self) -> list[tuple[EntityId, ...]]:
        """Every group, members in order of id, those of a registry first."""
        groups = (sorted(members, key=_standing) for members in self._members.values())
        return sorted(tuple(group) for group in groups)

    def root(self, member: EntityId) -> EntityId:
        """The first id of the member's group."""
        if member not in self._root:
            self._root[member] = member
            self._members[member] = [member]
        return self._root[member]
