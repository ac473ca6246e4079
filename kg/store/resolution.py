"""Exact resolution: systems that keys say are one, joined by claims that a person sees and can undo."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Claim, Direction, Entity, EntityId, Record, Relation, RunId
from kg.store.base import Counts, Delivery, GraphReader, GraphStore
from kg.store.judgements import DIFFERENT_FROM, REVIEWER, SAME_AS
from kg.store.mentions import link_mentions
from kg.store.ranking import aliases_of
from kg.store.redelivery import first_said, newest, redeliver
from kg.store.references import BY_NAME, BY_PLACE, BY_REGION, Mentions, meanings, namesakes, read_mentions
from kg.store.surroundings import Surroundings, read_surroundings
from kg.store.unions import Unions
from kg.store.units import resolve_units
from kg.text import fold

__all__ = ["DELIVERY", "RESOLVED", "RESOLVER", "link_mentions", "resolve_exactly"]

RESOLVER = "resolver"
RESOLVED = (SAME_AS, "SUCCEEDS", "REUSES", "DEPENDS_ON")
"""Relation types that resolution writes, besides those who state them."""
DELIVERY = "resolver:exact"
BY_CODE = "exact:code"
BY_OWNER = "exact:owner+name"
# A code is the registry's word, a name within one owner nearly that; a mention rests on there being no other,
# and the less of its name is the same the less it says.
CONFIDENCE = {BY_CODE: 1.0, BY_OWNER: 0.95, BY_NAME: 0.9, BY_PLACE: 0.85, BY_REGION: 0.8}


@dataclass(frozen=True, slots=True)
class Link:
    """Two assets that a rule holds to be one."""

    first: EntityId
    second: EntityId
    rule: str


def resolve_exactly(store: GraphStore, run: RunId) -> Counts:
    """Says anew which systems and components are one by key, after which units are (`kg.store.units`).

    What no longer holds is closed. Rules: equal registration code; equal owner and a name that equals a name
    or alias; a mention by name that can mean one owned asset alone, and mentions of one name and place
    (`kg.store.references`). Never between
    different codes or owners, nor where a person said different. An asset whose owner nobody knows is no
    mention: a name alone joins nothing.
    """
    resolve_units(store, run)
    around = read_surroundings(store)
    links = _links(around, read_mentions(store, around), _judged(store))
    said = first_said(store, {end for link in links for end in (link.first, link.second)})
    delivery = Delivery(DELIVERY, RESOLVER, None, None, newest(store), len(links))
    records = [_record(link, max(said[link.first], said[link.second])) for link in links]
    return redeliver(store, run, delivery, records=records)


def _judged(reader: GraphReader) -> list[tuple[EntityId, str, EntityId]]:
    """What people said of pairs: (a, SAME_AS or DIFFERENT_FROM, b)."""
    kinds = (SAME_AS, DIFFERENT_FROM)
    sources = sorted({relation.source for relation in reader.relations(types=kinds)})
    return [
        relation.key
        for relation in reader.relations(sources, types=kinds, direction=Direction.OUT)
        if any(claim.source == REVIEWER for claim in relation.claims)
    ]


def _links(
    around: Surroundings, mentions: Mentions, judged: Iterable[tuple[EntityId, str, EntityId]]
) -> list[Link]:
    codes = {i: str(code) for i, e in around.assets.items() if (code := e.properties.get("code"))}
    unions = Unions(codes, around.owners)
    for a, kind, b in sorted(judged):
        if kind == DIFFERENT_FROM:
            unions.hold_apart(a, b)
    for a, kind, b in sorted(judged):
        if kind == SAME_AS:
            unions.force(a, b)
    links = []
    for link in (*_by_code(codes), *_by_owner(around, codes)):
        if unions.join(link.first, link.second):
            links.append(link)
    links += [link for link in _by_mention(around, mentions, unions) if unions.join(link.first, link.second)]
    return links


def _link(a: EntityId, b: EntityId, rule: str) -> Link:
    return Link(min(a, b), max(a, b), rule)


def _by_code(codes: Mapping[EntityId, str]) -> Iterator[Link]:
    groups: dict[str, list[EntityId]] = defaultdict(list)
    for asset, code in sorted(codes.items()):
        groups[code].append(asset)
    for _, group in sorted(groups.items()):
        yield from (Link(group[0], other, BY_CODE) for other in group[1:])


def _by_owner(around: Surroundings, codes: Mapping[EntityId, str]) -> Iterator[Link]:
    groups: dict[tuple[EntityId, str], list[tuple[EntityId, bool]]] = defaultdict(list)
    for asset, entity in sorted(around.assets.items()):
        for owner in sorted(around.owners.get(asset, ())):
            for name, is_name in _names(entity):
                groups[owner, name].append((asset, is_name))
    for _, group in sorted(groups.items()):
        stated = {codes[asset] for asset, _ in group if asset in codes}
        named = [asset for asset, is_name in group if is_name]
        if len(stated) > 1 or not named:
            continue
        yield from (_link(named[0], asset, BY_OWNER) for asset, _ in group if asset != named[0])


def _by_mention(around: Surroundings, mentions: Mentions, unions: Unions) -> Iterator[Link]:
    for meant in meanings(around, mentions):
        roots = {unions.root(candidate) for candidate in meant.candidates}
        if len(roots) == 1 and not unions.owners(meant.mention):
            yield _link(min(meant.candidates), meant.mention, meant.rule)
    for one, other in namesakes(around, mentions):
        if unions.root(one) != unions.root(other):
            yield Link(one, other, BY_PLACE)


def _names(entity: Entity) -> list[tuple[str, bool]]:
    """Folded name and aliases, each once, and whether it is the name."""
    name = fold(entity.name)
    aliases = {fold(alias) for alias in aliases_of(entity.properties.get("aliases"))} - {name, ""}
    return [(name, True), *((alias, False) for alias in sorted(aliases))]


def _record(link: Link, said_on: str) -> Record:
    claim = Claim(
        source=RESOLVER, document=DELIVERY, said_on=said_on, rule=link.rule, confidence=CONFIDENCE[link.rule]
    )
    # A claim of the relation's own: its date is part of what is said, and may turn out to be earlier.
    return Record(link.first, claim, (), (Relation(link.first, SAME_AS, link.second, claims=(claim,)),))
