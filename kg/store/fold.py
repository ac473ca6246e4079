"""The fold: how the claims about one thing become the name and properties that are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kg.model import Claim, Entity, EntityId, Modality, Relation, Value
from kg.store.records import Assertion

ALIASES = "aliases"
MODALITY = "modality"


class Precedence(Protocol):
    """What the fold needs of an ontology."""

    def is_a(self, type_name: str, ancestor: str) -> bool:
        """Whether a type is `ancestor` or extends it."""
        ...

    def precedence(self, type_name: str, property_name: str) -> tuple[str, ...]:
        """Source names, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A value that lost: what `claim` says of `property` against the value shown."""

    property: str
    value: Value
    claim: Claim


def fold_entity(entity_id: EntityId, said: Sequence[Assertion], ontology: Precedence) -> Entity:
    """The entity as its assertions make it; at least one is needed. The order given never matters."""
    if len(said) == 1:
        only = said[0]
        claim = only.claim
        return Entity(entity_id, only.type, claim.name or str(entity_id), claim.properties, (claim,))
    kind = _type(said, ontology)
    claims = rank([assertion.claim for assertion in said], ontology.precedence(kind, "name"))
    name = next((claim.name for claim in claims if claim.name), str(entity_id))
    return Entity(entity_id, kind, name, _properties(kind, claims, ontology), tuple(claims))


def fold_relation(
    key: tuple[EntityId, str, EntityId], claims: Iterable[Claim], ontology: Precedence
) -> Relation:
    """The relation as its claims make it. A claim without a modality says that it is a fact."""
    kind = key[1]
    ranked = rank(list(claims), ontology.precedence(kind, MODALITY))
    properties = ranked[0].properties
    if len(ranked) > 1:
        properties = _properties(kind, ranked, ontology)
        if MODALITY not in ranked[0].properties or properties.get(MODALITY) == Modality.FACT:
            properties = {name: value for name, value in properties.items() if name != MODALITY}
    return Relation(*key, properties, tuple(ranked))


def rank(claims: Sequence[Claim], precedence: Sequence[str]) -> list[Claim]:
    """Claims from winner to loser: by source, then the latest, then document and place."""
    if len(claims) == 1:
        return list(claims)
    order = {source: position for position, source in enumerate(precedence)}
    ordered = sorted(claims, key=_standing)
    ordered.sort(key=lambda claim: claim.said_on, reverse=True)
    ordered.sort(key=lambda claim: order.get(claim.source, len(order)))
    return ordered


def contradictions(entity: Entity, ontology: Precedence) -> list[Contradiction]:
    """Every name or value claimed that is not the one shown, by property, in the order of rank."""
    losers = []
    for name in sorted({name for claim in entity.claims for name in claim.properties} - {ALIASES}):
        ranked = rank(entity.claims, ontology.precedence(entity.type, name))
        shown = entity.properties.get(name)
        losers += [
            Contradiction(name, claim.properties[name], claim)
            for claim in ranked
            if name in claim.properties and claim.properties[name] != shown
        ]
    named = [claim for claim in entity.claims if claim.name and claim.name != entity.name]
    return [Contradiction("name", claim.name or "", claim) for claim in named] + losers


def _type(said: Sequence[Assertion], ontology: Precedence) -> str:
    """The most special type claimed (a Component is a System); of unrelated ones the best source's."""
    ordered = [assertion.claim for assertion in sorted(said, key=lambda assertion: assertion.type)]
    ranked = rank(ordered, ontology.precedence("", "type"))
    by_claim = {id(assertion.claim): assertion.type for assertion in said}
    best = by_claim[id(ranked[0])]
    for claim in ranked:
        candidate = by_claim[id(claim)]
        if ontology.is_a(candidate, best):
            best = candidate
    return best


def _properties(kind: str, claims: Sequence[Claim], ontology: Precedence) -> Mapping[str, Value]:
    names = sorted({name for claim in claims for name in claim.properties})
    folded: dict[str, Value] = {}
    for name in names:
        ranked = rank(claims, ontology.precedence(kind, name))
        values = [claim.properties[name] for claim in ranked if name in claim.properties]
        folded[name] = _united(values) if name == ALIASES else values[0]
    return folded


def _united(values: Iterable[Value]) -> tuple[str, ...]:
    lists = (value if isinstance(value, tuple) else (str(value),) for value in values)
    return tuple(dict.fromkeys(alias for aliases in lists for alias in aliases))


def _standing(claim: Claim) -> tuple[object, ...]:
    ended = (claim.ended is not None, claim.ended or "")
    return (claim.document, _coordinates(claim), claim.rule, claim.name or "", _text(claim), ended)


def _coordinates(claim: Claim) -> tuple[tuple[bool, str, int], ...]:
    return tuple(
        (part is not None, part if isinstance(part, str) else "", part if isinstance(part, int) else 0)
        for part in claim.place.coordinates
    )


def _text(claim: Claim) -> str:
    said = sorted((name, repr(value)) for name, value in claim.properties.items())
    return repr((said, claim.confidence, claim.sha256, claim.quote, claim.by, claim.because))
