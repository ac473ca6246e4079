"""Which system a mention by name means, read from where it is said: the unit, its city, its province."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Entity, EntityId
from kg.registry.relative import SaidPlace, divisions_meant, said_place
from kg.registry.shared_names import shared_name
from kg.store.base import GraphReader
from kg.store.mentioned import is_mention
from kg.store.ranking import aliases_of
from kg.store.surroundings import NOT_YET, Surroundings, contains
from kg.text import fold

USES = ("REUSES", "DEPENDS_ON", "USES_SYSTEM", "SUCCEEDS")
BY_NAME = "exact:mention"
BY_PLACE = "mention:place"
BY_REGION = "mention:region"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a mention may mean: candidates by id, and the rule that found them."""

    mention: EntityId
    rule: str
    candidates: frozenset[EntityId]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One name of an asset that a mention may mean; `code` "" where its place is not known."""

    asset: EntityId
    name: str
    code: str
    placed: bool


@dataclass(frozen=True, slots=True)
class Mentions:
    """The assets that are only named, by id, who uses which asset, and whose calls were counted.

    A gateway counts calls between registered systems under their registered names, wherever they stand.
    """

    assets: Mapping[EntityId, Entity]
    users: Mapping[EntityId, Collection[EntityId]]
    counted: Collection[EntityId] = frozenset()


def read_mentions(reader: GraphReader, around: Surroundings) -> Mentions:
    """The mentions of an estate: nobody owns them and they provide nothing. Plans count as uses, too."""
    named = {i: e for i, e in around.assets.items() if is_mention(e) and not around.owners.get(i)}
    providing = {relation.source for relation in reader.relations(sorted(named), types=("PROVIDES",))}
    users: dict[EntityId, set[EntityId]] = defaultdict(set)
    counted: set[EntityId] = set()
    for relation in reader.relations(types=USES):
        users[relation.target].add(relation.source)
        if relation.properties.get("basis") == "measured":
            counted |= {relation.source, relation.target}
    return Mentions({i: named[i] for i in sorted(set(named) - providing)}, users, counted)


def meanings(around: Surroundings, mentions: Mentions) -> Iterator[Meaning]:
    """For each mention, by id, the owned assets it may mean; whether they are one is the caller's to see.

    A place in the name decides (湖南省…, and 省… as the unit that says it lies). Without one, the asset must
    be of the region of every unit that says the name, or of one that holds it; a name of another wording of
    the place (统一身份认证平台 for 湖南省统一身份认证平台) means it only where it is said to be reused. One
    whose calls were counted means whatever bears exactly its name, in any region.
    """
    index = _candidates(around)
    for asset, entity in mentions.assets.items():
        users = mentions.users.get(asset, ())
        meaning = _meaning(entity, index, around, users=users)
        if not meaning.candidates and asset in mentions.counted:
            meaning = _registered(entity, index, users=users)
        yield meaning


def namesakes(around: Surroundings, mentions: Mentions) -> Iterator[tuple[EntityId, EntityId]]:
    """Pairs of mentions that say one name of one place in different words, the first by id with others."""
    groups: dict[tuple[str, str], list[EntityId]] = defaultdict(list)
    for asset, entity in mentions.assets.items():
        said, codes = _placed(entity.name, around.regions.get(asset, "") or around.province)
        if len(codes) == 1:
            groups[codes[0], name_key(said.core)].append(asset)
    for _, (first, *others) in sorted(groups.items()):
        yield from ((first, other) for other in others)


def _candidates(around: Surroundings) -> Mapping[str, list[_Candidate]]:
    index: dict[str, list[_Candidate]] = defaultdict(list)
    for asset, entity in sorted(around.assets.items()):
        if around.owners.get(asset) and entity.properties.get("status") != NOT_YET:
            for name in (entity.name, *aliases_of(entity.properties.get("aliases"))):
                said, codes = _placed(name, around.region(asset))
                code = codes[0] if len(codes) == 1 else around.region(asset)
                index[name_key(said.core)].append(_Candidate(asset, fold(name), code, bool(codes)))
    return index


def _placed(name: str, within: str) -> tuple[SaidPlace, tuple[str, ...]]:
    """The name without its place, and the codes of the places it may say; a sign nobody can read stays."""
    said = said_place(name)
    codes = (said.code,) if said.code else tuple(r.code for r in divisions_meant(said.sign, within))
    return (said if codes or not said.sign else SaidPlace(fold(name)), codes)


def name_key(core: str) -> str:
    """What two names must share: of names of shared abilities the ability, of others every character."""
    found = shared_name(core)
    return f"{found.ability}:{found.stem}" if found else core


def _meaning(
    mention: Entity,
    index: Mapping[str, list[_Candidate]],
    around: Surroundings,
    *,
    users: Collection[EntityId],
) -> Meaning:
    scope = around.regions.get(mention.id, "")
    said, codes = _placed(mention.name, scope or around.province)
    found = [c for c in index.get(name_key(said.core), ()) if c.asset not in users]
    if codes:
        own = [c for c in found if c.placed or shared_name(said.core)]
        return _meant(mention, (c for c in own if any(_same(c.code, code) for code in codes)))
    places = {scope} if scope else {around.region(user) or around.province for user in users}
    shared = mention.type == "Component" or bool(shared_name(said.core))
    near = (c for c in found if places and all(_holds(c.code or around.province, place) for place in places))
    return _meant(mention, (c for c in near if shared or c.name == fold(mention.name)))


def _registered(
    mention: Entity, index: Mapping[str, list[_Candidate]], *, users: Collection[EntityId]
) -> Meaning:
    said = said_place(mention.name)
    found = [*index.get(name_key(said.core), ()), *index.get(name_key(fold(mention.name)), ())]
    return _meant(mention, (c for c in found if c.name == fold(mention.name) and c.asset not in users))


def _meant(mention: Entity, found: Iterable[_Candidate]) -> Meaning:
    kept = list(found)
    names = {c.name for c in kept}
    rule = BY_NAME if names == {fold(mention.name)} else BY_PLACE if _is_placed(mention) else BY_REGION
    return Meaning(mention.id, rule, frozenset(c.asset for c in kept))


def _is_placed(mention: Entity) -> bool:
    said = said_place(mention.name)
    return bool(said.code or said.sign)


def _same(one: str, other: str) -> bool:
    return bool(one) and contains(one, other) and contains(other, one)


def _holds(outer: str, inner: str) -> bool:
    """Whether one place holds the other; of two that nobody knows each is where the other is."""
    return contains(outer, inner) if outer and inner else outer == inner
