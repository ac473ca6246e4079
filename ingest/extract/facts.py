"""Turns what was read out of a document into records of the graph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingest.documents.blocks import Document
from ingest.extract.capability import capability_of, is_kind
from ingest.extract.extractor import extract
from ingest.extract.model import Extraction, Label, Mention, TextRelation
from ingest.extract.names import place_of
from ingest.extract.places import Joined, joined
from kg.model import Claim, Entity, EntityId, Modality, Properties, Record, Relation

_TYPES = {
    Label.DEPARTMENT: "Organization",
    Label.SYSTEM: "System",
    Label.COMPONENT: "Component",
    Label.PROJECT: "Project",
    Label.STANDARD: "Standard",
    Label.REGION: "Region",
    Label.FUNCTION: "Function",
}
_ASSETS = frozenset({"System", "Component"})
_LEVEL = re.compile(r"^(自治区|省|市)(?!级)")
_QUALIFIED = 0.7


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
        key = self.naming(kind, name, owner=owner or (self.region if kind != "Region" else ""))
        return Entity(key, kind, name, claims=(claim,))


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
    kind = _type_of(said, source, target)
    if kind is None or source.id == target.id:
        return None
    type_, turned = kind
    start = max(0, reading.text.text.find(said.sentence))
    claim = reading.claim(
        (start, start + len(said.sentence)), rule=said.rule, confidence=said.confidence, quote=said.sentence
    )
    one, other = (target, source) if turned else (source, target)
    properties = _properties(type_, said.modality)
    return (source, target), Relation(one.id, type_, other.id, properties, (claim,))


def _located(reading: _Reading, organ: Entity) -> tuple[Entity, Relation] | None:
    """Returns the region an organ of the issuer's region lies in, as an inference."""
    place = place_of(organ.name)
    if not place:
        return None
    (claim,) = organ.claims
    inferred = Claim(
        claim.source,
        claim.document,
        claim.said_on,
        claim.place,
        "region.of.organ",
        _QUALIFIED,
        sha256=claim.sha256,
        quote=claim.quote,
    )
    region = Entity(reading.naming("Region", place, owner=""), "Region", place, claims=(inferred,))
    return region, Relation(organ.id, "LOCATED_IN", region.id, claims=(inferred,))


def _record(
    reading: _Reading, mentions: Sequence[Mention], relations: Sequence[TextRelation]
) -> Record | None:
    entities: dict[EntityId, Entity] = {}
    said: list[Relation] = []
    for item in mentions:
        if item.label is not Label.FUNCTION:
            found = reading.entity(item)
            entities.setdefault(found.id, found)
    for organ in [entity for entity in entities.values() if entity.type == "Organization"]:
        if located := _located(reading, organ):
            entities.setdefault(located[0].id, located[0])
            said.append(located[1])
    for relation in relations:
        if pair := _related(reading, relation):
            for end in pair[0]:
                entities.setdefault(end.id, end)
            said.append(pair[1])
    if not entities:
        return None
    subject = next(iter(entities.values()))
    return Record(subject.id, subject.claims[0], tuple(entities.values()), tuple(said))


def facts(document: Document, *, said: Said, naming: Naming) -> Iterator[Record]:
    """Yields a record for every block that names something, in reading order.

    A generic component is its capability; organs named by level only are taken to be of the issuer's
    region (given, else that of the first organ with a place name), which is claimed with confidence 0.7.
    """
    text = joined(document.blocks)
    found = extract(text.text)
    reading = _Reading(document, text, said, naming, said.region or issuer_region(found))
    mentions: dict[int, list[Mention]] = {}
    relations: dict[int, list[TextRelation]] = {}
    for item in found.mentions:
        mentions.setdefault(text.at(item.start), []).append(item)
    for relation in found.relations:
        relations.setdefault(text.at(text.text.find(relation.sentence)), []).append(relation)
    for number in sorted(mentions.keys() | relations.keys()):
        record = _record(reading, mentions.get(number, ()), relations.get(number, ()))
        if record is not None:
            yield record
