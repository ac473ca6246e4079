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
