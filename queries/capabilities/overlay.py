"""The graph with its capabilities in it: entities of their own, and every function an instance of one."""

import heapq
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from operator import attrgetter

from kg.matching.capabilities import folded
from kg.model import Claim, Direction, Entity, EntityId, Relation
from kg.store.base import GraphReader, Hit
from kg.store.capability_judgements import CAPABILITY, GROUPED
from kg.store.resolution import RESOLVER
from queries.capabilities.ledger import Capability, Ledger

FUNCTION = "Function"
INSTANCE_OF = "INSTANCE_OF"


class WithCapabilities:
    """A GraphReader over another one that adds what is grouped; of today, whatever the other one shows."""

    def __init__(self, reader: GraphReader, ledger: Ledger) -> None:
        self._reader = reader
        self._ledger = ledger

    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        """See GraphReader."""
        found = self._reader.get(ids)
        for asked in sorted(set(ids)):
            one = self._ledger.find(asked)
            stored = found.get(asked)
            if one is not None and (stored is None or (stored.type == CAPABILITY and one.id == asked)):
                found[asked] = self._entity(one, stored)
        return dict(sorted(found.items()))

    def entities(self, *, entity_type: str | None = None, after: EntityId | None = None) -> Iterator[Entity]:
        """See GraphReader."""
        stored = self._reader.entities(entity_type=entity_type, after=after)
        if entity_type not in (None, CAPABILITY):
            return stored
        known = {entity.id for entity in self._reader.entities(entity_type=CAPABILITY)}
        new = sorted(one.id for one in self._ledger.items if one.id not in known)
        own = (replace(self.get([i])[i], claims=()) for i in new if after is None or i > after)
        return heapq.merge(stored, own, key=attrgetter("id"))

    def relations(
        self,
        ids: Collection[EntityId] | None = None,
        *,
        types: Collection[str] = (),
        direction: Direction = Direction.OUT,
    ) -> Iterator[Relation]:
        """See GraphReader."""
        stored = self._reader.relations(ids, types=types, direction=direction)
        if types and INSTANCE_OF not in types:
            return stored
        own = self._instances(ids, direction)
        return _distinct(heapq.merge(stored, own, key=attrgetter("key")))

    def counts(self) -> dict[str, int]:
        """See GraphReader."""
        counted = dict(self._reader.counts())
        counted[CAPABILITY] = sum(1 for _ in self.entities(entity_type=CAPABILITY))
        counted[INSTANCE_OF] = sum(1 for _ in self.relations(types=(INSTANCE_OF,)))
        return {kind: count for kind, count in sorted(counted.items()) if count}

    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        """See GraphReader; of capabilities only those that are stored."""
        return self._reader.search(text, entity_type=entity_type, limit=limit, offset=offset)

    def named(self, name: str, *, entity_type: str | None = None) -> list[EntityId]:
        """See GraphReader; names of capabilities come after all others."""
        found = self._reader.named(name, entity_type=entity_type)
        one = self._ledger.named(name) if entity_type in (None, CAPABILITY) else None
        return found if one is None or one.id in found else [*found, one.id]

    def version(self) -> int:
        """See GraphReader."""
        return self._reader.version()

    def as_of(self, date: str) -> GraphReader:
        """See GraphReader. What is grouped is of today and left out."""
        return self._reader.as_of(date)

    def at_run(self, run: int) -> GraphReader:
        """See GraphReader. What is grouped is of today and left out."""
        return self._reader.at_run(run)

    def history(self) -> GraphReader:
        """See GraphReader."""
        return WithCapabilities(self._reader.history(), self._ledger)

    def _entity(self, one: Capability, stored: Entity | None) -> Entity:
        aliases = tuple(text for wording in one.wordings if (text := wording.text) != one.name)
        properties = {"aliases": aliases} if aliases else {}
        claim = replace(self._claim(), name=one.name, properties=properties)
        if stored is None:
            return Entity(one.id, CAPABILITY, one.name, properties, (claim,))
        said = tuple(dict.fromkeys((*_listed(stored), *aliases)))
        whole = {**stored.properties, "aliases": said} if said else stored.properties
        return Entity(one.id, CAPABILITY, one.name, whole, (*stored.claims, claim))

    def _instances(self, ids: Collection[EntityId] | None, direction: Direction) -> Iterable[Relation]:
        if ids is None:
            functions = self._reader.entities(entity_type=FUNCTION)
            return (one for function in functions for one in self._instance(function, claims=()))
        claims = (self._claim(),)
        found: list[Relation] = []
        if direction is not Direction.IN:
            for function in self._reader.get(ids).values():
                found += self._instance(function, claims=claims) if function.type == FUNCTION else ()
        if direction is not Direction.OUT:
            for one in {self._ledger.find(i) for i in ids} - {None}:
                found += (
                    [Relation(i, INSTANCE_OF, one.id, claims=claims) for i in self._functions(one)]
                    if one
                    else []
                )
        return sorted(found, key=attrgetter("key"))

    def _instance(self, function: Entity, *, claims: tuple[Claim, ...]) -> Iterator[Relation]:
        one = self._ledger.of.get(folded(function.name))
        if one is not None:
            yield Relation(function.id, INSTANCE_OF, one, claims=claims)

    def _functions(self, one: Capability) -> set[EntityId]:
        """All functions that are worded so."""
        spelled = sorted({text for wording in one.wordings for text in wording.spellings})
        return {i for text in spelled for i in self._reader.named(text, entity_type=FUNCTION)}

    def _claim(self) -> Claim:
        return Claim(RESOLVER, GROUPED, self._ledger.said_on, rule=GROUPED)


def _listed(stored: Entity) -> tuple[str, ...]:
    value = stored.properties.get("aliases", ())
    return value if isinstance(value, tuple) else (str(value),)


def _distinct(relations: Iterable[Relation]) -> Iterator[Relation]:
    """What is stated wins over what is grouped."""
    last = None
    for relation in relations:
        if last is None or last.key != relation.key:
            yield relation
        last = relation
