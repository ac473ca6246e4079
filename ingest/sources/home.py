"""What names in prose mean, read from the place that the document speaks from."""

from dataclasses import dataclass, replace

from ingest.sources.organizations import organization
from kg.identity import asset_id, document_id, function_id, project_id, region_id, standard_id
from kg.model import Entity, EntityId
from kg.registry import Region, find_region
from kg.registry.context import division_in, place_in
from kg.registry.regions import namesakes
from kg.registry.relative import division_of_unit, divisions_meant, said_place
from kg.values import parse_standard

ASSETS = frozenset({"System", "Component"})


@dataclass(frozen=True, slots=True)
class Home:
    """The place a document speaks from, and its words, which tell namesakes of places apart.

    `place` is None where it is not known; a thing is then known by its name alone.
    """

    place: Region | None
    text: str

    def named(self, type_: str, name: str, *, owner: str) -> EntityId:
        """The id of a thing named in the document; `owner` is the system's id for a function.

        The owner of a system or project is not known in prose: it is known by its name and, where that tells
        no place, the one it is said from, so that things of two cities are two.
        """
        match type_:
            case "Organization":
                place = self.of_unit(name) or self.place
                return organization(name, region=place.code if place else owner).id
            case "Region":
                found = self.of(name)
                return region_id(found.code if found else name)
            case "Function":
                return function_id(owner, "", name)
            case "Standard":
                return standard_id(parse_standard(name))
            case "Project":
                return project_id(name, owner=self._scope(name))
            case "System" | "Component":
                return asset_id(name, owner=self._scope(name))
        return document_id(name)

    def of(self, name: str) -> Region | None:
        """The division a name means here; None where nothing tells."""
        return division_in(name, self.text, within=self.place.code if self.place else "")

    def of_unit(self, name: str) -> Region | None:
        """Where a unit is by its name: it says a division, or a kind of division as said from here."""
        outer = self.place.code if self.place else ""
        return self._stated(name) or division_of_unit(name, outer)

    def of_asset(self, name: str) -> Region | None:
        """The place that a system's name needs to be understood; None where it tells that itself."""
        said = said_place(name)
        if said.code:
            return None
        stated = self._stated(name)
        if stated or self.place is None:
            return stated
        meant = divisions_meant(said.sign, self.place.code)
        return meant[0] if len(meant) == 1 else self.place

    def leaves_open(self, entity: Entity) -> bool:
        """Whether this is a division's name that several have, of which the document tells none."""
        return entity.type == "Region" and len(namesakes(entity.name)) > 1 and self.of(entity.name) is None

    def told(self, entity: Entity) -> Entity:
        """A division with its code and level, a mere mention with the place it is said from."""
        if entity.type == "Region" and (found := self.of(entity.name)):
            return replace(entity, name=found.name, properties={"code": found.code, "level": found.level})
        described = entity.properties or any(claim.properties for claim in entity.claims)
        if entity.type in ASSETS and not described and (where := self.of_asset(entity.name)):
            # Of namesakes only the code says which.
            region = where.name if find_region(where.name) == where else where.code
            return replace(entity, properties={"region": region})
        return entity

    def _stated(self, name: str) -> Region | None:
        outer = self.place.code if self.place else ""
        return place_in(name, self.text, within=outer) or place_in(name, self.text)

    def _scope(self, name: str) -> str:
        where = self.of_asset(name)
        return region_id(where.code) if where else ""
