"""Units under two names of one place, and those that only look alike."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.identity import organization_id
from kg.model import Entity, EntityId, Record
from kg.registry import region
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.resolution import resolve_exactly
from tests.conformance.graphs import CENSUS, claim, entity, finish, load, relation


@pytest.fixture(params=["memory:", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    url = f"sqlite:///{tmp_path}/kg.db" if request.param == "sqlite" else str(request.param)
    with open_store(url, create=True) as opened:
        yield opened


def unit(name: str, code: str = "", **said: object) -> Entity:
    place = region(code) if code else None
    told = {"region": place.name, **said} if place else said
    return entity(organization_id(name, region=code), "Organization", name, **told)


def joined(store: GraphStore, *units: Entity) -> set[frozenset[str]]:
    rows = [Record(one.id, claim(CENSUS, row=at), (one,), ()) for at, one in enumerate(units)]
    load(store, CENSUS, *rows)
    return _joined(store)


def _joined(store: GraphStore) -> set[frozenset[str]]:
    run = store.begin("resolve")
    resolve_exactly(store, run)
    finish(store, run)
    names = {one.id: one.name for one in store.entities()}
    return {frozenset((names[r.source], names[r.target])) for r in store.relations(types=("SAME_AS",))}


def test_a_unit_is_one_however_its_name_says_its_place(store: GraphStore) -> None:
    found = joined(
        store, unit("湖南省数据局", "430000"), unit("省数据局", "430000"), unit("广西数据局", "450000")
    )
    assert found == {frozenset(("湖南省数据局", "省数据局"))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (unit("湖南省数据局", "430000"), unit("省数据局", "450000")),
        (unit("湖南省数据局", "430000"), unit("数据局", "430000")),
        (unit("湖南省数据局", "430000"), unit("长沙市数据局", "430100")),
        (unit("湖南省电信有限公司", "430000"), unit("湖南电信有限公司", "430000")),
        (unit("湖南省数据局", "430000", credit_code="A"), unit("省数据局", "430000", credit_code="B")),
        (entity("o1", "Organization", "湖南省数据局"), entity("o2", "Organization", "湖南省数据局")),
    ],
    ids=["two provinces", "no place", "province and city", "firms", "two codes", "ids that were given"],
)
def test_never_one_unit(store: GraphStore, one: Entity, other: Entity) -> None:
    assert joined(store, one, other) == set()


def test_what_one_unit_owns_under_two_names_is_resolved_with_it(store: GraphStore) -> None:
    units = unit("湖南省数据局", "430000"), unit("省数据局", "430000")
    rows = [
        Record(
            EntityId(f"asset-{at}"),
            claim(CENSUS, row=at),
            (owner, entity(f"asset-{at}", "System", "政务云管理系统")),
            (relation(owner.id, "OWNS", f"asset-{at}"),),
        )
        for at, owner in enumerate(units)
    ]
    load(store, CENSUS, *rows)
    assert frozenset(("政务云管理系统",)) in _joined(store)


@pytest.mark.parametrize(
    ("short", "name", "code"),
    [
        ("市资规局", "南宁市自然资源和规划局", "450100"),
        ("南宁市资规局", "南宁市自然资源局", "450100"),
        ("省大数据局", "贵州省大数据发展管理局", "520000"),
        ("省大数据局", "贵州省大数据发展局", "520000"),
        ("自治区发改委", "广西壮族自治区发展和改革委员会", "450000"),
        ("人社厅", "湖南省人力资源和社会保障厅", "430000"),
        ("区卫健局", "青秀区卫生健康局", "450103"),
        ("横县教育局", "横州市教育局", "450181"),
    ],
)
def test_a_short_or_former_name_means_the_one_organ_of_its_place(
    store: GraphStore, short: str, name: str, code: str
) -> None:
    others = unit("长沙市自然资源和规划局", "430100"), unit("南宁市林业局", "450100")
    assert joined(store, unit(short, code), unit(name, code), *others) == {frozenset((short, name))}


def test_of_two_organs_of_one_line_a_short_name_means_none(store: GraphStore) -> None:
    names = "市大数据局", "南宁市大数据发展局", "南宁市数据局"
    assert joined(store, *(unit(name, "450100") for name in names)) == set()


def test_an_organ_succeeds_those_whose_duties_it_took_over_and_is_none_of_them(store: GraphStore) -> None:
    names = "南宁市市场监督管理局", "南宁市工商局", "市质监局"
    assert joined(store, *(unit(name, "450100") for name in names), unit("柳州市工商局", "450200")) == set()
    names_of = {one.id: one.name for one in store.entities()}
    told = {
        (names_of[r.source], names_of[r.target], r.properties["date"])
        for r in store.relations(
            [organization_id("南宁市市场监督管理局", region="450100")], types=("SUCCEEDS",)
        )
    }
    assert told == {
        ("南宁市市场监督管理局", "南宁市工商局", "2018"),
        ("南宁市市场监督管理局", "市质监局", "2018"),
    }


def test_a_ministry_without_a_place_is_of_the_whole_country(store: GraphStore) -> None:
    joined(store, unit("自然资源部"), unit("国土资源部"), unit("南宁市自然资源局", "450100"))
    (told,) = store.relations(types=("SUCCEEDS",))
    assert (told.source, told.target) == (organization_id("自然资源部"), organization_id("国土资源部"))


def test_a_centre_of_the_field_is_another_unit(store: GraphStore) -> None:
    assert joined(store, unit("省大数据局", "520000"), unit("贵州省大数据中心", "520000")) == set()
