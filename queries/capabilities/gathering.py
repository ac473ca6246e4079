"""Gathers the ledger out of the estate, the groups of its functions and what reviewers say of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.identity import capability_id, is_registered
from kg.matching.capabilities import (
    Grouping,
    Wording,
    counted_wordings,
    folded,
    naming,
    regrouped,
)
from kg.matching.encoder.port import Encoder
from kg.matching.lexicon.loading import ability_rules
from kg.matching.overlap_index import Progress, quiet
from kg.model import EntityId
from kg.registry import ability
from kg.store.base import GraphReader
from kg.store.capability_judgements import CAPABILITY, Rulings, rulings
from kg.store.clusters import Clusters
from queries.capabilities.ledger import Capability, Ledger
from queries.estate import ASSET_TYPES, Estate, Member


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the ledger is made of: distinct wordings, those of each system, their groups, what people say.

    `stated` names the capabilities that are stored.
    """

    wordings: Mapping[str, Wording]
    held: Mapping[EntityId, tuple[str, ...]]
    grouping: Grouping
    ruled: Rulings
    stated: Mapping[EntityId, str]


def grouped(
    estate: Estate,
    stored: GraphReader,
    encoder: Encoder,
    *,
    before: Grouping | None = None,
    progress: Progress = quiet,
) -> Gathered:
    """The groups of the functions of systems and components; `before` is kept as far as it holds.

    `stored` is the graph read without merging.
    """
    ruled = rulings(stored)
    held: dict[EntityId, tuple[str, ...]] = {}
    wordings = counted_wordings(_texts(estate.of_type(*ASSET_TYPES), held))
    counts = {key: wording.count for key, wording in wordings.items()}
    taken = frozenset(ruled.parts.values())
    grouping = regrouped(before, counts, encoder, known=ruled.known, taken=taken, progress=progress)
    stated = {one.id: one.name for one in stored.entities(entity_type=CAPABILITY)}
    return Gathered(wordings, held, grouping, ruled, stated)


def _texts(assets: Iterable[Member], held: dict[EntityId, tuple[str, ...]]) -> Iterator[str]:
    """All functions; what each asset words is put down by the way, for reading an asset takes time."""
    for member in assets:
        texts = [item.text for item in member.description.items]
        held[member.id] = tuple(dict.fromkeys(map(folded, texts)))
        yield from texts


def gathered(
    parts: Gathered, estate: Estate, clusters: Clusters, *, encoder: Encoder, said_on: str = ""
) -> Ledger:
    """The ledger: what reviewers merged, split and named is as they say, the rest as it is grouped."""
    of, moved = _placed(parts, clusters)
    groups: dict[EntityId, list[str]] = {}
    for key, one in of.items():
        groups.setdefault(one, []).append(key)
    assets = estate.of_type(*ASSET_TYPES)
    members = {member.id: member for member in assets}
    holders = _holders(parts.held, of)
    offering: dict[EntityId, list[EntityId]] = defaultdict(list)
    for member in assets:
        for one in sorted({moved.get(i, i) for i in estate.offers.get(member.id, ())}):
            offering[one].append(member.id)
    names = _names(parts, groups, moved, encoder=encoder)
    items = [
        Capability(
            id=one,
            name=names.get(one) or parts.stated.get(one, one),
            wordings=_ordered(parts.wordings[key] for key in groups.get(one, ())),
            holders=tuple(holders.get(one, ())),
            departments=len({members[i].owner for i in holders.get(one, ())} - {None}),
            offered_by=tuple(offering.get(one, ())),
            ordinary=names.get(one) in ability_rules().everywhere,
        )
        for one in {*groups, *offering}
    ]
    return Ledger(tuple(sorted(items, key=lambda one: one.rank)), of, moved, members, said_on)


def _placed(parts: Gathered, clusters: Clusters) -> tuple[dict[str, EntityId], dict[EntityId, EntityId]]:
    """The capability of each wording, and which ids are shown under which."""
    raw = {key: one for one, group in parts.grouping.groups.items() for key in group}
    raw |= {key: one for text, one in parts.ruled.parts.items() if (key := folded(text)) in raw}
    moved = dict(clusters.canonical)
    present = set(raw.values())
    for key, one in sorted(raw.items()):
        # A judged capability whose first name another group holds now is that group.
        own = capability_id(key)
        if own in parts.ruled.known and own not in present:
            if not is_registered(one):
                moved.setdefault(one, moved.get(own, one))
            moved.setdefault(own, moved.get(one, one))
    return {key: moved.get(one, one) for key, one in raw.items()}, moved


def _holders(
    held: Mapping[EntityId, tuple[str, ...]], of: Mapping[str, EntityId]
) -> Mapping[EntityId, list[EntityId]]:
    found: dict[EntityId, list[EntityId]] = defaultdict(list)
    for member, keys in held.items():
        for one in sorted({of[key] for key in keys if key in of}):
            found[one].append(member)
    return found


def _names(
    parts: Gathered,
    groups: Mapping[EntityId, Collection[str]],
    moved: Mapping[EntityId, EntityId],
    *,
    encoder: Encoder,
) -> dict[EntityId, str]:
    """The name a reviewer gave, else the registry's, else the most frequent wording."""
    counts = {key: wording.count for key, wording in parts.wordings.items()}
    ids = sorted(groups)
    chosen = naming([sorted(groups[one]) for one in ids], counts, encoder)
    names = {one: parts.wordings[key].text for one, key in zip(ids, chosen, strict=True)}
    for one in {*ids, *parts.stated}:
        if known := ability(one.partition(":")[2]):
            names[one] = known.name
    for one, name in parts.ruled.names.items():
        shown = moved.get(one, one)
        # What joins a registered capability gives it no name.
        if shown == one or not is_registered(shown):
            names[shown] = name
    return names


def _ordered(wordings: Iterable[Wording]) -> tuple[Wording, ...]:
    return tuple(sorted(wordings, key=lambda one: (-one.count, one.text)))
