"""Reads an ontology file and refuses one that contradicts itself."""

from functools import cache
from importlib.resources import files
from itertools import product

import yaml
from pydantic import ValidationError as PydanticError

from kg.errors import OntologyError
from kg.ontology.ontology import Ontology
from kg.ontology.schema import EntityRow, LabelRow, OntologyFile, PropertyRow, RelationRow
from kg.ontology.types import EntityType, Label, PropertyType, RelationType, ValueKind


@cache
def load_ontology() -> Ontology:
    """The shipped ontology, read once."""
    return parse_ontology(files("kg.ontology").joinpath("government.yaml").read_text("utf-8"))


def parse_ontology(text: str) -> Ontology:
    """The ontology that a YAML text describes.

    Raises: OntologyError, naming every contradiction, when it does not hold together.
    """
    try:
        source = OntologyFile.model_validate(yaml.safe_load(text))
    except (PydanticError, yaml.YAMLError) as error:
        raise OntologyError(f"ontology file: {error}") from error
    problems = [*_entity_problems(source), *_relation_problems(source), *_category_problems(source)]
    if problems:
        raise OntologyError("; ".join(problems))
    return Ontology(
        name=source.name,
        version=source.version,
        default_precedence=source.precedence,
        categories={name: _wordings(values) for name, values in source.categories.items()},
        entity_types={name: _entity_type(name, source) for name in source.entity_types},
        relation_types={name: _relation_type(name, row) for name, row in source.relation_types.items()},
        relation_properties=_properties(source.relation_properties),
    )


def _entity_problems(source: OntologyFile) -> list[str]:
    problems = []
    for name, row in source.entity_types.items():
        if not (name.isidentifier() and name[0].isupper() and "_" not in name):
            problems.append(f"entity type {name}: not PascalCase")
        if row.extends is not None and row.extends not in source.entity_types:
            problems.append(f"entity type {name}: extends unknown {row.extends}")
        elif _is_circular(name, source):
            problems.append(f"entity type {name}: extends itself")
        for property_name, declared in row.properties.items():
            problems.extend(_property_problems(f"{name}.{property_name}", declared, source))
    return problems


def _is_circular(name: str, source: OntologyFile) -> bool:
    seen, current = {name}, source.entity_types[name].extends
    while current is not None and current in source.entity_types:
        if current in seen:
            return True
        seen.add(current)
        current = source.entity_types[current].extends
    return False


def _property_problems(where: str, row: PropertyRow, source: OntologyFile) -> list[str]:
    problems = []
    if (row.value is ValueKind.CATEGORY) != (row.category is not None):
        problems.append(f"{where}: a category value and a category list go together")
    if row.category is not None and row.category not in source.categories:
        problems.append(f"{where}: unknown category list {row.category}")
    unknown = set(row.precedence) - set(source.precedence)
    return problems + [f"{where}: unknown source {name}" for name in sorted(unknown)]


def _relation_problems(source: OntologyFile) -> list[str]:
    problems = []
    for name, row in source.relation_types.items():
        if not (name.isupper() and name.isidentifier()):
            problems.append(f"relation type {name}: not UPPER_SNAKE")
        ends = {*row.source, *row.target}
        problems.extend(f"{name}: unknown end {end}" for end in sorted(ends - source.entity_types.keys()))
        stray = set(row.pairs or ()) - set(product(row.source, row.target))
        problems.extend(f"{name}: pair {pair} is outside its ends" for pair in sorted(stray))
    return problems


def _category_problems(source: OntologyFile) -> list[str]:
    problems = []
    for name, values in source.categories.items():
        seen: dict[str, str] = {}
        for value, wordings in values.items():
            for wording in (value, *wordings):
                if seen.setdefault(wording.casefold(), value) != value:
                    problems.append(f"category {name}: {wording} means two values")
    return problems


def _wordings(values: dict[str, list[str]]) -> dict[str, str]:
    return {word.casefold(): value for value, wordings in values.items() for word in (value, *wordings)}


def _label(row: LabelRow) -> Label:
    return Label(row.zh, row.en)


def _properties(rows: dict[str, PropertyRow]) -> dict[str, PropertyType]:
    return {
        name: PropertyType(name, _label(row), row.value, row.category, row.sensitive, row.precedence)
        for name, row in rows.items()
    }


def _entity_type(name: str, source: OntologyFile) -> EntityType:
    row: EntityRow = source.entity_types[name]
    inherited = _entity_type(row.extends, source).properties if row.extends else {}
    properties = {**inherited, **_properties(row.properties)}
    return EntityType(name, _label(row.label), row.id, row.extends, row.matchable, properties)


def _relation_type(name: str, row: RelationRow) -> RelationType:
    pairs = frozenset(row.pairs if row.pairs is not None else product(row.source, row.target))
    return RelationType(
        name=name,
        label=_label(row.label),
        inverse=_label(row.inverse),
        pairs=pairs,
        impact=row.impact,
        judgement=row.judgement,
        derived=row.derived,
        basis=row.basis,
    )
