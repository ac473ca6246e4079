"""Builds small estates in memory out of census rows."""

from collections.abc import Iterable
from dataclasses import replace

from kg.identity import asset_id, capability_id, function_id, organization_id
from kg.model import Claim, Entity, Properties, Record, Relation
from kg.ontology import load_ontology
from kg.store.base import Delivery
from kg.store.memory import MemoryStore

CLAIM = Claim("census", "普查表.xlsx", "2025-06-30")
CARE = ("养老机构床位动态管理", "高龄津贴资格核验", "护理计划派单", "老人健康档案登记")
COPIED = ("养老机构床位动态管理", "高龄津贴资格核验", "护理计划派单", "老人健康档案登记", "家属满意度回访")
SCHOOL = ("学籍异动审批", "中考成绩发布", "校车轨迹监控", "食堂食材溯源")


def system(name: str, owner: str, functions: Iterable[str], **properties: str) -> Record:
    """A census row: the system, its owner and one function each."""
    key, unit = asset_id(name, owner=owner), organization_id(owner)
    parts = [Entity(function_id(key, "", text), "Function", text) for text in functions]
    return Record(
        key,
        replace(CLAIM, document=f"{owner}.xlsx"),
        (
            Entity(key, "System", name, {"status": "在用", **properties}),
            Entity(unit, "Organization", owner),
            *parts,
        ),
        (
            Relation(unit, "OWNS", key),
            *(Relation(key, "PROVIDES", part.id) for part in parts),
        ),
    )


def component(name: str, owner: str, ability: str, properties: Properties) -> Record:
    """A shared component that offers a registered ability."""
    key, unit = asset_id(name, owner=owner), organization_id(owner)
    offered = capability_id(ability, registered=True)
    return Record(
        key,
        CLAIM,
        (
            Entity(key, "Component", name, properties),
            Entity(unit, "Organization", owner),
            Entity(offered, "Capability", ability),
        ),
        (Relation(unit, "OWNS", key), Relation(key, "OFFERS", offered)),
    )


def filled(records: Iterable[Record]) -> MemoryStore:
    """A store that holds these records."""
    store = MemoryStore(load_ontology())
    run = store.begin("test")
    store.upsert(run, Delivery("estate", "census", None, None, "2025-06-30", 0), records)
    store.finish(run, status="complete", summary={})
    return store
