"""The parts of an ontology: types, properties and which ends a relation may join."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ValueKind(StrEnum):
    """What a property holds. Money is yuan, dates are ISO (year, month or day), a period is start/end."""

    TEXT = "text"
    LIST = "list"
    MONEY = "money"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    PERIOD = "period"
    CATEGORY = "category"


class Impact(StrEnum):
    """Which end of a relation is affected when the other end changes or fails."""

    NONE = "none"
    SOURCE_ON_TARGET = "source_on_target"
    TARGET_ON_SOURCE = "target_on_source"


@dataclass(frozen=True, slots=True)
class Label:
    """What people read, in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class PropertyType:
    """One property: its kind, its category list if it has one, and which sources win, best first.

    `sensitive` values leave by no route without a key beyond this machine.
    """

    name: str
    label: Label
    kind: ValueKind
    category: str | None = None
    sensitive: bool = False
    precedence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityType:
    """One type of entity; `properties` include the inherited ones, `prefix` starts its ids."""

    name: str
    label: Label
    prefix: str
    extends: str | None
    matchable: bool
    properties: Mapping[str, PropertyType]


@dataclass(frozen=True, slots=True)
class RelationType:
    """One type of relation and the pairs of entity types it may join (source type, target type)."""

    name: str
    label: Label
    inverse: Label
    pairs: frozenset[tuple[str, str]]
    impact: Impact
    judgement: bool
    derived: bool
    basis: bool
