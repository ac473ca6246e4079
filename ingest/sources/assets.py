"""What a census row says of a system besides its own cells: functions, reuse, dependencies, standards."""

import re
from collections.abc import Iterator

from ingest.extract.capability import capability_of
from ingest.sources.values import split_functions, split_list
from kg.identity import asset_id, capability_id, function_id, standard_id
from kg.model import Entity, EntityId, Relation
from kg.registry import ability as ability_of
from kg.registry import ability_by_name, find_region
from kg.values import parse_standard

Fact = Entity | Relation
DECLARED = {"basis": "declared"}
NAMED = re.compile(r"(?:系统|平台|数据库|网|库|中台|大脑|门户|APP)$", re.IGNORECASE)


def function_facts(subject: EntityId, text: str) -> Iterator[Fact]:
    """One Function and one PROVIDES for each function the cell lists; nothing for prose."""
    for name in split_functions(text):
        identity = function_id(subject, "", name)
        yield Entity(identity, "Function", name)
        yield Relation(subject, "PROVIDES", identity)


def use_facts(subject: EntityId, text: str, *, relation: str) -> Iterator[Fact]:
    """REUSES of each shared ability named as such; `relation` to each other thing named.

    What is reused by its name is a Component, what is depended on a System.
    """
    for name in split_list(text):
        if (key := _generic(name)) is not None:
            yield _capability(key)
            yield Relation(subject, "REUSES", capability_id(key, registered=True), DECLARED)
        else:
            target = asset_id(name)
            yield Entity(target, "Component" if relation == "REUSES" else "System", name)
            yield Relation(subject, relation, target, DECLARED)


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
