"""What a census row says of a system besides its own cells: functions, reuse, dependencies, standards."""

import re
from collections.abc import Iterator

from ingest.extract.capability import capability_of
from ingest.sources.values import split_functions, split_list
from kg.identity import asset_id, capability_id, function_id, region_id, standard_id
from kg.model import Entity, EntityId, Modality, Relation
from kg.registry import Region, ability_by_name, find_region
from kg.registry import ability as ability_of
from kg.registry.relative import divisions_meant, said_place
from kg.registry.shared_names import shared_name
from kg.values import parse_standard

Fact = Entity | Relation
DECLARED = {"basis": "declared"}
PLANNED = {"modality": str(Modality.PLAN)}
ENDS = re.compile(r"停用|停止|关停|关闭|注销|下线|废止|撤销|淘汰|替代|退出")
"""Words of an opinion by which a system ends rather than goes on as part of another."""
INTO = re.compile(r"^(?:拟|计划)?(?:整合|并入|合并|归并|迁移|接入|纳入|统一)?(?:到|至|入|进|为)?(?=.{3,}$)")
NAMED = re.compile(r"(?:系统|平台|数据库|网|库|中台|大脑|门户|APP)$", re.IGNORECASE)


def function_facts(subject: EntityId, text: str) -> Iterator[Fact]:
    """One Function and one PROVIDES for each function the cell lists; nothing for prose."""
    for name in split_functions(text):
        identity = function_id(subject, "", name)
        yield Entity(identity, "Function", name)
        yield Relation(subject, "PROVIDES", identity)


def use_facts(subject: EntityId, text: str, *, relation: str, place: Region | None = None) -> Iterator[Fact]:
    """REUSES of each shared ability named as such; `relation` to each other thing named.

    What is reused by its name is a Component, what is depended on a System. `place` is where the unit is that
    says so: it tells whose 省统一身份认证平台 is meant.
    """
    for name in split_list(text):
        if (key := _generic(name)) is not None:
            yield _capability(key)
            yield Relation(subject, "REUSES", capability_id(key, registered=True), DECLARED)
        else:
            mention = _mention("Component" if relation == "REUSES" else "System", name, place)
            if mention.id != subject:
                yield mention
                yield Relation(subject, relation, mention.id, DECLARED)


def _mention(kind: str, name: str, place: Region | None) -> Entity:
    """What is only named: one entity for a name, where the name needs it of the place it is said from."""
    where = _where(name, place) if place else None
    if where is None:
        return Entity(asset_id(name), kind, name)
    # Of namesakes (鼓楼区) only the code says which.
    region = where.name if find_region(where.name) == where else where.code
    return Entity(asset_id(name, owner=region_id(where.code)), kind, name, {"region": region})


def _where(name: str, place: Region) -> Region | None:
    """The division a name needs to be known by: the one its 省 or （市级） means, of a shared ability the
    unit's own; None where the name says it itself or means one thing everywhere."""
    said = said_place(name)
    if said.code:
        return None
    if said.sign:
        meant = divisions_meant(said.sign, place.code)
        return meant[0] if len(meant) == 1 else place if meant else None
    return place if shared_name(said.core) else None


def integration_facts(subject: EntityId, disposal: str, text: str, *, place: Region | None) -> Iterator[Fact]:
    """What is planned for a system: which others it is to become part of, or to be succeeded by when it ends.

    `disposal` is the opinion on it (整合, 关停 …), `text` names where it goes; a plan, as long as nobody says
    that it was done.
    """
    for part in split_list(text):
        name = INTO.sub("", part)
        mention = _mention("System", name, place)
        if NAMED.search(name) and mention.id != subject:
            yield mention
            if ENDS.search(disposal):
                yield Relation(mention.id, "SUCCEEDS", subject, PLANNED)
            else:
                yield Relation(subject, "PART_OF", mention.id, PLANNED)


def offer_facts(subject: EntityId, name: str, text: str) -> Iterator[Fact]:
    """OFFERS of the capabilities a component's own cell names, else of the one its name ends in."""
    keys = [key for part in split_list(text) if (key := _ability(part)) is not None]
    for key in dict.fromkeys(keys or [key for key in (_ability(name),) if key]):
        yield _capability(key)
        yield Relation(subject, "OFFERS", capability_id(key, registered=True))


def standard_facts(subject: EntityId, text: str) -> Iterator[Fact]:
    """CONFORMS_TO of each standard named."""
    for name in split_list(text.replace("GB/T", "GB-T").replace("DB", "DB")):
        code = parse_standard(name)
        yield Entity(standard_id(code), "Standard", code, {"code": code})
        yield Relation(subject, "CONFORMS_TO", standard_id(code))


def _capability(key: str) -> Entity:
    """The capability by its name; its aliases are the registry's to say, not a row's."""
    known = ability_of(key)
    return Entity(capability_id(key, registered=True), "Capability", known.name if known else key)


def _ability(name: str) -> str | None:
    found = ability_by_name(name)
    return found.id if found else capability_of(name)


def _generic(name: str) -> str | None:
    """The registry id when the name means a shared ability as such, not somebody's component."""
    found = ability_by_name(name)
    if found is not None:
        return found.id
    key = capability_of(name)
    named = any(find_region(name[:n]) for n in range(2, 9)) or re.match(r"[省市县区]|自治区", name)
    return key if key is not None and not named and len(name) <= 10 and not NAMED.search(name) else None
