from hypothesis import given
from hypothesis import strategies as st

from kg.model import Direction, Entity, EntityId, Relation
from kg.snapshot import Snapshot
from kg.store import open_store
from kg.store.base import GraphReader
from queries.dependencies import Dependencies, Question, dependencies
from tests.conformance.graphs import CENSUS, entity, load, relation, row

SYSTEMS = [f"asset-{number}" for number in range(6)]
EDGES = st.sets(st.tuples(st.sampled_from(SYSTEMS), st.sampled_from(SYSTEMS)).filter(lambda e: e[0] != e[1]))


def asked(reader: GraphReader, root: str, question: Question) -> Dependencies:
    return dependencies(reader, EntityId(root), snapshot=Snapshot.build(reader), question=question)


@given(EDGES)
def test_what_stands_on_it_is_the_reverse_of_what_it_stands_on(edges: set[tuple[str, str]]) -> None:
    facts = [entity(name, "System", name) for name in SYSTEMS]
    links = [relation(source, "DEPENDS_ON", target) for source, target in sorted(edges)]
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *facts, *links))
        below = {(root, i.entity.id) for root in SYSTEMS for i in asked(store, root, Question()).items}
        reverse = Question(Direction.IN)
        above = {(i.entity.id, root) for root in SYSTEMS for i in asked(store, root, reverse).items}
        for item in asked(store, SYSTEMS[0], Question()).items:
            assert len(item.path) == item.hop
            assert {(step.source, step.target) for step in item.path} <= edges
    assert below == above


def test_a_capability_offered_carries_impact_from_its_offerer() -> None:
    facts: list[Entity | Relation] = [
        entity("asset-seal", "Component", "印章平台"),
        entity("capability:seal", "Capability", "电子印章"),
        entity("asset-user", "System", "审批系统"),
        relation("asset-seal", "OFFERS", "capability:seal"),
        relation("asset-user", "REUSES", "capability:seal"),
    ]
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *facts))
        found = asked(store, "asset-seal", Question(Direction.IN))
    assert [(i.entity.id, i.hop) for i in found.items] == [("capability:seal", 1), ("asset-user", 2)]


def test_what_is_not_listed_is_counted() -> None:
    facts = [entity(name, "System", name) for name in SYSTEMS]
    links = [relation(SYSTEMS[0], "DEPENDS_ON", other) for other in SYSTEMS[1:]]
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *facts, *links))
        found = asked(store, SYSTEMS[0], Question(limit=2)).to_json()
    assert (len(found["items"]), found["total"], found["truncated"]) == (2, 5, True)
    assert found["by_department"] == [{"department": "", "systems": 5}]


def test_what_is_reached_is_counted_by_the_department_that_owns_it() -> None:
    facts = [entity(name, "System", name) for name in SYSTEMS]
    owners = [
        entity("organization-a", "Organization", "甲局"),
        entity("organization-b", "Organization", "乙局"),
    ]
    links = [relation(SYSTEMS[0], "DEPENDS_ON", other) for other in SYSTEMS[1:]]
    owned = [relation("organization-a", "OWNS", name) for name in SYSTEMS[1:4]]
    shared = relation("organization-b", "OWNS", SYSTEMS[3])
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *facts, *owners, *links, *owned, shared))
        found = asked(store, SYSTEMS[0], Question(limit=3))
    assert found.by_department == (("甲局", 3), ("", 2))
    assert [item.department for item in found.items] == ["甲局", "甲局", "甲局"]
