"""Dependencies held against measured calls, on estates of a few systems."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Claim, Entity, EntityId, Relation, Value
from kg.store import open_store
from queries.backing import backings
from queries.reconciliation import Reconciliation, reconcile
from queries.reconciliation.graph import cycles, standings
from tests.conformance.graphs import CENSUS, entity, load, relation, row

IDS = [EntityId(f"asset-{number}") for number in range(7)]
PAIRS = st.lists(
    st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1]), max_size=18
)


def depends(source: str, target: str, basis: str, **more: Value) -> Relation:
    return relation(source, "DEPENDS_ON", target, {"basis": basis} | more)


def reconciled(*facts: Entity | Relation) -> Reconciliation:
    systems = [entity(one, "System", one.removeprefix("asset-")) for one in IDS[:5]]
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *systems, *facts))
        return reconcile(store)


def test_what_is_stated_alone_and_what_is_measured_alone_stand_apart() -> None:
    found = reconciled(
        depends("asset-0", "asset-1", "declared"),
        depends("asset-2", "asset-1", "measured", calls=40, since="2026-01", until="2026-03"),
        depends("asset-3", "asset-4", "extracted"),
        relation("asset-0", "DEPENDS_ON", "asset-4", {"basis": "declared", "modality": "plan"}),
    )
    assert [(one.source.id, one.target.id, one.observed) for one in found.unmeasured] == [
        ("asset-0", "asset-1", True),
        ("asset-3", "asset-4", False),
    ]
    (undeclared,) = found.undeclared
    assert (undeclared.source.id, undeclared.bases[0].calls) == ("asset-2", 40)
    assert (found.relations, found.measured, found.since, found.until) == (3, 1, "2026-01", "2026-03")


def test_an_inferred_dependency_is_neither_stated_nor_measured() -> None:
    found = reconciled(depends("asset-0", "asset-1", "inferred"))
    assert (found.unmeasured, found.undeclared, found.relations) == ((), (), 1)


def test_a_single_point_tells_units_and_who_offers_the_same() -> None:
    found = reconciled(
        depends("asset-0", "asset-1", "declared"),
        depends("asset-2", "asset-0", "declared"),
        entity("organization-a", "Organization", "岚河市粮食局"),
        relation("organization-a", "OWNS", "asset-0"),
        relation("organization-a", "OWNS", "asset-2"),
        entity("capability:seal", "Capability", "电子印章"),
        relation("asset-1", "OFFERS", "capability:seal"),
        relation("asset-3", "OFFERS", "capability:seal"),
    )
    first, second = found.single_points
    assert (first.party.id, first.direct, first.dependents, first.departments) == ("asset-1", 1, 2, 1)
    assert [one.id for one in first.alternatives] == ["asset-3"]
    assert (second.party.department, second.dependents) == ("岚河市粮食局", 1)


def test_each_circle_is_told_once_by_its_shortest_way() -> None:
    ring = [("asset-0", "asset-1"), ("asset-1", "asset-2"), ("asset-2", "asset-0"), ("asset-1", "asset-0")]
    found = reconciled(*(depends(*pair, "declared") for pair in ring))
    assert [[party.id for party in way] for way in found.cycles] == [["asset-0", "asset-1"]]


def test_the_bases_of_one_dependency_stand_side_by_side() -> None:
    said = (
        Claim("census", "a.xlsx", "2026-01-01", properties={"basis": "declared"}),
        Claim(
            "calls", "b.csv", "2026-03-31", properties={"basis": "measured", "calls": 3, "since": "2026-01"}
        ),
        Claim(
            "calls", "c.csv", "2026-06-30", properties={"basis": "measured", "calls": 4, "until": "2026-06"}
        ),
        Claim("policy", "d.docx", "2026-06-30", properties={"basis": "extracted", "modality": "plan"}),
    )
    declared, measured = backings(Relation(IDS[0], "DEPENDS_ON", IDS[1], {}, said))
    assert (declared.basis, declared.calls) == ("declared", None)
    assert (measured.calls, measured.since, measured.until) == (7, "2026-01", "2026-06")
    assert measured.claims == ("b.csv", "c.csv")


@given(PAIRS)
def test_what_stands_on_a_system_is_all_from_which_a_way_leads_to_it(
    pairs: list[tuple[EntityId, EntityId]],
) -> None:
    for found in standings(pairs):
        reached, waiting = set[EntityId](), [found.id]
        while waiting:
            one = waiting.pop()
            fresh = {source for source, target in pairs if target == one} - reached
            reached |= fresh
            waiting += sorted(fresh)
        assert found.dependents == reached - {found.id}


@given(PAIRS)
def test_every_way_round_goes_along_dependencies(pairs: list[tuple[EntityId, EntityId]]) -> None:
    for way in cycles(pairs):
        assert len(set(way)) == len(way) > 1
        assert set(zip(way, (*way[1:], way[0]), strict=True)) <= set(pairs)


def test_the_answer_does_not_depend_on_the_order_of_the_facts() -> None:
    facts = [depends(a, b, "declared") for a, b in pairwise(IDS[:5])]
    assert reconciled(*facts) == reconciled(*reversed(facts))
