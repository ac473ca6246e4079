"""Proposes which systems of several sources are one, by a scorer that trains itself; a person decides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.matching.linkage import Linked, Table, link_within
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


def proposals(stored: GraphReader) -> list[Proposal]:
    """Pairs of a graph read without merging that are likely one, best first; nothing is merged by them.

    Never two of one document, with different codes, with owners or regions that contradict, or that a person
    holds apart; nor a pair that is one already. A mere mention is left to the rules for mentions.
    """
    around = read_surroundings(stored)
    described = {i: e for i, e in around.assets.items() if not is_mention(e)}
    documents = _documents(stored, sorted(described))
    rows = _rows(stored, described, around)
    groups: dict[str, str] = {i: min(documents[i], default=i) for i in described}
    found = link_within(Table.of(rows), groups, name=NAME) if len(rows) > 1 else []
    apart = _held_apart(stored, around)
    return [
        Proposal(EntityId(one.a), EntityId(one.b), one.score)
        for one in _matches(found)
        if not documents[EntityId(one.a)] & documents[EntityId(one.b)]
        and not _contradict(EntityId(one.a), EntityId(one.b), around, apart=apart)
    ]


def _matches(found: Iterable[Linked]) -> Iterator[Linked]:
    return (one for one in found if one.match)


def _documents(stored: GraphReader, ids: Sequence[EntityId]) -> Mapping[EntityId, frozenset[str]]:
    """In which documents sources tell of each."""
    waiting, found = iter(ids), dict[EntityId, frozenset[str]]()
    while batch := list(islice(waiting, BATCH)):
        for i, entity in stored.get(batch).items():
            said = (claim.document for claim in entity.claims if claim.source not in DERIVED)
            found[i] = frozenset(said)
    return found


def _rows(
    stored: GraphReader, described: Mapping[EntityId, Entity], around: Surroundings
) -> list[dict[str, str]]:
    """What is compared of each: names, description, functions, owners."""
    functions = {one.id: one.name for one in stored.entities(entity_type="Function")}
    provided: dict[EntityId, list[str]] = {}
    for relation in stored.relations(types=("PROVIDES",)):
        if relation.source in described and relation.target in functions:
            provided.setdefault(relation.source, []).append(functions[relation.target])
    owners = {one.id: one.name for one in stored.entities(entity_type="Organization")}
    return [
        {
            "id": i,
            NAME: entity.name,
            "别名": " ".join(aliases_of(entity.properties.get("aliases"))),
            "说明": str(entity.properties.get("description", "")),
            "功能": " ".join(sorted(provided.get(i, ()))),
            "单位": " ".join(owners.get(one, "") for one in sorted(around.owners.get(i, ()))),
        }
        for i, entity in sorted(described.items())
    ]


def _held_apart(stored: GraphReader, around: Surroundings) -> frozenset[tuple[EntityId, EntityId]]:
    """Ordered pairs of canonical ids that a source or a person holds apart."""
    stated = stored.relations(types=(DIFFERENT_FROM,), direction=Direction.OUT)
    pairs = ((around.canonical(r.source), around.canonical(r.target)) for r in stated)
    return frozenset((min(pair), max(pair)) for pair in pairs)


def _contradict(
    a: EntityId, b: EntityId, around: Surroundings, *, apart: frozenset[tuple[EntityId, EntityId]]
) -> bool:
    """Whether the two are one already, or something that is known says they are not."""
    first, second = sorted((around.canonical(a), around.canonical(b)))
    if first == second or (first, second) in apart:
        return True
    codes = {code for i in (a, b) if (code := around.assets[i].properties.get("code"))}
    mine, theirs = around.owners.get(a), around.owners.get(b)
    places = around.region(a), around.region(b)
    return (
        len(codes) > 1
        or bool(mine and theirs and not mine & theirs)
        or (all(places) and not contains(*places) and not contains(*reversed(places)))
    )
