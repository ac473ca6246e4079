"""Records read back from a store: what was claimed under one number, as it was written."""

from collections.abc import Iterable, Mapping
from typing import Any

from kg.model import Claim, Entity, EntityId, Properties, Record, Relation
from kg.store.folded import RelationKey
from kg.store.rows import claim_of

Said = tuple[str | None, Properties, str | None]
"""Name, properties, and the citation where it is not that of the record."""


def record(
    citation: tuple[Any, ...],
    entities: Mapping[tuple[EntityId, str], Iterable[Said]],
    relations: Mapping[RelationKey, Iterable[Said]],
    *,
    subject: EntityId,
    digest: str,
    ended: str | None,
) -> Record:
    """The record whose facts, by id and type or by key, say this. `citation` is as `kg.store.rows` has it."""
    told: list[Entity] = []
    for (entity_id, kind), said in sorted(entities.items()):
        own, plain = _parted(said)
        told += [Entity(entity_id, kind, name or entity_id, properties) for name, properties, _ in plain]
        if own:
            name = next((claim.name for claim in own if claim.name), str(entity_id))
            told.append(Entity(entity_id, kind, name, own[0].properties, tuple(own)))
    links: list[Relation] = []
    for key, said in sorted(relations.items()):
        own, plain = _parted(said)
        links += [Relation(*key, properties) for _, properties, _ in plain]
        links += [Relation(*key, own[0].properties, tuple(own))] if own else []
    claim = claim_of(citation, None)
    return Record(subject, claim, tuple(told), tuple(links), digest=digest, ended=ended)


def _parted(said: Iterable[Said]) -> tuple[list[Claim], list[Said]]:
    """Claims that cite for themselves, and sayings that cite with their record."""
    own: list[Claim] = []
    plain: list[Said] = []
    for name, properties, cited in said:
        if cited is None:
            plain.append((name, properties, cited))
        else:
            own.append(claim_of((), cited, name=name, properties=properties))
    return own, plain
