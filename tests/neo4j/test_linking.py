"""Units and mentions are linked, and left open, on a server as in memory."""

import pytest

from kg.identity import asset_id, organization_id
from kg.model import Entity, Record
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.resolution import link_mentions, resolve_exactly
from kg.store.unsettled import unsettled
from tests.conformance.graphs import CENSUS, entity, finish, load, relation, row

UNITS = [
    ("市资规局", "450100"),
    ("南宁市自然资源局", "450100"),
    ("南宁市国土资源局", "450100"),
    ("市大数据局", "450200"),
    ("柳州市大数据发展局", "450200"),
    ("柳州市数据局", "450200"),
    ("朝阳区教育局", ""),
    ("长春市朝阳区教育局", "220104"),
]


def estate() -> list[Record]:
    mention = asset_id("城市运行调度平台")
    facts: list[Record] = []
    for at, (name, code) in enumerate(UNITS):
        said = {"region": code} if code else {}
        unit: Entity = entity(organization_id(name, region=code), "Organization", name, **said)
        asset = entity(f"asset-{at}", "System", "城市运行调度平台" if code == "450100" else f"系统{at}")
        facts.append(row(CENSUS, unit, asset, relation(unit.id, "OWNS", asset.id), at=at))
    user = entity("asset-7", "System", "系统7")
    reused = entity(mention, "Component", "城市运行调度平台")
    facts.append(row(CENSUS, user, reused, relation(user.id, "REUSES", mention), at=99))
    return facts


def linked(store: GraphStore) -> tuple[object, ...]:
    load(store, CENSUS, *estate())
    run = store.begin("resolve")
    resolve_exactly(store, run)
    link_mentions(store, run)
    finish(store, run)
    derived = sorted(one.key for one in store.relations(types=("SAME_AS", "SUCCEEDS", "REUSES")))
    return derived, unsettled(store)


@pytest.mark.neo4j
def test_a_server_links_and_leaves_open_what_memory_does(neo4j_url: str) -> None:
    with open_store("memory:") as memory, open_store(neo4j_url, create=True) as server:
        here, there = linked(memory), linked(server)
    assert there == here
    assert all(here)
