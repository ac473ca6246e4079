"""The graph with what is one thing shown as one: merged on reading, never in the store."""

import heapq
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from kg.model import Direction, Entity, EntityId, Relation
from kg.store.base import GraphReader, Hit
from kg.store.clusters import Clusters, read_clusters
from kg.store.fold import Precedence, fold_entity, fold_relation
from kg.store.mentioned import is_mention
from kg.store.records import Assertion

BATCH = 16
"""Merged entities read at a time; a page needs few, and each brings the claims of all its members."""


class CanonicalReader:
    """A GraphReader over another one. Ids of merged members are understood everywhere.

    Answers name the canonical id, the first by id of its cluster. SAME_AS inside a cluster is not shown.
    The clusters are those of the version at which the reader was made.
    """

    def __init__(self, reader: GraphReader, ontology: Precedence, found: Clusters | None = None) -> None:
        self._reader = reader
        self._ontology = ontology
        self._clusters = read_clusters(reader) if found is None else found

    @property
    def clusters(self) -> Clusters:
        """What is merged, and which links were refused."""
        return self._clusters

    def canonical(self, entity_id: EntityId) -> EntityId:
        """The id under which this id is shown; itself when it is merged with nothing."""
        return self._clusters.canonical.get(entity_id, entity_id)

    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        """See GraphReader. Keys are the ids asked for; a merged one leads to the canonical entity."""
        wanted = {entity_id: self.canonical(entity_id) for entity_id in ids}
        read = self._reader.get(self._expanded(wanted.values()))
        shown = {first: self._merged(first, read) for first in sorted(set(wanted.values()))}
        return {asked: entity for asked in sorted(wanted) if (entity := shown[wanted[asked]]) is not None}

    def entities(self, *, entity_type: str | None = None, after: EntityId | None = None) -> Iterator[Entity]:
        """See GraphReader."""
        merged = (
            replace(entity, claims=())
            for entity in self._merged_after(after)
            if entity_type is None or entity.type == entity_type
        )
        alone = (
            entity
            for entity in self._reader.entities(entity_type=entity_type, after=after)
            if entity.id not in self._clusters.canonical
        )
        return heapq.merge(alone, merged, key=attrgetter("id"))

    def relations(
        self,
        ids: Collection[EntityId] | None = None,
        *,
        types: Collection[str] = (),
        direction: Direction = Direction.OUT,
    ) -> Iterator[Relation]:
        """See GraphReader. Relations that fall together are folded into one."""
        if ids is None:
            yield from self._all_relations(types)
            return
        expanded = self._expanded(map(self.canonical, ids))
        found = self._reader.relations(expanded, types=types, direction=direction)
        pointed = sorted((one for one in map(self._pointed, found) if one is not None), key=attrgetter("key"))
        for key, same in groupby(pointed, key=attrgetter("key")):
            group = list(same)
            if len(group) == 1:
                yield group[0]
            else:
                yield fold_relation(key, [claim for one in group for claim in one.claims], self._ontology)

    def counts(self) -> dict[str, int]:
        """See GraphReader."""
        counted = self._reader.counts()
        members = self._reader.get(sorted(self._clusters.canonical))
        shown = self.get(sorted(self._clusters.members)).values()
        for entity in members.values():
            counted[entity.type] -= 1
        for entity in shown:
            counted[entity.type] = counted.get(entity.type, 0) + 1
        touching = list(self._reader.relations(sorted(members), direction=Direction.BOTH))
        for relation in touching:
            counted[relation.type] -= 1
        for relation in self.relations(sorted(members), direction=Direction.BOTH):
            counted[relation.type] = counted.get(relation.type, 0) + 1
        return {kind: count for kind, count in sorted(counted.items()) if count}

    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        """See GraphReader. A cluster is found under every name of its members."""
        needed = limit + offset
        found = self._reader.search(
            text, entity_type=entity_type, limit=needed + len(self._clusters.canonical)
        )
        shown: dict[EntityId, Hit] = {}
        for one in found:
            shown.setdefault(self.canonical(one.id), one)
        chosen = sorted(shown.items(), key=lambda item: (-item[1].score, item[0]))[offset:needed]
        merged = self.get([first for first, _ in chosen if first in self._clusters.members])
        return [
            Hit(first, merged[first].type, merged[first].name, one.score) if first in merged else one
            for first, one in chosen
        ]

    def named(self, name: str, *, entity_type: str | None = None) -> list[EntityId]:
        """See GraphReader."""
        return list(dict.fromkeys(map(self.canonical, self._reader.named(name, entity_type=entity_type))))

    def version(self) -> int:
        """See GraphReader."""
        return self._reader.version()

    def as_of(self, date: str) -> GraphReader:
        """See GraphReader. Judgements count as of the day, too."""
        return CanonicalReader(self._reader.as_of(date), self._ontology)

    def at_run(self, run: int) -> GraphReader:
        """See GraphReader. Judgements count as of the run, too."""
        return CanonicalReader(self._reader.at_run(run), self._ontology)

    def history(self) -> GraphReader:
        """See GraphReader. What is one thing now is one thing throughout."""
        return CanonicalReader(self._reader.history(), self._ontology, self._clusters)

    def _merged_after(self, after: EntityId | None) -> Iterator[Entity]:
        """Merged entities by id, read with their claims only as far as somebody asks."""
        ids = [first for first in sorted(self._clusters.members) if after is None or first > after]
        for start in range(0, len(ids), BATCH):
            yield from self.get(ids[start : start + BATCH]).values()

    def _expanded(self, ids: Iterable[EntityId]) -> list[EntityId]:
        return sorted({member for i in ids for member in self._clusters.members.get(i, (i,))})

    def _merged(self, first: EntityId, read: dict[EntityId, Entity]) -> Entity | None:
        members = [read[i] for i in self._clusters.members.get(first, (first,)) if i in read]
        if len(members) < 2:
            return replace(members[0], id=first) if members else None
        described = [member for member in members if not is_mention(member)]
        whole = fold_entity(first, _said(map(_bare, members) if described else members), self._ontology)
        if not described or len(described) == len(members):
            return whole
        # Who only names a thing says that it is reused, not what it is called or where it is.
        name = fold_entity(first, _said(described), self._ontology).name
        return replace(whole, name=name)

    def _pointed(self, relation: Relation) -> Relation | None:
        """The relation between canonical ids; None for a link that is gone because its ends are one."""
        source, target = self.canonical(relation.source), self.canonical(relation.target)
        if source == target and relation.source != relation.target:
            return None
        if (source, target) == (relation.source, relation.target):
            return relation
        return replace(relation, source=source, target=target)

    def _all_relations(self, types: Collection[str]) -> Iterator[Relation]:
        members = sorted(self._clusters.canonical)
        touched = self.relations(members, types=types, direction=Direction.BOTH) if members else iter(())
        alone = (
            relation
            for relation in self._reader.relations(types=types)
            if relation.source not in self._clusters.canonical
            and relation.target not in self._clusters.canonical
        )
        merged = (replace(relation, claims=()) for relation in touched)
        return heapq.merge(alone, merged, key=attrgetter("key"))


def _said(members: Iterable[Entity]) -> list[Assertion]:
    return [Assertion(member.type, claim) for member in members for claim in member.claims]


def _bare(member: Entity) -> Entity:
    """The member; of a mention the name alone, since it tells from where it is named and nothing else."""
    if not is_mention(member):
        return member
    return replace(member, claims=tuple(replace(claim, properties={}) for claim in member.claims))
