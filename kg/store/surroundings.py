"""Who owns each system, where it is and on which level: what rules of sameness and of use ask about."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.model import Entity, EntityId, Modality
from kg.registry import find_region, infer_region
from kg.registry.named_components import component_by_name
from kg.store.base import GraphReader
from kg.store.clusters import Clusters, read_clusters
from kg.store.ranking import aliases_of
from kg.text import fold

ASSETS = ("System", "Component")
NOT_YET = "拟建"
"""The status of a system that is applied for: nobody can mean or use it yet."""
EVERYWHERE = frozenset({"全国", "*"})
HOME = frozenset({"CN", "cn", "CHN", "中国"})
"""How a source says that a thing is of this country, whose divisions have codes."""
_REGION = "region:"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The systems and components of an estate and what stands around them, plans left out.

    `owners` are canonical ids of organizations; `regions` are GB/T 2260 codes of assets and organizations (of
    what another country has its ISO 3166 code), `levels` the organization levels where stated; `codes` leads
    from folded names of regions to codes; `province` is the code of the one province that all that is placed
    in this country lies in (by names where nothing else is known), "" where there is no such.
    """

    assets: Mapping[EntityId, Entity]
    owners: Mapping[EntityId, frozenset[EntityId]]
    regions: Mapping[EntityId, str]
    levels: Mapping[EntityId, str]
    codes: Mapping[str, str]
    clusters: Clusters
    province: str

    def canonical(self, asset: EntityId) -> EntityId:
        """The id that stands for the asset and all that is one with it."""
        return self.clusters.canonical.get(asset, asset)

    def region(self, asset: EntityId) -> str:
        """The region's code of the asset itself, else of its owners when they agree, else the one its name
        starts with; "" when not known."""
        return self._one(asset, self.regions) or self._named(asset)

    def level(self, asset: EntityId) -> str:
        """The level of the asset itself, else of its owners when they agree; "" when not known."""
        return self._one(asset, self.levels)

    def code(self, place: str) -> str | None:
        """The code of a place given as code or name; None when no region of the graph has this name."""
        return place if place.isdigit() else self.codes.get(fold(place))

    def _named(self, asset: EntityId) -> str:
        known = self.assets.get(asset)
        if known is None:
            return ""
        place, abroad = infer_region(known.name), component_by_name(known.name)
        return place.code if place else abroad.country if abroad else ""

    def _one(self, asset: EntityId, stated: Mapping[EntityId, str]) -> str:
        if asset in stated:
            return stated[asset]
        of_owners = {stated[owner] for owner in self.owners.get(asset, ()) if owner in stated}
        return of_owners.pop() if len(of_owners) == 1 else ""


def read_surroundings(reader: GraphReader) -> Surroundings:
    """One pass over systems, organizations and regions and their ownership and location."""
    clusters = read_clusters(reader)
    assets = {entity.id: entity for kind in ASSETS for entity in reader.entities(entity_type=kind)}
    places = list(reader.entities(entity_type="Region"))
    codes = {
        fold(name): region.id.removeprefix(_REGION)
        for region in reversed(places)
        for name in (*aliases_of(region.properties.get("aliases")), region.name)
    }
    organizations = list(reader.entities(entity_type="Organization"))
    stated = _stated_regions([*organizations, *assets.values()], codes)
    for relation in reader.relations(types=("LOCATED_IN",)):
        if relation.modality is Modality.FACT:
            stated[relation.source] = relation.target.removeprefix(_REGION)
    levels = {
        e.id: str(e.properties["level"])
        for e in (*organizations, *assets.values())
        if "level" in e.properties
    }
    return Surroundings(
        assets=assets,
        owners=_owners(reader, clusters),
        regions=_by_canonical(stated, clusters),
        levels=_by_canonical(levels, clusters),
        codes=codes,
        clusters=clusters,
        province=_province(stated.values() if stated else _named_places(assets.values())),
    )


def contains(outer: str, inner: str) -> bool:
    """Whether the region of code `outer` is that of `inner` or holds it.

    Source: GB/T 2260, whose codes nest by pairs of digits, 00 standing for all.
    """
    return inner.startswith(_significant(outer))


def _significant(code: str) -> str:
    while code.endswith("00"):
        code = code[:-2]
    return code


def _stated_regions(entities: Iterable[Entity], codes: Mapping[str, str]) -> dict[EntityId, str]:
    found = {}
    for entity in entities:
        place = str(entity.properties.get("region", ""))
        known = None if not place or place.isdigit() or fold(place) in codes else find_region(place)
        code = place if place.isdigit() else known.code if known else codes.get(fold(place))
        country = str(entity.properties.get("country", ""))
        if code or (country and country not in HOME):
            found[entity.id] = code or country.upper()
    return found


def _named_places(assets: Iterable[Entity]) -> Iterator[str]:
    return (place.code for asset in assets if (place := infer_region(asset.name)) is not None)


def _province(codes: Iterable[str]) -> str:
    provinces = {code[:2] for code in codes if code.isdigit()}
    return f"{provinces.pop()}0000" if len(provinces) == 1 else ""


def _owners(reader: GraphReader, clusters: Clusters) -> dict[EntityId, frozenset[EntityId]]:
    owners: dict[EntityId, set[EntityId]] = {}
    for relation in reader.relations(types=("OWNS",)):
        if relation.modality is Modality.FACT:
            owner = clusters.canonical.get(relation.source, relation.source)
            owners.setdefault(relation.target, set()).add(owner)
    return {asset: frozenset(found) for asset, found in owners.items()}


def _by_canonical(stated: Mapping[EntityId, str], clusters: Clusters) -> dict[EntityId, str]:
    """Adds what is stated of a member to the canonical id, the first member winning."""
    found = dict(stated)
    for member in sorted(stated):
        found.setdefault(clusters.canonical.get(member, member), stated[member])
    return found
