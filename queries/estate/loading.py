"""Reads the estate out of the graph."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from kg.matching.description import Description, Item
from kg.model import Entity, EntityId, Modality, Relation
from kg.store.base import GraphReader
from kg.store.offers import offers_by_name
from queries.estate.members import ASSET_TYPES, Details, Estate, Member, offerers_of

OPEN_REUSE = ("REUSES", "DERIVED_FROM", "SUCCEEDS")
"""Where one is built on, copied from or follows the other, a likeness is no duplicated build."""
LINK_TYPES = (
    "OWNS",
    "PROVIDES",
    "LOCATED_IN",
    "OFFERS",
    "DEPENDS_ON",
    "DELIVERS",
    "PART_OF",
    "SUPPLIES",
    *OPEN_REUSE,
)
INTO = ("OWNS", "REUSES", "DEPENDS_ON")
"""Of these it is asked who stands at the beginning."""


@dataclass(frozen=True, slots=True)
class _Links:
    """Relations of the estate by type, then by source, and of some types by target."""

    out: Mapping[str, Mapping[EntityId, list[EntityId]]]
    into: Mapping[str, Mapping[EntityId, list[EntityId]]]


def load_estate(reader: GraphReader) -> Estate:
    """Reads the whole estate in one pass over its entities and relations; facts only, plans left out."""
    links = _links(reader.relations(types=LINK_TYPES))
    names = {
        entity.id: entity
        for entity_type in ("Organization", "Region", "Capability")
        for entity in reader.entities(entity_type=entity_type)
    }
    functions = {entity.id: _item(entity) for entity in reader.entities(entity_type="Function")}
    subjects = [e for t in (*ASSET_TYPES, "Project") for e in reader.entities(entity_type=t)]
    parts = _Parts(links, names, functions)
    members = {entity.id: parts.member(entity) for entity in sorted(subjects, key=lambda e: e.id)}
    offers = _merged(links.out["OFFERS"], _promised(subjects))
    return Estate(
        version=reader.version(),
        members=members,
        organizations={i: e.name for i, e in names.items() if e.type == "Organization"},
        offers=offers,
        offerers=offerers_of(offers),
        offering=frozenset(links.out["OFFERS"]),
        adopters=_merged(links.into["REUSES"], links.into["DEPENDS_ON"]),
        uses=_merged(links.out["REUSES"], links.out["DEPENDS_ON"]),
        wholes=_merged(links.out["PART_OF"]),
        built_on=_merged(*(links.out[name] for name in OPEN_REUSE)),
        suppliers=frozenset(links.out["SUPPLIES"]) - frozenset(links.out["OWNS"]),
    )


def _links(relations: Iterable[Relation]) -> _Links:
    out: dict[str, dict[EntityId, list[EntityId]]] = {t: defaultdict(list) for t in LINK_TYPES}
    into: dict[str, dict[EntityId, list[EntityId]]] = {t: defaultdict(list) for t in INTO}
    for relation in relations:
        if relation.modality is Modality.FACT:
            out[relation.type][relation.source].append(relation.target)
            if relation.type in into:
                into[relation.type][relation.target].append(relation.source)
    return _Links(out, into)


def _merged(*links: Mapping[EntityId, list[EntityId]]) -> dict[EntityId, tuple[EntityId, ...]]:
    keys = sorted({key for link in links for key in link})
    return {key: tuple(sorted({i for link in links for i in link.get(key, ())})) for key in keys}


def _promised(subjects: Iterable[Entity]) -> dict[EntityId, list[EntityId]]:
    """What systems and components offer by their names; a merged entity is a Component when it is reused."""
    found = {
        asset.id: sorted(offers_by_name(asset, reused=asset.type == "Component"))
        for asset in subjects
        if asset.type in ASSET_TYPES
    }
    return {asset: offered for asset, offered in found.items() if offered}


@dataclass(frozen=True, slots=True)
class _Parts:
    """What members are put together from."""

    links: _Links
    names: Mapping[EntityId, Entity]
    functions: Mapping[EntityId, Item]

    def member(self, entity: Entity) -> Member:
        owners = sorted(self.links.into["OWNS"].get(entity.id, ()))
        owner = owners[0] if owners else None
        stage = entity.properties.get("stage" if entity.type == "Project" else "status")
        aliases = entity.properties.get("aliases", ())
        provided = sorted(self.links.out["PROVIDES"].get(entity.id, ()))
        functions = tuple(i for i in provided if i in self.functions)
        details = Details(self._description(entity, owner, functions), functions, entity.properties)
        return Member(
            id=entity.id,
            type=entity.type,
            name=entity.name,
            aliases=aliases if isinstance(aliases, tuple) else (),
            stage=str(stage) if stage else None,
            owner=owner,
            department=details.description.department,
            listed=len(functions),
            details=lambda: details,
        )

    def _description(
        self, entity: Entity, owner: EntityId | None, functions: tuple[EntityId, ...]
    ) -> Description:
        aliases = entity.properties.get("aliases", ())
        return Description(
            id=entity.id,
            name=entity.name,
            aliases=aliases if isinstance(aliases, tuple) else (),
            text=str(entity.properties.get("description", "")),
            items=tuple(self.functions[i] for i in functions),
            department=self.names[owner].name if owner is not None and owner in self.names else "",
            region=self._region(entity, owner),
            period=str(entity.properties.get("period") or entity.properties.get("year") or ""),
            stage=str(entity.properties.get("status") or entity.properties.get("stage") or ""),
            language=str(entity.properties.get("language", "zh")),
        )

    def _region(self, entity: Entity, owner: EntityId | None) -> str:
        """The region's code, from the thing itself, else its owner; its stated name when no code is known."""
        for subject in (entity.id, owner):
            located = sorted(self.links.out["LOCATED_IN"].get(subject, ())) if subject else []
            if located:
                return located[0].removeprefix("region:")
        return str(entity.properties.get("region", ""))


def _item(function: Entity) -> Item:
    amount = function.properties.get("amount")
    return Item(
        text=function.name,
        path=str(function.properties.get("path", "")),
        amount=Decimal(str(amount)) if amount is not None else None,
    )
