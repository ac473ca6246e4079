"""Marks on what a proposal says on scanned pages."""

from dataclasses import replace

from ingest.documents.blocks import Document
from ingest.documents.recognised import CONFIDENCE, SIGN
from ingest.proposal.sections import in_words
from ingest.proposal.tables.lines import place_of
from kg.matching.proposal import Proposal


def marked(proposal: Proposal, document: Document) -> Proposal:
    """The proposal with the mark of a recogniser at the place of each fact and function it read.

    A function list with such functions is trusted no more than they are.
    """
    places = _scanned(document)
    if not places:
        return proposal
    facts = tuple(replace(fact, place=_marked(fact.place, places)) for fact in proposal.facts)
    told = proposal.description
    items = tuple(replace(item, place=_marked(item.place, places)) for item in told.items)
    read = any(item.place in places for item in told.items)
    confidence = min(proposal.confidence, CONFIDENCE) if read else proposal.confidence
    return replace(proposal, description=replace(told, items=items), facts=facts, confidence=confidence)


def _marked(place: str, places: frozenset[str]) -> str:
    return place + SIGN if place in places else place


def _scanned(document: Document) -> frozenset[str]:
    """The places of scanned blocks and rows, in words."""
    blocks = [block for block in document.blocks if block.scanned]
    rows = (place_of(row) for block in blocks for row in block.rows)
    return frozenset([*map(in_words, blocks), *rows])
