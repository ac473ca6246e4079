"""Organizations named in rows: their region, id and the entities and relations that say so."""

from dataclasses import dataclass

from kg.identity import organization_id, region_id
from kg.model import Entity, EntityId, Relation, Value
from kg.registry import Region, find_region, infer_region
from kg.registry import region as region_of
from kg.registry.relative import division_of_unit, is_national
from kg.text import simplify


@dataclass(frozen=True, slots=True)
class Named:
    """An organization with its place in the graph: entities to write, and the relation that locates it."""

    id: EntityId
    region: Region | None
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]


def organization(name: str, *, region: str = "", kind: str = "") -> Named:
    """The organization of this name; its region is the one stated, else the one its own name starts with.

    `region` is a name or code. A stated place narrows a name that starts with a division of it (青秀区教育局
    in 南宁市), and tells which province 省教育厅 is of; without one no namesake (朝阳区教育局) is guessed.
    An organ of the whole country is of no region, whoever names it. A name in traditional characters is
    kept so, and is of the same organization as in simplified ones.
    """
    stated = (find_region(region) or region_of(region)) if region and not is_national(name) else None
    own = infer_region(name)
    if own is None and stated is not None:
        own = find_region(_head(name), within=stated.code) if _head(name) else None
        own = own or division_of_unit(name, stated.code)
    place = own or stated
    identity = organization_id(simplify(name), region=place.code if place else "")
    properties: dict[str, Value] = {"region": place.name} if place else {}
    if kind:
        properties["kind"] = kind
    entities = [Entity(identity, "Organization", name, properties)]
    if place is None:
        return Named(identity, None, tuple(entities), ())
    entities.append(region_entity(place))
    located = Relation(identity, "LOCATED_IN", region_id(place.code))
    return Named(identity, place, tuple(entities), (located,))


def _head(name: str) -> str:
    for mark in ("自治县", "自治旗", "县", "区", "旗", "市"):
        at = name.find(mark)
        if 1 <= at <= 8:
            return name[: at + len(mark)]
    return ""


def region_entity(place: Region) -> Entity:
    """The division as an entity."""
    return Entity(region_id(place.code), "Region", place.name, {"code": place.code, "level": place.level})
