"""Turns what was read out of a document into records of the graph."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from ingest.documents.blocks import Document
from ingest.extract.capability import capability_of, is_kind
from ingest.extract.extractor import extract
from ingest.extract.heads import place_of
from ingest.extract.model import Detail, Extraction, Label, Mention, TextRelation
from ingest.extract.owner import owner_of
from ingest.extract.places import Joined, joined
from ingest.extract.statistics import confidence
from kg.model import Claim, Entity, EntityId, Modality, Properties, Record, Relation
from kg.values import parse_standard

_TYPES = {
    Label.DEPARTMENT: "Organization",
    Label.SYSTEM: "System",
    Label.COMPONENT: "Component",
    Label.PROJECT: "Project",
    Label.STANDARD: "Standard",
    Label.REGION: "Region",
    Label.FUNCTION: "Function",
    Label.COMPANY: "Organization",
}
_ONLY_RELATED = frozenset({Label.FUNCTION, Label.COMPANY})
_PLACED = frozenset({"Organization", "Project", "System", "Component"})
_DIRECT = frozenset({"SUPPLIES", "LOCATED_IN"})
_ASSETS = frozenset({"System", "Component"})
_PLACED_BY = "region.of.organ"
_LEVEL = re.compile(r"^(自治区|省|市)(?!级)")


class Naming(Protocol):
    """Gives entities their ids."""

    def __call__(self, type_: str, name: str, *, owner: str) -> EntityId:
        """Returns the id of an entity of a type; `owner` is the region of an organization, the issuer's
        region for a system or project, and the id of the system for a function; "" when unknown.
        """


@dataclass(frozen=True, slots=True)
class Said:
    """Where a document comes from: the kind of source, its ISO date, and the issuer's region if known."""

    source: str
    said_on: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One document being turned into records."""

    document: Document
    text: Joined
    said: Said
    naming: Naming
    region: str

    def claim(self, span: tuple[int, int], *, rule: str, confidence: float, quote: str) -> Claim:
        return Claim(
            source=self.said.source,
            document=self.document.path,
            said_on=self.said.said_on,
            place=self.text.place(*span),
            rule=rule,
            confidence=confidence,
            sha256=self.document.sha256,
            quote=quote,
        )

    def entity(self, item: Mention, *, owner: str = "") -> Entity:
        """Returns the entity a mention means, claimed at the mention."""
        kind, name = _TYPES[item.label], item.text
        claim = self.claim(
            (item.start, item.end), rule=item.rule, confidence=item.confidence, quote=item.text
        )
        if item.label is Label.COMPONENT and is_kind(name):
            return Entity(EntityId(f"capability:{capability_of(name)}"), "Capability", name, claims=(claim,))
        if item.label is Label.DEPARTMENT:
            name = qualified(name, self.region)
        unplaced = item.label in {Label.REGION, Label.COMPANY}
        key = self.naming(kind, name, owner=owner or ("" if unplaced else self.region))
        return Entity(key, kind, name, _own_properties(item), claims=(claim,))

    def detailed(self, found: Entity, said: Sequence[Detail]) -> Entity:
        """Returns the entity with a claim for each figure the text gives of it."""
        (named,) = found.claims
        claims = [replace(named, name=found.name, properties=found.properties)]
        for item in said:
            span = item.start, item.end
            quote = self.text.text[item.start : item.end]
            claim = self.claim(span, rule=item.rule, confidence=item.confidence, quote=quote)
            claims.append(replace(claim, properties={item.property: item.value}))
        return replace(found, claims=tuple(claims))


def _own_properties(item: Mention) -> Properties:
    """Returns what the mention itself says: the code of a standard, that a company supplies."""
    if item.label is Label.STANDARD:
        code = parse_standard(item.text)
        return {"code": code} if code != item.text else {}
    return {"kind": "供应商"} if item.label is Label.COMPANY else {}


def qualified(name: str, region: str) -> str:
    """Returns the organ's name with the region its level word stands for (自治区), where known."""
    level = _LEVEL.match(name)
    if level and region.endswith(level[1]):
        return region + name[level.end() :]
    return name


def issuer_region(found: Extraction) -> str:
    """Returns the division named by the first organ that names one, "" when none does."""
    organs = (place_of(item.text) for item in found.mentions if item.label is Label.DEPARTMENT)
    return next((place for place in organs if place), "")


def _type_of(said: TextRelation, source: Entity, target: Entity) -> tuple[str, bool] | None:
    """Returns the graph's relation type and whether its ends are turned round; None when it has none."""
    ends = source.type, target.type
    if source.type == "Capability":
        return ("OFFERS", True) if said.type == "PART_OF" and target.type in _ASSETS else None
    match said.type, target.type:
        case "BUILDS", "System" | "Component" | "Project":
            return ("OWNS", False) if source.type == "Organization" else None
        case "USES" | "DEPENDS_ON", "Capability":
            return "REUSES", False
        case "USES", "Component":
            return "REUSES", False
        case "USES", "System" if source.type == "Organization":
            return "USES_SYSTEM", False
        case "USES" | "DEPENDS_ON", "System" | "Component":
            return ("DEPENDS_ON", False) if source.type != "Organization" else None
        case "PART_OF", "Project" if source.type in _ASSETS:
            return "DELIVERS", True
        case "PART_OF", _ if ends == ("Project", "Project") or set(ends) <= _ASSETS:
            return "PART_OF", False
        case "PROVIDES" | "CONFORMS_TO", _ if source.type != "Organization":
            return said.type, False
    return None


def _properties(type_: str, modality: Modality) -> Properties:
    found: dict[str, str] = {}
    if modality is not Modality.FACT:
        found["modality"] = str(modality)
    if type_ in {"DEPENDS_ON", "REUSES"}:
        found["basis"] = "extracted"
    return found


def _related(reading: _Reading, said: TextRelation) -> tuple[tuple[Entity, ...], Relation] | None:
    source = reading.entity(said.head)
    target = reading.entity(said.tail, owner=source.id if said.tail.label is Label.FUNCTION else "")
    kind = (said.type, False) if said.type in _DIRECT else _type_of(said, source, target)
    if kind is None or source.id == target.id:
        return None
    type_, turned = kind
    span = said.start, said.start + len(said.sentence)
    claim = reading.claim(span, rule=said.rule, confidence=said.confidence, quote=said.sentence)
    one, other = (target, source) if turned else (source, target)
    properties = _properties(type_, said.modality)
    return (source, target), Relation(one.id, type_, other.id, properties, (claim,))


def _located(reading: _Reading, organ: Entity) -> tuple[Entity, Relation] | None:
    """Returns the region whose name an organ, project or system begins with, as an inference."""
    place = place_of(organ.name)
    if not place:
        return None
    claim = organ.claims[0]
    inferred = Claim(
        claim.source,
        claim.document,
        claim.said_on,
        claim.place,
        _PLACED_BY,
        confidence(_PLACED_BY),
        sha256=claim.sha256,
        quote=claim.quote,
    )
    region = Entity(reading.naming("Region", place, owner=""), "Region", place, claims=(inferred,))
    return region, Relation(organ.id, "LOCATED_IN", region.id, claims=(inferred,))


def _owned(reading: _Reading, item: Mention) -> tuple[tuple[Entity, Entity], Relation] | None:
    """Returns the organ a system's name begins with as its owner, as an inference."""
    owner = owner_of(item)
    if owner is None:
        return None
    organ, system = reading.entity(owner), reading.entity(item)
    span = item.start, item.end
    claim = reading.claim(span, rule=owner.rule, confidence=owner.confidence, quote=item.text)
    return (organ, system), Relation(organ.id, "OWNS", system.id, claims=(claim,))


@dataclass(frozen=True, slots=True)
class _Block:
    """What was read out of one block of the document."""

    mentions: list[Mention] = field(default_factory=list)
    relations: list[TextRelation] = field(default_factory=list)
    details: list[Detail] = field(default_factory=list)


def _entities(reading: _Reading, block: _Block) -> dict[EntityId, Entity]:
    found: dict[EntityId, Entity] = {}
    for item in block.mentions:
        if item.label not in _ONLY_RELATED:
            entity = reading.entity(item)
            found.setdefault(entity.id, entity)
    said: dict[EntityId, list[Detail]] = {}
    for detail in block.details:
        entity = reading.entity(detail.of)
        if entity.type != "Capability":
            found.setdefault(entity.id, entity)
            said.setdefault(entity.id, []).append(detail)
    return found | {key: reading.detailed(found[key], items) for key, items in said.items()}


def _record(reading: _Reading, block: _Block) -> Record | None:
    entities = _entities(reading, block)
    said: list[Relation] = []
    for relation in block.relations:
        if pair := _related(reading, relation):
            for end in pair[0]:
                entities.setdefault(end.id, end)
            said.append(pair[1])
    for found in filter(None, (_owned(reading, item) for item in block.mentions)):
        if found[1].key not in {relation.key for relation in said}:
            entities.setdefault(found[0][0].id, found[0][0])
            said.append(found[1])
    for placed in [entity for entity in entities.values() if entity.type in _PLACED]:
        if located := _located(reading, placed):
            entities.setdefault(located[0].id, located[0])
            said.append(located[1])
    if not entities:
        return None
    subject = next(iter(entities.values()))
    return Record(subject.id, subject.claims[0], tuple(entities.values()), tuple(said))


def facts(document: Document, *, said: Said, naming: Naming) -> Iterator[Record]:
    """Yields a record for every block that names something, in reading order.

    A generic component is its capability; organs named by level only are taken to be of the issuer's
    region (given, else that of the first organ with a place name) and to lie there, as an inference.
    """
    text = joined(document.blocks)
    found = extract(text.text)
    reading = _Reading(document, text, said, naming, said.region or issuer_region(found))
    blocks: dict[int, _Block] = defaultdict(_Block)
    for item in found.mentions:
        blocks[text.at(item.start)].mentions.append(item)
    for relation in found.relations:
        blocks[text.at(relation.start)].relations.append(relation)
    for detail in found.details:
        blocks[text.at(detail.start)].details.append(detail)
    for _, block in sorted(blocks.items()):
        record = _record(reading, block)
        if record is not None:
            yield record
