"""Marks on the claims whose words were read off pictures of pages."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from ingest.documents.blocks import Document
from ingest.documents.recognised import CONFIDENCE
from ingest.sources.base import Lot, Reading
from kg.model import OCR, Claim, Entity, Record, Relation

Fact = TypeVar("Fact", Entity, Relation)


def with_marks(reading: Reading, document: Document) -> Reading:
    """The reading with every claim marked that stands in a scanned block: its rule, page and confidence."""
    pages = {block.place.block: block.place.page for block in document.blocks if block.scanned}
    return replace(reading, lots=tuple(_lot(lot, pages) for lot in reading.lots)) if pages else reading


def marked_claim(claim: Claim) -> Claim:
    """The claim with the mark of a recogniser at its rule, and no surer than that is."""
    return replace(claim, rule=claim.rule + OCR, confidence=min(claim.confidence, CONFIDENCE))


def _lot(lot: Lot, pages: Mapping[int | None, int | None]) -> Lot:
    return replace(lot, records=tuple(_record(record, pages) for record in lot.records))


def _record(record: Record, pages: Mapping[int | None, int | None]) -> Record:
    entities = tuple(_fact(entity, pages) for entity in record.entities)
    relations = tuple(_fact(relation, pages) for relation in record.relations)
    return replace(record, claim=_placed(record.claim, pages), entities=entities, relations=relations)


def _fact(fact: Fact, pages: Mapping[int | None, int | None]) -> Fact:
    if not fact.claims:
        return fact
    return replace(fact, claims=tuple(_placed(claim, pages) for claim in fact.claims))


def _placed(claim: Claim, pages: Mapping[int | None, int | None]) -> Claim:
    if claim.place.block not in pages or claim.is_recognised:
        return claim
    page = claim.place.page or pages[claim.place.block]
    return marked_claim(replace(claim, place=replace(claim.place, page=page)))
