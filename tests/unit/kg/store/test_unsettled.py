"""What may mean several things is asked, never guessed; what a person said is not asked again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.identity import asset_id, organization_id
from kg.model import Entity, EntityId
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.judgements import Sameness, judge
from kg.store.resolution import resolve_exactly
from kg.store.unsettled import Reason, unsettled
from tests.conformance.graphs import CENSUS, entity, finish, load, relation, row


@pytest.fixture(params=["memory:", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    url = f"sqlite:///{tmp_path}/kg.db" if request.param == "sqlite" else str(request.param)
    with open_store(url, create=True) as opened:
        yield opened


def unit(name: str, code: str = "") -> Entity:
    # The code: the name of a namesake would not tell which one is meant.
    said = {"region": code} if code else {}
    return entity(organization_id(name, region=code), "Organization", name, **said)


def asked(store: GraphStore, *units: Entity) -> list[tuple[str, Reason, set[str]]]:
    load(store, CENSUS, *(row(CENSUS, one, at=at) for at, one in enumerate(units)))
    return open_questions(store)


def open_questions(store: GraphStore) -> list[tuple[str, Reason, set[str]]]:
    run = store.begin("resolve")
    resolve_exactly(store, run)
    finish(store, run)
    names = {one.id: one.name for one in store.entities()}
    return sorted(
        (names[one.mention], one.reason, {names[i] for i in one.candidates}) for one in unsettled(store)
    )


def test_a_short_name_of_two_organs_is_asked(store: GraphStore) -> None:
    names = "市大数据局", "南宁市大数据发展局", "南宁市数据局"
    found = asked(store, *(unit(name, "450100") for name in names))
    assert found == [("市大数据局", Reason.SEVERAL_ORGANS, {"南宁市大数据发展局", "南宁市数据局"})]


def test_a_district_of_many_namesakes_is_asked(store: GraphStore) -> None:
    found = asked(
        store,
        unit("朝阳区教育局"),
        unit("北京市朝阳区教育局", "110105"),
        unit("长春市朝阳区教育局", "220104"),
    )
    assert found == [("朝阳区教育局", Reason.NAMESAKE_PLACES, {"北京市朝阳区教育局", "长春市朝阳区教育局"})]


def test_a_district_known_by_its_region_is_joined_and_not_asked(store: GraphStore) -> None:
    assert asked(store, unit("朝阳区教育局", "220104"), unit("长春市朝阳区教育局", "220104")) == []
    (same,) = store.relations(types=("SAME_AS",))
    assert {same.source, same.target} == {
        organization_id("朝阳区教育局", region="220104"),
        organization_id("长春市朝阳区教育局", region="220104"),
    }


@pytest.mark.parametrize(
    ("name", "code", "meant"),
    [
        ("市教育局", "", {"南宁市教育局", "柳州市教育局", "横州市教育局"}),
        ("教育局", "450181", {"横州市教育局"}),
        ("省教育厅", "", {"湖南省教育厅"}),
        ("县教育局", "", {"横州市教育局"}),
        ("教育局", "", set()),
    ],
)
def test_a_unit_that_leaves_its_place_open_is_asked(
    store: GraphStore, name: str, code: str, meant: set[str]
) -> None:
    placed = ("南宁市教育局", "450100"), ("柳州市教育局", "450200"), ("横州市教育局", "450181")
    others = unit("湖南省教育厅", "430000"), *(unit(*one) for one in placed)
    found = asked(store, unit(name, code), *others)
    assert found == ([(name, Reason.PLACE_NOT_SAID, meant)] if meant else [])


def estate(store: GraphStore) -> EntityId:
    """Two owned platforms of one name in one city, and a system of that city that names one of them."""
    facts = []
    for at, owner in enumerate(("南宁市数据局", "南宁市公安局")):
        who = unit(owner, "450100")
        facts.append(
            row(
                CENSUS,
                who,
                entity(f"asset-{at}", "System", "视频共享平台"),
                relation(who.id, "OWNS", f"asset-{at}"),
                at=at,
            )
        )
    mention = asset_id("视频共享平台")
    user = unit("南宁市林业局", "450100")
    facts.append(
        row(
            CENSUS,
            entity("asset-user", "System", "林火监测系统"),
            user,
            entity(mention, "Component", "视频共享平台"),
            relation(user.id, "OWNS", "asset-user"),
            relation("asset-user", "REUSES", mention),
            at=9,
        )
    )
    load(store, CENSUS, *facts)
    return mention


def test_a_mention_of_two_platforms_is_asked_until_a_person_says_which(store: GraphStore) -> None:
    mention = estate(store)
    assert [one[1] for one in open_questions(store)] == [Reason.SEVERAL_ASSETS]
    judge(
        store,
        (mention, EntityId("asset-0")),
        Sameness.SAME,
        by="张",
        because="接口地址相同",
        said_on="2024-01-01",
    )
    assert open_questions(store) == []


def test_a_candidate_that_a_person_ruled_out_is_not_asked_again(store: GraphStore) -> None:
    mention = estate(store)
    judge(
        store,
        (mention, EntityId("asset-0")),
        Sameness.DIFFERENT,
        by="张",
        because="另一平台",
        said_on="2024-01-01",
    )
    (left,) = unsettled(store)
    assert left.candidates == ("asset-1",)
