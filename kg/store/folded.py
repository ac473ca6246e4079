"""A reader that folds claims as it reads: the graph of now or of any day, from every claim ever made."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Protocol

from kg.model import Claim, Direction, Entity, EntityId, Relation
from kg.store.base import GraphReader, Hit
from kg.store.fold import Precedence, fold_entity, fold_relation
from kg.store.ranking import CROWD, aliases_of, best, candidate, hit, parse
from kg.store.records import Assertion
from kg.text import fold

# Relations or entities read together.
PAGE = 1000
RelationKey = tuple[EntityId, str, EntityId]
Standing = Callable[[Claim, str | None], bool]


class History(Protocol):
    """Everything ever claimed, with the date on which a claim was ended by a document (None: it holds)."""

    def entity_ids(self) -> Iterable[EntityId]:
        """Every id ever claimed, ascending."""
        ...

    def said_of(self, ids: Collection[EntityId]) -> Mapping[EntityId, list[tuple[Assertion, str | None]]]:
        """All claims on these entities."""
        ...

    def said_at(
        self, ids: Collection[EntityId] | None, direction: Direction
    ) -> Iterable[tuple[RelationKey, list[tuple[Claim, str | None]]]]:
        """All claims on the relations at these entities, or on all, ascending by key."""
        ...

    def version(self) -> int:
        """The version of the store."""
        ...


def holds(_claim: Claim, closed_on: str | None) -> bool:
    """Claims that are open."""
    return closed_on is None


def ever(_claim: Claim, _closed_on: str | None) -> bool:
    """All claims there ever were."""
    return True


def held_on(date: str) -> Standing:
    """Claims said by the ISO date (a year or month counts to its end) and not ended by then."""
    end = date + "~"
    return lambda claim, closed_on: claim.said_on <= end and (closed_on is None or closed_on > end)


def held_at(run: int) -> Standing:
    """Claims that stood when the run had finished."""
    return lambda claim, _: (claim.opened or 0) <= run and (claim.closed is None or claim.closed > run)


class FoldedReader:
    """The graph made of those claims of a history that stand."""

    def __init__(self, history: History, ontology: Precedence, stands: Standing = holds) -> None:
        self._history = history
        self._ontology = ontology
        self._stands = stands

    def get(self, ids: Collection[EntityId]) -> dict[EntityId, Entity]:
        """See GraphReader."""
        found = {}
        for entity_id, said in sorted(self._history.said_of(ids).items()):
            standing = [assertion for assertion, ended in said if self._stands(assertion.claim, ended)]
            if standing:
                found[entity_id] = fold_entity(entity_id, standing, self._ontology)
        return found

    def entities(self, *, entity_type: str | None = None, after: EntityId | None = None) -> Iterator[Entity]:
        """See GraphReader."""
        for entity in self._all():
            if (entity_type is None or entity.type == entity_type) and (after is None or entity.id > after):
                yield Entity(entity.id, entity.type, entity.name, entity.properties)

    def relations(
        self,
        ids: Collection[EntityId] | None = None,
        *,
        types: Collection[str] = (),
        direction: Direction = Direction.OUT,
    ) -> Iterator[Relation]:
        """See GraphReader."""
        said = iter(self._history.said_at(ids, direction))
        while page := list(islice(said, PAGE)):
            for key, standing in self._standing(page, types):
                relation = fold_relation(key, standing, self._ontology)
                yield relation if ids is not None else Relation(*key, relation.properties)

    def counts(self) -> dict[str, int]:
        """See GraphReader."""
        counted: dict[str, int] = {}
        for kind in chain((e.type for e in self._all()), (r.type for r in self.relations())):
            counted[kind] = counted.get(kind, 0) + 1
        return dict(sorted(counted.items()))

    def search(
        self, text: str, *, entity_type: str | None = None, limit: int = 10, offset: int = 0
    ) -> list[Hit]:
        """See GraphReader."""
        query = parse(text)
        crowd_counts = entity_type == CROWD
        found = (
            hit(candidate(entity), query, crowd_counts=crowd_counts)
            for entity in self.entities(entity_type=entity_type)
        )
        ordered = best((one for one in found if one is not None), crowd_counts=crowd_counts)
        return ordered[offset : offset + limit]

    def named(self, name: str, *, entity_type: str | None = None) -> list[EntityId]:
        """See GraphReader."""
        wanted = fold(name)
        by_name, by_alias = [], []
        for entity in self.entities(entity_type=entity_type):
            if fold(entity.name) == wanted:
                by_name.append(entity.id)
            elif wanted in map(fold, aliases_of(entity.properties.get("aliases"))):
                by_alias.append(entity.id)
        return by_name + by_alias

    def version(self) -> int:
        """See GraphReader."""
        return self._history.version()

    def as_of(self, date: str) -> GraphReader:
        """See GraphReader."""
        return FoldedReader(self._history, self._ontology, held_on(date))

    def at_run(self, run: int) -> GraphReader:
        """See GraphReader."""
        return FoldedReader(self._history, self._ontology, held_at(run))

    def history(self) -> GraphReader:
        """See GraphReader."""
        return FoldedReader(self._history, self._ontology, ever)

    def _all(self) -> Iterator[Entity]:
        ids = list(self._history.entity_ids())
        for start in range(0, len(ids), PAGE):
            yield from self.get(ids[start : start + PAGE]).values()

    def _standing(
        self, page: Iterable[tuple[RelationKey, list[tuple[Claim, str | None]]]], types: Collection[str]
    ) -> list[tuple[RelationKey, list[Claim]]]:
        """Those of the relations that stand, as do both their ends, with the claims that make them stand."""
        found = []
        for key, said in page:
            claims = [claim for claim, ended in said if self._stands(claim, ended)]
            if claims and (not types or key[1] in types):
                found.append((key, claims))
        if self._stands is ever:
            return found
        there = self._there({end for key, _ in found for end in (key[0], key[2])})
        return [(key, claims) for key, claims in found if key[0] in there and key[2] in there]

    def _there(self, ids: Collection[EntityId]) -> set[EntityId]:
        return {
            entity_id
            for entity_id, said in self._history.said_of(ids).items()
            if any(self._stands(assertion.claim, ended) for assertion, ended in said)
        }
