"""What the records of a batch say, gathered by fact."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import Entity, EntityId, Record, Relation
from kg.store.cypher.claims import Statement, statement
from kg.store.folded import RelationKey
from kg.store.records import Assertion, assertions, sayings


@dataclass(slots=True)
class Said:
    """What the records of a batch say of one fact; `held` are the statements of records that hold."""

    all: list[Statement]
    held: list[Statement]
    facts: list[tuple[Entity | Relation, Record]]

    def add(self, number: int, fact: Entity | Relation, record: Record) -> None:
        """Takes in what a record says of the fact."""
        if fact.claims:
            made = [statement(number, saying) for saying in sayings(fact, record)]
        else:
            name = fact.name if isinstance(fact, Entity) else None
            made = [Statement(number, fact.type, name, fact.properties)]
        self.all += made
        self.facts.append((fact, record))
        if record.ended is None:
            self.held += made

    def claims(self) -> list[Assertion]:
        """As claims: those that hold, else all."""
        chosen = [one for one in self.facts if one[1].ended is None] or self.facts
        return [claim for fact, record in chosen for claim in assertions(fact, record)]

    @property
    def is_plain(self) -> bool:
        """Whether one record that holds says that the fact is there, and nothing else of it."""
        only = self.all[0]
        return len(self.all) == len(self.held) == 1 and only.own is None and not only.properties


@dataclass(slots=True)
class Batch:
    """The facts of some records, by identity."""

    entities: dict[EntityId, Said] = field(default_factory=dict)
    relations: dict[RelationKey, Said] = field(default_factory=dict)

    def add(self, number: int, record: Record) -> None:
        """Takes in a record under its number."""
        for entity in record.entities:
            said = self.entities.get(entity.id)
            if said is None:
                said = self.entities[entity.id] = Said([], [], [])
            said.add(number, entity, record)
        for relation in record.relations:
            key = relation.key
            said = self.relations.get(key)
            if said is None:
                said = self.relations[key] = Said([], [], [])
            said.add(number, relation, record)


def gather(first: int, records: Sequence[Record]) -> Batch:
    """What the records say, the first under the number given."""
    batch = Batch()
    for number, record in enumerate(records, first):
        batch.add(number, record)
    return batch


def ends(keys: Iterable[RelationKey]) -> set[EntityId]:
    """The entities at the ends of relations."""
    found = set()
    for source, _, target in keys:
        found.add(source)
        found.add(target)
    return found
