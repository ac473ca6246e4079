"""Claims of a proposal, each with the place at which the proposal says it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingest.documents.recognised import SIGN
from ingest.sources.recognised import marked_claim
from kg.matching.proposal import Fact, Proposal
from kg.model import NOWHERE, Claim, Place, Value

SHEET = re.compile(r"^工作表“(.+)”(?:第(\d+)行)?$")
PAGE = re.compile(r"^第(\d+)页(?:的表格第(\d+)行)?$")
BLOCK = re.compile(r"^(?:第\d+个表格（)?第(\d+)段(?:处）第(\d+)行)?$")
PROPERTIES = {"grade": "security_grade"}
"""Kinds of facts whose property is called otherwise."""


def place_in(words: str) -> Place:
    """The place that a proposal tells in words, nowhere for a file name or a field of a form."""
    if found := SHEET.match(words):
        return Place(sheet=found[1], row=_number(found[2]))
    if found := PAGE.match(words):
        return Place(page=int(found[1]), row=_number(found[2]))
    if found := BLOCK.match(words):
        return Place(block=int(found[1]), row=_number(found[2]))
    return NOWHERE


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def claim_at(claim: Claim, words: str, *, rule: str) -> Claim:
    """The claim of a record as that of one saying at a place in words; where it is not told, the record's."""
    place = place_in(words.removesuffix(SIGN))
    own = replace(claim, rule=f"{claim.rule}.{rule}", place=claim.place if place == NOWHERE else place)
    return marked_claim(own) if words.endswith(SIGN) else own


def project_claims(proposal: Proposal, claim: Claim, properties: Mapping[str, Value]) -> tuple[Claim, ...]:
    """A claim for each property of the project that stands at a place of its own, after one for the rest."""
    placed = dict(_placed(proposal, properties))
    rest = {name: value for name, value in properties.items() if name not in placed}
    named = next((fact for fact in proposal.facts if fact.kind == "name"), None)
    main = claim_at(claim, named.place, rule="name") if named else claim
    return (
        replace(main, name=proposal.description.name, properties=rest),
        *(
            replace(claim_at(claim, fact.place, rule=name), properties={name: properties[name]})
            for name, fact in placed.items()
        ),
    )


def _placed(proposal: Proposal, properties: Mapping[str, Value]) -> Iterator[tuple[str, Fact]]:
    for fact in reversed(proposal.facts):
        name = PROPERTIES.get(fact.kind, fact.kind)
        if name in properties and fact.place:
            yield name, fact
