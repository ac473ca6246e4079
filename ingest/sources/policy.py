"""Policies, notices and other prose: what the text says of systems, units and their relations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.documents.blocks import Document
from ingest.extract.facts import Said, facts
from ingest.sources.base import Context, Lot, Note, Reading
from ingest.sources.organizations import organization
from kg.errors import ValidationError
from kg.identity import asset_id, document_id, function_id, project_id, region_id, standard_id
from kg.model import Entity, EntityId, Record
from kg.ontology import load_ontology
from kg.registry import find_region
from kg.values import parse_date, parse_standard

FULL_DATE = re.compile(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
HEAD = 12
TAIL = 12
"""Blocks at either end of a document among which its date stands."""
SHEETS = frozenset({"xlsx", "xls", "csv"})


def entity_id(type_: str, name: str, *, owner: str) -> EntityId:
    """The id of a thing named in prose; its owner is not known, so a system is known by its name alone."""
    match type_:
        case "Organization":
            return organization(name, region=owner).id
        case "Region":
            found = find_region(name)
            return region_id(found.code) if found else region_id(name)
        case "Function":
            return function_id(owner, "", name)
        case "Project":
            return project_id(name)
        case "Standard":
            return standard_id(parse_standard(name))
        case "System" | "Component":
            return asset_id(name)
    return document_id(name)


@dataclass(frozen=True, slots=True)
class PolicySource:
    """The source of prose."""

    name: str = "policy"

    def recognises(self, document: Document) -> bool:
        """Whether the document is text rather than a sheet."""
        return document.media not in SHEETS

    def read(self, document: Document, context: Context) -> Reading:
        """A record for every block that names something; relations the ontology has no place for are told."""
        region = find_region(context.region) if context.region else None
        said_on = context.dated or said_date(document, context.today) or context.today
        said = Said(self.name, said_on, region.name if region else "")
        notes: list[str] = []
        records = [
            kept
            for record in facts(document, said=said, naming=entity_id)
            if (kept := _fitting(record, notes)) is not None
        ]
        warnings = [Note(context.document, None, None, note) for note in dict.fromkeys(notes)]
        if not records:
            return Reading((), (), (Note(context.document, None, None, "正文中没有读出系统、单位或关系"),))
        lot = Lot(f"{self.name}:{context.document}", None, None, said_on, tuple(records))
        return Reading((lot,), (), tuple(warnings))


def said_date(document: Document, today: str) -> str:
    """The last full date near the head or the end that is not after today; "" when there is none."""
    blocks = [*document.blocks[-TAIL:], *document.blocks[:HEAD]]
    found = [date for block in blocks for date in _dates(block.text) if date <= today]
    return found[0] if len(found) == 1 else max(found, default="")


def _dates(text: str) -> Iterator[str]:
    for match in FULL_DATE.finditer(text):
        try:
            yield parse_date(match.group())
        except ValidationError:
            continue


def _fitting(record: Record, notes: list[str]) -> Record | None:
    ontology = load_ontology()
    entities = tuple(_coded(entity) for entity in record.entities if not ontology.check_entity(entity))
    types = {entity.id: entity.type for entity in entities}
    relations = []
    for relation in record.relations:
        ends = types.get(relation.source), types.get(relation.target)
        if ends[0] is None or ends[1] is None:
            continue
        problems = ontology.check_relation(relation, ends[0], ends[1])
        notes += problems
        if not problems:
            relations.append(relation)
    return replace(record, entities=entities, relations=tuple(relations)) if entities else None


def _coded(entity: Entity) -> Entity:
    """A division with its code and level, which prose does not name."""
    found = find_region(entity.name) if entity.type == "Region" else None
    if found is None:
        return entity
    return replace(entity, name=found.name, properties={"code": found.code, "level": found.level})
