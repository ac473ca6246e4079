"""Mentions by name: which system they mean, and when nobody can tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.identity import asset_id, region_id
from kg.model import EntityId, Record
from kg.ontology import load_ontology
from kg.registry import region
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.canonical import CanonicalReader
from kg.store.judgements import Sameness, judge
from kg.store.resolution import resolve_exactly
from tests.conformance.graphs import CENSUS, claim, entity, finish, load, relation

IDENTITY = "统一身份认证平台"


@pytest.fixture(params=["memory:", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    url = f"sqlite:///{tmp_path}/kg.db" if request.param == "sqlite" else str(request.param)
    with open_store(url, create=True) as opened:
        yield opened


def owned(asset: str, name: str, code: str, **said: object) -> Record:
    """A system that a unit of the region owns, in operation; "" for a region nobody knows."""
    facts = [
        entity(asset, "System", name, **{"status": "在用", **said}),
        entity(f"unit-{asset}", "Organization", asset),
    ]
    links = [relation(f"unit-{asset}", "OWNS", asset)]
    if code:
        facts.append(entity(f"region:{code}", "Region", code))
        links.append(relation(f"unit-{asset}", "LOCATED_IN", f"region:{code}"))
    return Record(EntityId(asset), claim(CENSUS, row=len(asset)), tuple(facts), tuple(links))


def named(user: str, name: str, code: str = "", *, kind: str = "Component") -> Record:
    """A row of a system that names another, from the region `code` where the name needs one."""
    place = region(code) if code else None
    target = asset_id(name, owner=region_id(code) if place else "")
    said = {"region": place.name} if place else {}
    use = "REUSES" if kind == "Component" else "DEPENDS_ON"
    facts = (entity(target, kind, name, **said),)
    return Record(EntityId(user), claim(CENSUS, row=70), facts, (relation(user, use, target),))


def resolve(store: GraphStore, *records: Record) -> list[tuple[str, str]]:
    """The owned system that each mention is one with, and the rule, by id of the system."""
    load(store, CENSUS, *records)
    run = store.begin("resolve")
    resolve_exactly(store, run)
    finish(store, run)
    links = list(store.relations(types=("SAME_AS",)))
    read = store.relations([link.source for link in links], types=("SAME_AS",))
    systems = {str(record.subject) for record in records}
    return sorted(
        (end, said.rule)
        for one in read
        for said in one.claims
        for end in (one.source, one.target)
        if said.source == "resolver" and end in systems
    )


@pytest.mark.parametrize(
    ("name", "scope", "rule"),
    [
        ("省统一身份认证平台", "430000", "mention:place"),
        ("统一身份认证平台（省级）", "430000", "mention:place"),
        ("本省统一身份认证平台", "430000", "mention:place"),
        ("全省统一身份认证", "430000", "mention:place"),
        ("湖南统一身份认证平台", "", "mention:place"),
        ("湖南省统一身份认证平台", "", "exact:mention"),
        ("统一身份认证平台", "430100", "mention:region"),
        ("省统一身份认证平台", "450000", None),
        ("市统一身份认证平台", "430100", None),
        ("统一身份认证平台", "450100", None),
        ("广西统一身份认证平台", "", None),
    ],
)
def test_a_place_is_read_from_where_the_name_is_said(
    store: GraphStore, name: str, scope: str, rule: str | None
) -> None:
    found = resolve(
        store,
        owned("asset-1", "湖南省统一身份认证平台", "430000"),
        owned("asset-22", "长沙工单系统", "430100"),
        owned("asset-333", "南宁工单系统", "450100"),
        named("asset-22", name, scope),
    )
    assert found == ([("asset-1", rule)] if rule else [])


def test_two_provinces_keep_their_own_platform_of_one_name(store: GraphStore) -> None:
    found = resolve(
        store,
        owned("asset-1", "湖南省统一身份认证平台", "430000"),
        owned("asset-22", "广西壮族自治区统一身份认证平台", "450000"),
        owned("asset-333", "长沙工单系统", "430100"),
        owned("asset-4444", "南宁工单系统", "450100"),
        named("asset-333", "省统一身份认证平台", "430000"),
        named("asset-4444", "自治区统一身份认证平台", "450000"),
    )
    assert found == [("asset-1", "mention:place"), ("asset-22", "mention:place")]


def test_a_mention_that_two_can_mean_stays_apart(store: GraphStore) -> None:
    found = resolve(
        store,
        owned("asset-1", "湖南省统一身份认证平台", "430000"),
        owned("asset-22", "长沙市统一身份认证平台", "430100"),
        owned("asset-333", "长沙工单系统", "430100"),
        named("asset-333", IDENTITY, "430100"),
    )
    assert found == []


@pytest.mark.parametrize(
    ("candidate", "user", "meant"),
    [
        ("430100", "430100", ["asset-1"]),
        ("430000", "430100", ["asset-1"]),
        ("430100", "430200", []),
        ("450000", "430100", []),
    ],
)
def test_a_system_named_without_a_place_is_one_of_the_region_of_who_names_it(
    store: GraphStore, candidate: str, user: str, meant: list[str]
) -> None:
    found = resolve(
        store,
        owned("asset-1", "学籍系统", candidate),
        owned("asset-22", "招生系统", user),
        named("asset-22", "学籍系统", kind="System"),
    )
    assert found == [(one, "exact:mention") for one in meant]


def test_another_wording_of_the_place_means_no_business_system(store: GraphStore) -> None:
    found = resolve(
        store,
        owned("asset-1", "湖南省门户网站", "430000"),
        owned("asset-22", "招生系统", "430000"),
        named("asset-22", "门户网站", kind="System"),
    )
    assert found == []


def test_a_name_that_nobody_uses_joins_nothing(store: GraphStore) -> None:
    alone = Record(
        asset_id("学籍系统"), claim(CENSUS, row=9), (entity(asset_id("学籍系统"), "System", "学籍系统"),), ()
    )
    assert resolve(store, owned("asset-1", "学籍系统", "430000"), alone) == []


def test_where_no_place_is_known_the_only_one_of_the_name_is_meant(store: GraphStore) -> None:
    rows = owned("asset-1", "学籍系统", ""), owned("asset-22", "招生系统", "")
    assert resolve(store, *rows, named("asset-22", "学籍系统", kind="System")) == [
        ("asset-1", "exact:mention")
    ]


def test_what_is_applied_for_is_meant_by_nobody(store: GraphStore) -> None:
    found = resolve(
        store,
        owned("asset-1", "湖南省统一身份认证平台", "430000", status="拟建"),
        owned("asset-22", "长沙工单系统", "430100"),
        named("asset-22", "省统一身份认证平台", "430000"),
    )
    assert found == []


def test_a_person_undoes_what_the_place_joined(store: GraphStore) -> None:
    rows = (
        owned("asset-1", "湖南省统一身份认证平台", "430000"),
        owned("asset-22", "长沙工单系统", "430100"),
        named("asset-22", "省统一身份认证平台", "430000"),
    )
    assert resolve(store, *rows) == [("asset-1", "mention:place")]
    mention = asset_id("省统一身份认证平台", owner="region:430000")
    judge(
        store,
        (EntityId("asset-1"), mention),
        Sameness.DIFFERENT,
        by="张三",
        because="旧平台",
        said_on="2024-01-01",
    )
    assert resolve(store, *rows) == []


def test_who_only_names_a_thing_says_neither_its_name_nor_its_place(store: GraphStore) -> None:
    resolve(
        store,
        owned("asset-1", "湖南省统一身份认证平台", "430000", region="湖南省"),
        owned("asset-22", "长沙工单系统", "430100"),
        named("asset-22", IDENTITY, "430100"),
    )
    shown = CanonicalReader(store, load_ontology()).get([EntityId("asset-1")])[EntityId("asset-1")]
    assert (shown.type, shown.name) == ("Component", "湖南省统一身份认证平台")
    assert shown.properties == {"region": "湖南省", "status": "在用"}
    assert len(shown.claims) == 2
    assert {claim.properties.get("region") for claim in shown.claims} == {None, "湖南省"}


def test_mentions_of_one_place_are_one_though_nothing_owned_is_meant(store: GraphStore) -> None:
    rows = (
        owned("asset-22", "长沙工单系统", "430100"),
        owned("asset-333", "南宁工单系统", "450100"),
        named("asset-22", "省统一身份认证平台", "430000"),
        named("asset-22", "统一身份认证（省级）", "430000"),
        named("asset-333", "自治区统一身份认证平台", "450000"),
        named("asset-22", IDENTITY, "430100"),
    )
    resolve(store, *rows)
    reader = CanonicalReader(store, load_ontology())
    assert {reader.named(name)[0] for name in ("省统一身份认证平台", "统一身份认证（省级）")} == {
        min(record.entities[0].id for record in rows[2:4])
    }
    assert len(list(reader.entities(entity_type="Component"))) == 3


def test_an_estate_that_tells_its_province_by_names_alone_is_of_it(store: GraphStore) -> None:
    rows = owned("asset-1", "湖南省统一身份认证平台", ""), owned("asset-22", "工单系统", "")
    assert resolve(store, *rows, named("asset-22", "省统一身份认证平台")) == [("asset-1", "mention:place")]


def test_a_row_of_functions_without_an_owner_is_no_mention(store: GraphStore) -> None:
    name = "湖南省统一身份认证平台"
    facts = (entity(asset_id(name), "System", name), entity("function-1", "Function", "单点登录"))
    provides = relation(asset_id(name), "PROVIDES", "function-1")
    second = Record(asset_id(name), claim(CENSUS, row=9), facts, (provides,))
    assert resolve(store, owned("asset-1", name, "430000"), second) == []


def counted(caller: str, callee: str) -> Record:
    """A row of a gateway's export: both only named, by nobody who lies anywhere."""
    ends = asset_id(caller), asset_id(callee)
    facts = tuple(entity(one, "System", name) for one, name in zip(ends, (caller, callee), strict=True))
    measured = relation(ends[0], "DEPENDS_ON", ends[1], {"basis": "measured", "calls": 3})
    return Record(ends[0], claim(CENSUS, row=80), facts, (measured,))


def test_whose_calls_were_counted_is_what_bears_its_name_in_any_region(store: GraphStore) -> None:
    systems = owned("ferry", "渡口船舶调度系统", "450100"), owned("bridge", "桥梁监测系统", "430100")
    found = resolve(store, *systems, counted("渡口船舶调度系统", "桥梁监测系统"))
    assert {("bridge", "exact:mention"), ("ferry", "exact:mention")} <= set(found)


def test_whose_calls_were_counted_is_none_of_two_of_its_name(store: GraphStore) -> None:
    twins = owned("ferry", "渡口船舶调度系统", "450100"), owned("twin", "渡口船舶调度系统", "430100")
    assert resolve(store, *twins, counted("渡口船舶调度系统", "桥梁监测系统")) == []


def test_whose_calls_were_counted_bears_the_whole_name(store: GraphStore) -> None:
    near = owned("ferry", "渡口船舶调度管理系统", "450100")
    assert resolve(store, near, counted("渡口船舶调度系统", "桥梁监测系统")) == []
