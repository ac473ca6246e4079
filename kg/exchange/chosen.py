"""Which relations are exchanged: what somebody said, and what rules derived only when it is asked for."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from kg.model import EntityId, Relation
from kg.ontology import load_ontology
from kg.store.base import GraphReader
from kg.store.resolution import RESOLVED, RESOLVER


def given_relations(reader: GraphReader, *, include_derived: bool) -> Iterator[Relation]:
    """All relations without claims; those that are derived only when asked for."""
    if include_derived:
        yield from reader.relations()
        return
    stated = {relation.key for relation in without_derived(_resolved(reader))}
    for relation in reader.relations():
        if relation.type not in _derived() and (relation.type not in RESOLVED or relation.key in stated):
            yield relation


def without_derived(relations: Iterable[Relation]) -> Iterator[Relation]:
    """The relations that somebody states, with the claims of those who do; claims must have been read."""
    for relation in relations:
        said = tuple(claim for claim in relation.claims if claim.source != RESOLVER)
        if relation.type not in _derived() and (said or not relation.claims):
            yield relation if len(said) == len(relation.claims) else replace(relation, claims=said)


def _resolved(reader: GraphReader) -> Iterator[Relation]:
    """With claims, the relations of the types that resolution also writes."""
    sources: list[EntityId] = sorted({relation.source for relation in reader.relations(types=RESOLVED)})
    return iter(reader.relations(sources, types=RESOLVED))


def _derived() -> Collection[str]:
    return {name for name, kind in load_ontology().relation_types.items() if kind.derived}
