"""What kinds of things the graph holds, as data that checks itself."""

from kg.ontology.loading import load_ontology, parse_ontology
from kg.ontology.ontology import Ontology
from kg.ontology.types import EntityType, Impact, Label, PropertyType, RelationType, ValueKind

__all__ = [
    "EntityType",
    "Impact",
    "Label",
    "Ontology",
    "PropertyType",
    "RelationType",
    "ValueKind",
    "load_ontology",
    "parse_ontology",
]
