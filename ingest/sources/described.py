"""What the prose of a census row says of its system: functions, reuse, dependencies, as extracted claims."""

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.subject import FUNCTIONS, NEEDS, Saying, said_of
from ingest.sources.assets import Fact, function_facts, use_facts
from kg.model import Claim, Entity, EntityId, Modality, Place, Properties, Relation
from kg.registry import Region


@dataclass(frozen=True, slots=True)
class Prose:
    """One cell of prose: its words and its place, the row's claim to follow, and what is looked for in it.

    `functions` tells that the row lists no functions itself, so that the prose may name them; `unit_place` is
    where the unit is that says it.
    """

    text: str
    place: Place
    said: Claim
    functions: bool
    unit_place: Region | None = None


def described_facts(subject: EntityId, name: str, prose: Prose) -> Iterator[Fact]:
    """Entities and relations that the prose tells of the subject, with span, rule, confidence and quote."""
    types = NEEDS | FUNCTIONS if prose.functions else NEEDS
    for saying in said_of(name, prose.text, types=types):
        claim = _claim(saying, prose)
        for fact in _facts(subject, saying, prose.unit_place):
            yield _claimed(fact, saying, claim)


def _facts(subject: EntityId, saying: Saying, place: Region | None) -> Iterator[Fact]:
    if saying.type == "PROVIDES":
        return function_facts(subject, saying.other)
    relation = "REUSES" if saying.type == "USES" else "DEPENDS_ON"
    return use_facts(subject, saying.other, relation=relation, place=place)


def _claim(saying: Saying, prose: Prose) -> Claim:
    """The citation of a saying; written out, since `dataclasses.replace` is slow for a claim per fact."""
    row, cell = prose.said, prose.place
    return Claim(
        source=row.source,
        document=row.document,
        said_on=row.said_on,
        place=Place(cell.sheet, cell.row, cell.column, cell.page, cell.block, saying.start, saying.end),
        rule=saying.rule,
        confidence=saying.confidence,
        sha256=row.sha256,
        quote=saying.quote,
    )


def _claimed(fact: Fact, saying: Saying, claim: Claim) -> Fact:
    if isinstance(fact, Entity):
        return Entity(fact.id, fact.type, fact.name, fact.properties, (claim,))
    return Relation(fact.source, fact.type, fact.target, _properties(fact, saying), (claim,))


def _properties(fact: Relation, saying: Saying) -> Properties:
    found = dict(fact.properties)
    if "basis" in found:
        found["basis"] = "extracted"
    if saying.modality is not Modality.FACT:
        found["modality"] = str(saying.modality)
    return found
