import pytest

from kg.errors import NotFoundError
from kg.model import Direction, EntityId
from kg.store import open_store
from queries.entity import show
from queries.estate import load_estate
from queries.inventory import inventory
from tests.conformance.graphs import CENSUS, LATER, OWNER, SEAL, entity, load, relation, row, seal_row


def test_claims_that_differ_are_shown_side_by_side() -> None:
    with open_store("memory:") as store:
        load(store, CENSUS, seal_row(status="在用"))
        load(store, LATER, seal_row(LATER, status="停用"))
        shown = show(store, SEAL).to_json()
    (found,) = shown["contradictions"]
    assert found["property"] == "status"
    assert {one["value"] for one in found["values"]} == {"在用", "停用"}


def test_relations_are_seen_from_both_ends_with_their_evidence() -> None:
    with open_store("memory:") as store:
        load(store, CENSUS, seal_row())
        links = show(store, SEAL).links
    seen = {(link.direction, link.relation.type, link.other.name if link.other else "") for link in links}
    assert seen == {(Direction.OUT, "PROVIDES", "在线签章"), (Direction.IN, "OWNS", "大数据局")}
    assert all(link.relation.claims for link in links)


def test_what_is_related_to_itself_is_seen_once() -> None:
    with open_store("memory:") as store:
        load(store, CENSUS, seal_row(), row(CENSUS, relation(SEAL, "DEPENDS_ON", SEAL), at=9))
        links = show(store, SEAL).links
    assert [link.direction for link in links if link.relation.type == "DEPENDS_ON"] == [Direction.OUT]


def test_an_unknown_id_is_an_error() -> None:
    with open_store("memory:") as store, pytest.raises(NotFoundError, match="nobody"):
        show(store, EntityId("nobody"))


def test_the_inventory_counts_assets_owners_and_adopters() -> None:
    idle = entity("organization-z", "Organization", "无数据单位")
    portal = entity("asset-portal", "System", "办事门户")
    with open_store("memory:") as store:
        load(
            store,
            CENSUS,
            seal_row(status="在用"),
            row(CENSUS, idle, at=2),
            row(CENSUS, portal, at=3),
            row(CENSUS, relation("asset-portal", "DEPENDS_ON", SEAL), at=4),
        )
        found = inventory(store, load_estate(store)).to_json()
    assert found["counts"]["System"] == 2
    assert found["by_department"] == [
        {"department": "", "assets": 1},
        {"department": "大数据局", "assets": 1},
    ]
    assert found["by_status"] == [{"status": "", "assets": 1}, {"status": "在用", "assets": 1}]
    assert [(one["id"], one["adopters"]) for one in found["most_reused"]] == [(SEAL, 1)]
    assert found["without_assets"] == ["无数据单位"]
    assert OWNER not in found["without_assets"]
