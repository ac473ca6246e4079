"""Proposes which systems of several sources are one, by a scorer that trains itself; a person decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.matching.linkage import Table, link_within
from kg.model import Direction, Entity, EntityId
from kg.store.base import GraphReader
from kg.store.judgements import DIFFERENT_FROM
from kg.store.mentioned import is_mention
from kg.store.ranking import aliases_of
from kg.store.surroundings import Surroundings, contains, read_surroundings

NAME = "名称"
BATCH = 2_000
DERIVED = ("resolver", "reviewer")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two systems or components that may be one, the first by id before the other; score .5 to 1."""

    a: EntityId
    b: EntityId
    score: float


@dataclass(frozen=True, slots=True)
class _Known:
    """What may keep a system from being another; "" and empty where it is not known."""

    canonical: EntityId
    documents: frozenset[str]
    code: str
    owners: frozenset[EntityId]
    region: str

    def contradicts(self, other: "_Known") -> bool:
        """Whether the two are one already, stand in one document, or differ in code, owner or place."""
        if self.canonical == other.canonical or self.documents & other.documents:
            return True
        return (
            bool(self.code and other.code and self.code != other.code)
            or bool(self.owners and other.owners and not self.owners & other.owners)
            or bool(self.region and other.region and not _nested(self.region, other.region))
        )


def _nested(one: str, other: str) -> bool:
    return contains(one, other) or contains(other, one)


def proposals(stored: GraphReader) -> list[Proposal]:
    """Pairs of a graph read without merging that are likely one, best first; nothing is merged by them.

    Never two of one document, with different codes, with owners or regions that contradict, or that a person
    holds apart; nor a pair that is one already. A mere mention is left to the rules for mentions.
    """
    around = read_surroundings(stored)
    described = {i: e for i, e in around.assets.items() if not is_mention(e)}
    known = _known(stored, sorted(described), around)
    units = {one.id: one.name for one in stored.entities(entity_type="Organization")}
    held = _held_apart(stored, around)
    rows = [_row(described[i], known[i], units) for i in sorted(described)]

    def apart(one: str, other: str) -> bool:
        first, second = known[EntityId(one)], known[EntityId(other)]
        whole = sorted((first.canonical, second.canonical))
        return first.contradicts(second) or (whole[0], whole[1]) in held

    found = link_within(Table.of(rows), apart, name=NAME) if len(rows) > 1 else []
    return [Proposal(EntityId(one.a), EntityId(one.b), one.score) for one in found if one.match]


def _known(stored: GraphReader, ids: Sequence[EntityId], around: Surroundings) -> Mapping[EntityId, _Known]:
    documents = _documents(stored, ids)
    return {
        i: _Known(
            around.canonical(i),
            documents[i],
            str(around.assets[i].properties.get("code", "")),
            around.owners.get(i, frozenset()),
            around.region(i),
        )
        for i in ids
    }


def _documents(stored: GraphReader, ids: Sequence[EntityId]) -> Mapping[EntityId, frozenset[str]]:
    """In which documents sources tell of each."""
    waiting, found = iter(ids), dict[EntityId, frozenset[str]]()
    while batch := list(islice(waiting, BATCH)):
        for i, entity in stored.get(batch).items():
            found[i] = frozenset(claim.document for claim in entity.claims if claim.source not in DERIVED)
    return found


def _row(asset: Entity, known: _Known, names: Mapping[EntityId, str]) -> dict[str, str]:
    """What is compared of each: what it is called and whose it is. What it does is compared as overlap."""
    aliases = " ".join(aliases_of(asset.properties.get("aliases")))
    units = " ".join(names.get(one, "") for one in sorted(known.owners))
    return {"id": asset.id, NAME: asset.name, "别名": aliases, "单位": units}


def _held_apart(stored: GraphReader, around: Surroundings) -> frozenset[tuple[EntityId, EntityId]]:
    """Ordered pairs of canonical ids that a source or a person holds apart."""
    stated = stored.relations(types=(DIFFERENT_FROM,), direction=Direction.OUT)
    pairs = ((around.canonical(r.source), around.canonical(r.target)) for r in stated)
    return frozenset((min(pair), max(pair)) for pair in pairs)
