"""One entity with the evidence behind everything said of it."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kg.errors import NotFoundError
from kg.exchange import encode_fact
from kg.model import Claim, Direction, Entity, EntityId, Relation, Value
from kg.store.base import GraphReader
from queries.mentioned import may_mean


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One property of which open claims say different things; `values` in the order of the claims."""

    name: str
    values: tuple[tuple[Value, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One relation of the entity, seen from it, with the other end's name and type."""

    relation: Relation
    direction: Direction
    other: Entity | None

    def to_json(self) -> dict[str, Any]:
        """The relation as in native JSONL, with its direction and other end."""
        fact: dict[str, Any] = json.loads(encode_fact(self.relation))
        other = self.other
        named = {"id": other.id, "name": other.name, "type": other.type} if other else None
        return fact | {"direction": self.direction.value, "other": named}


@dataclass(frozen=True, slots=True)
class Shown:
    """All that the graph says of one entity.

    `others` have the same name; a mere mention `may_mean` what it could not be joined with for certain.
    """

    entity: Entity
    contradictions: tuple[Contradiction, ...]
    links: tuple[Link, ...]
    others: tuple[EntityId, ...] = ()
    may_mean: tuple[Entity, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer as `kg show --json` prints it; claims as in native JSONL."""
        shown: dict[str, Any] = json.loads(encode_fact(self.entity))
        return shown | {
            "contradictions": [_contradiction(one) for one in self.contradictions],
            "relations": [link.to_json() for link in self.links],
            "others": list(self.others),
            "may_mean": [{"id": one.id, "name": one.name, "type": one.type} for one in self.may_mean],
        }


def show(reader: GraphReader, entity_id: EntityId, *, others: tuple[EntityId, ...] = ()) -> Shown:
    """What is said of an entity, relations by direction, type and other end. Raises: NotFoundError."""
    entity = reader.get([entity_id]).get(entity_id)
    if entity is None:
        raise NotFoundError(f"知识库中没有 ID 为「{entity_id}」的条目")
    sides = [
        (direction, relation)
        for direction in (Direction.OUT, Direction.IN)
        for relation in reader.relations([entity.id], direction=direction)
        if direction is Direction.OUT or relation.source != relation.target
    ]
    ends = {_other(direction, relation) for direction, relation in sides}
    found = reader.get(sorted(ends))
    links = [
        Link(relation, direction, found.get(_other(direction, relation))) for direction, relation in sides
    ]
    return Shown(
        entity, _contradictions(entity.claims), tuple(links), others, may_mean=may_mean(reader, entity)
    )


def _other(direction: Direction, relation: Relation) -> EntityId:
    return relation.target if direction is Direction.OUT else relation.source


def _contradictions(claims: Iterable[Claim]) -> tuple[Contradiction, ...]:
    """Single values that differ; lists add up and so never contradict each other."""
    said: dict[str, dict[Value, str]] = defaultdict(dict)
    for claim in claims:
        for name, value in claim.properties.items():
            if not isinstance(value, tuple):
                said[name].setdefault(value, claim.document)
    return tuple(
        Contradiction(name, tuple(values.items())) for name, values in sorted(said.items()) if len(values) > 1
    )


def _contradiction(found: Contradiction) -> dict[str, Any]:
    values = [{"value": _plain(value), "document": document} for value, document in found.values]
    return {"property": found.name, "values": values}


def _plain(value: Value) -> object:
    return value if isinstance(value, str | int | float) else str(value)
