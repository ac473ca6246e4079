"""Facts as they stand in the database, and as they are to stand: the state a write leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import Entity, EntityId, Relation
from kg.store.cypher.claims import Statement, kept, statements
from kg.store.cypher.names import FORMER
from kg.store.cypher.reading import type_of
from kg.store.cypher.values import read, written
from kg.store.folded import RelationKey
from kg.store.grams import name_grams
from kg.store.naming import Naming
from kg.store.ranking import CROWD, aliases_of

# Names are found by their beginning in an index whose keys are limited to some 8 kB.
FOLDED_LENGTH = 500
_BY_NAME = ("_grams", "_crowd_grams", "_aliases")


@dataclass(frozen=True, slots=True)
class StoredEntity:
    """An entity as it stands: what it shows (of a former one: showed last), and whether it is open."""

    shown: Entity
    said: list[Statement]
    open: bool


@dataclass(frozen=True, slots=True)
class StoredRelation:
    """A relation as it stands; `at` is where, a relationship when it is open, else a node."""

    shown: Relation
    said: list[Statement]
    open: bool
    at: str


def stored_entity(labels: list[str], stored: Mapping[str, Any]) -> StoredEntity:
    """The entity of a node."""
    is_open = FORMER not in labels
    kind = type_of(labels) if is_open else stored["_type"]
    shown = Entity(EntityId(stored["id"]), kind, stored["name"], read(stored))
    return StoredEntity(shown, statements(kind, stored, stored["name"]), is_open)


def stored_relation(key: RelationKey, stored: Mapping[str, Any], *, is_open: bool, at: str) -> StoredRelation:
    """The relation of a relationship, or of a node that keeps a former one."""
    return StoredRelation(Relation(*key, read(stored)), statements(key[1], stored, None), is_open, at)


def entity_properties(shown: Entity, said: list[Statement], *, is_open: bool) -> dict[str, object]:
    """All that is to stand on the node of an entity."""
    own = {"id": shown.id, "name": shown.name, **kept(shown, said)}
    indexed = name_properties(shown) if is_open else {"_type": shown.type}
    return _set(written(shown.properties) | own | indexed)


def relation_properties(shown: Relation, said: list[Statement], *, is_open: bool) -> dict[str, object]:
    """All that is to stand on a relationship, or on the node that keeps a former one."""
    own = {} if is_open else {"_source": shown.source, "_type": shown.type, "_target": shown.target}
    return _set(written(shown.properties) | kept(shown, said) | own)


def _set(properties: dict[str, object]) -> dict[str, object]:
    """Without what is not there: all of a node is replaced, and empty names only cost time on the way."""
    return {name: value for name, value in properties.items() if value is not None}


def name_properties(shown: Entity) -> dict[str, object]:
    """What the indexes of names find the entity by."""
    crowd = shown.type == CROWD
    name = Naming.folded(shown.name)
    aliases = [Naming.folded(alias) for alias in aliases_of(shown.properties.get("aliases"))]
    text = name_grams(name, aliases, spelled=not crowd)
    found: dict[str, object] = dict.fromkeys(_BY_NAME)
    found["_crowd_grams" if crowd else "_grams"] = text
    return found | {"_folded": name[:FOLDED_LENGTH], "_aliases": aliases or None}


def same_shown(before: Entity, after: Entity) -> bool:
    """Whether the node shows the same already."""
    return (before.type, before.name) == (after.type, after.name) and written(before.properties) == written(
        after.properties
    )
