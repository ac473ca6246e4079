"""The form of an ontology file, checked as it is read."""

from pydantic import BaseModel, ConfigDict, Field

from kg.ontology.types import Impact, ValueKind


class Strict(BaseModel):
    """No key that is not known, no change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LabelRow(Strict):
    """A label in both languages."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class PropertyRow(LabelRow):
    """One property of a type."""

    value: ValueKind
    category: str | None = None
    sensitive: bool = False
    precedence: tuple[str, ...] = ()


class EntityRow(Strict):
    """One entity type."""

    label: LabelRow
    id: str = Field(pattern=r"^[a-z]+$")
    extends: str | None = None
    matchable: bool = False
    properties: dict[str, PropertyRow]


class RelationRow(Strict):
    """One relation type; `pairs` narrows the product of source and target."""

    label: LabelRow
    inverse: LabelRow
    source: tuple[str, ...] = Field(min_length=1)
    target: tuple[str, ...] = Field(min_length=1)
    pairs: tuple[tuple[str, str], ...] | None = None
    impact: Impact
    judgement: bool = False
    derived: bool = False
    basis: bool = False


class OntologyFile(Strict):
    """A whole ontology file."""

    version: int
    name: str
    source: str
    precedence: tuple[str, ...] = Field(min_length=1)
    categories: dict[str, dict[str, list[str]]]
    entity_types: dict[str, EntityRow]
    relation_types: dict[str, RelationRow]
    relation_properties: dict[str, PropertyRow]
