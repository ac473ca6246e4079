"""A whole graph as native JSONL: entities first, then relations, each with the claims behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TextIO

from kg.exchange.facts import encode_fact
from kg.model import EntityId, Relation
from kg.ontology import load_ontology
from kg.store.base import Counts, GraphReader
from kg.store.resolution import RESOLVER

BATCH = 500
"""Entities whose claims are read by one question to the store."""


def write_jsonl(reader: GraphReader, out: TextIO, *, include_derived: bool = False) -> Counts:
    """Writes every entity, then every relation, with open claims; returns how many of each.

    Derived relations (OVERLAPS, and what only the resolver says) are recomputed rather than exchanged unless
    `include_derived`. The order is that of ids, so equal graphs give equal files.
    """
    ids: list[EntityId] = []
    stream = (entity.id for entity in reader.entities())
    while batch := list(islice(stream, BATCH)):
        found = reader.get(batch)
        ids += (entity_id for entity_id in batch if entity_id in found)
        out.writelines(f"{encode_fact(found[entity_id])}\n" for entity_id in batch if entity_id in found)
    written = 0
    for relation in exchanged_relations(reader, ids, include_derived=include_derived):
        out.write(f"{encode_fact(relation)}\n")
        written += 1
    return Counts(len(ids), written)


def exchanged_relations(
    reader: GraphReader, ids: Sequence[EntityId], *, include_derived: bool
) -> Iterator[Relation]:
    """Relations from these entities with their claims, in the order of `ids`."""
    known = load_ontology().relation_types
    for start in range(0, len(ids), BATCH):
        for relation in reader.relations(ids[start : start + BATCH]):
            if include_derived:
                yield relation
            elif relation.type not in known or not known[relation.type].derived:
                said = tuple(claim for claim in relation.claims if claim.source != RESOLVER)
                if said or not relation.claims:
                    yield replace(relation, claims=said)
