"""A whole graph as native JSONL: entities first, then relations, each with the claims behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TextIO

from kg.exchange.chosen import without_derived
from kg.exchange.facts import encode_fact
from kg.model import Entity, EntityId, Relation
from kg.store.base import Counts, GraphReader

BATCH = 500
"""Entities whose claims are read by one question to the store."""


def write_jsonl(
    reader: GraphReader, out: TextIO, *, include_derived: bool = False, include_history: bool = False
) -> Counts:
    """Writes every entity, then every relation, with the claims that hold; returns how many of each.

    Derived relations (OVERLAPS, and what only the resolver says) are recomputed rather than exchanged unless
    `include_derived`. `include_history` adds the claims that are over, each with the day on which it ended,
    and what nothing but these say. The order is that of ids, so equal graphs give equal files.
    """
    claimed = reader.history() if include_history else reader
    ids: list[EntityId] = []
    stream = (entity.id for entity in claimed.entities())
    while batch := list(islice(stream, BATCH)):
        for entity in _entities(reader, claimed, batch):
            ids.append(entity.id)
            out.write(f"{encode_fact(entity)}\n")
    written = 0
    for start in range(0, len(ids), BATCH):
        found = _relations(reader, claimed, ids[start : start + BATCH])
        for relation in found if include_derived else without_derived(found):
            out.write(f"{encode_fact(relation)}\n")
            written += 1
    return Counts(len(ids), written)


def _entities(reader: GraphReader, claimed: GraphReader, ids: Sequence[EntityId]) -> Iterator[Entity]:
    """As they are shown, with all their claims; one of which nothing holds as it was shown last."""
    found = claimed.get(ids)
    shown = found if claimed is reader else reader.get(ids)
    for entity_id in ids:
        if entity_id in found:
            entity = found[entity_id]
            yield replace(shown.get(entity_id, entity), claims=entity.claims)


def _relations(reader: GraphReader, claimed: GraphReader, ids: Sequence[EntityId]) -> Iterator[Relation]:
    if claimed is reader:
        yield from reader.relations(ids)
        return
    shown = {relation.key: relation for relation in reader.relations(ids)}
    for relation in claimed.relations(ids):
        yield replace(shown.get(relation.key, relation), claims=relation.claims)
