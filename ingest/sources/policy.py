"""Policies, notices and other prose: what the text says of systems, units and their relations."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.documents.blocks import Document
from ingest.extract.facts import Said, facts
from ingest.sources.base import Context, Lot, Note, Reading
from ingest.sources.home import Home
from ingest.sources.issuer import issuer_place
from ingest.sources.organizations import region_entity
from kg.errors import ValidationError
from kg.identity import region_id
from kg.model import Record, Relation
from kg.ontology import load_ontology
from kg.registry import find_region
from kg.values import parse_date

FULL_DATE = re.compile(r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
HEAD = 12
TAIL = 12
"""Blocks at either end of a document among which its date stands."""
BY_HOME = "region.of.issuer"
CONFIDENCE = 0.7
"""Of a unit being where the document speaks from: as much as extraction gives the place in a unit's name."""
SHEETS = frozenset({"xlsx", "xls", "csv"})


@dataclass(frozen=True, slots=True)
class PolicySource:
    """The source of prose."""

    name: str = "policy"

    def recognises(self, document: Document) -> bool:
        """Whether the document is text rather than a sheet."""
        return document.media not in SHEETS

    def read(self, document: Document, context: Context) -> Reading:
        """A record for every block that names something; relations the ontology has no place for are told."""
        region = find_region(context.region) if context.region else issuer_place(document)
        home = Home(region, "\n".join(block.text for block in document.blocks))
        said_on = context.dated or said_date(document, context.today) or context.today
        said = Said(self.name, said_on, region.name if region else "")
        notes: list[str] = []
        records = [
            kept
            for record in facts(document, said=said, naming=home.named)
            if (kept := _fitting(_located(record, home), notes, home)) is not None
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


def _located(record: Record, home: Home) -> Record:
    """The record with the place of each unit whose name leaves it to the document."""
    placed = {r.source for r in record.relations if r.type == "LOCATED_IN"}
    entities, relations = list(record.entities), list(record.relations)
    for unit in record.entities:
        if unit.type != "Organization" or unit.id in placed or unit.properties.get("kind"):
            continue
        if (place := home.of_unit(unit.name)) is not None:
            said = replace(unit.claims[0], rule=BY_HOME, confidence=CONFIDENCE, name=None, properties={})
            entities.append(replace(region_entity(place), claims=(said,)))
            relations.append(Relation(unit.id, "LOCATED_IN", region_id(place.code), claims=(said,)))
    found = {entity.id: entity for entity in reversed(entities)}
    return replace(record, entities=tuple(reversed(found.values())), relations=tuple(relations))


def _fitting(record: Record, notes: list[str], home: Home) -> Record | None:
    ontology = load_ontology()
    known = (entity for entity in record.entities if not home.leaves_open(entity))
    entities = tuple(home.told(entity) for entity in known if not ontology.check_entity(entity))
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
