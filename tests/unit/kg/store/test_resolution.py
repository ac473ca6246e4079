"""Exact resolution: what keys say is one, and what never is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model import EntityId, Record
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.judgements import Sameness, judge
from kg.store.resolution import link_mentions, resolve_exactly
from tests.conformance.graphs import CENSUS, claim, drop, entity, finish, load, relation

Row = tuple[str, str, str | None, dict[str, object]]


@pytest.fixture(params=["memory:", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[GraphStore]:
    url = f"sqlite:///{tmp_path}/kg.db" if request.param == "sqlite" else str(request.param)
    with open_store(url, create=True) as opened:
        yield opened


def systems(*rows: Row) -> list[Record]:
    """Records of systems; the owner's first letter says its region: n 450100, g 450000, else 460000."""
    made = []
    for at, (asset, name, owner, said) in enumerate(rows):
        facts = [entity(asset, "System", name, **said)]
        links = []
        if owner is not None:
            code = {"n": "450100", "g": "450000"}.get(owner[0], "460000")
            facts += [
                entity(f"organization-{owner}", "Organization", owner),
                entity(f"region:{code}", "Region", code),
            ]
            links = [
                relation(f"organization-{owner}", "OWNS", asset),
                relation(f"organization-{owner}", "LOCATED_IN", f"region:{code}"),
            ]
        made.append(Record(EntityId(asset), claim(CENSUS, row=at), tuple(facts), tuple(links)))
    return made


def resolved(store: GraphStore) -> list[tuple[str, str, str]]:
    run = store.begin("resolve")
    resolve_exactly(store, run)
    finish(store, run)
    links = list(store.relations(types=("SAME_AS",)))
    read = store.relations([link.source for link in links], types=("SAME_AS",))
    return [
        (one.source, one.target, said.rule)
        for one in read
        for said in one.claims
        if said.source == "resolver"
    ]


def test_one_registration_code_is_one_system(store: GraphStore) -> None:
    load(
        store,
        CENSUS,
        *systems(("asset-1", "甲", "g1", {"code": "X1"}), ("asset-2", "乙", None, {"code": "X1"})),
    )
    assert resolved(store) == [("asset-1", "asset-2", "exact:code")]


def test_one_owner_and_one_name_or_alias_is_one_system(store: GraphStore) -> None:
    load(store, CENSUS, *systems(
        ("asset-1", "电子 印章系统", "g1", {"code": "X1"}),
        ("asset-2", "电子印章系统", "g1", {}),
        ("asset-3", "印章", "g1", {"aliases": ("电子印章系统",)}),
        ("asset-4", "电子印章系统", "h2", {}),
    ))  # fmt: skip
    assert resolved(store) == [
        ("asset-1", "asset-2", "exact:owner+name"),
        ("asset-1", "asset-3", "exact:owner+name"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (("asset-1", "甲", "g1", {"code": "X1"}), ("asset-2", "甲", "g1", {"code": "X2"})),
        (("asset-1", "甲", "g1", {"code": "X1"}), ("asset-2", "甲", "h1", {"code": "X1"})),
        (("asset-1", "甲", "g1", {}), ("asset-2", "甲", "h1", {})),
        (("asset-1", "甲", None, {}), ("asset-2", "甲", None, {})),
        (("asset-1", "甲", "g1", {"aliases": ("平台",)}), ("asset-2", "乙", "g1", {"aliases": ("平台",)})),
        (("asset-1", "甲", "g1", {"code": "X1"}), ("asset-2", "甲", None, {"code": "X2"})),
        (("asset-1", "学籍系统", "g1", {}), ("asset-2", "学籍系统", None, {})),
    ],
    ids=[
        "two codes",
        "one code two owners",
        "two owners",
        "two mentions",
        "aliases alone",
        "mention of another code",
        "an owner nobody knows",
    ],
)
def test_never_joined(store: GraphStore, rows: tuple[Row, ...]) -> None:
    load(store, CENSUS, *systems(*rows))
    assert resolved(store) == []


def test_a_nameless_third_never_joins_two_codes(store: GraphStore) -> None:
    load(store, CENSUS, *systems(
        ("asset-1", "甲", "g1", {"code": "X1"}),
        ("asset-2", "甲", "g1", {"code": "X2"}),
        ("asset-3", "甲", "g1", {}),
    ))  # fmt: skip
    assert resolved(store) == []


def test_a_person_holds_apart_what_keys_would_join(store: GraphStore) -> None:
    load(store, CENSUS, *systems(("asset-1", "甲", "g1", {"code": "X1"}), ("asset-2", "甲", "g1", {})))
    pair = EntityId("asset-1"), EntityId("asset-2")
    assert len(resolved(store)) == 1
    judge(store, pair, Sameness.DIFFERENT, by="张三", because="两期", said_on="2024-01-01")
    assert resolved(store) == []


def test_resolving_again_changes_nothing_and_follows_the_sources(store: GraphStore) -> None:
    load(store, CENSUS, *systems(("asset-1", "甲", "g1", {"code": "X1"}), ("asset-2", "甲", "g1", {})))
    first = resolved(store)
    (said,) = next(store.relations([EntityId("asset-1")], types=("SAME_AS",))).claims
    assert resolved(store) == first
    assert next(store.relations([EntityId("asset-1")], types=("SAME_AS",))).claims[0].opened == said.opened
    assert said.said_on == "2023-12-31"
    drop(store, CENSUS)
    assert resolved(store) == []


def offering(*, serves: tuple[str, ...] = ()) -> list[Record]:
    seal = entity("capability:seal", "Capability", "电子印章")
    said: dict[str, object] = {"serves": serves} if serves else {}
    component = entity("asset-c", "Component", "统一电子印章平台", **said)
    rows = systems(("asset-u", "不动产系统", "n1", {}), ("asset-x", "别处系统", "h1", {}))
    facts = (
        seal,
        component,
        entity("organization-g1", "Organization", "g1"),
        entity("region:450000", "Region", "广西"),
    )
    links = (
        relation("asset-c", "OFFERS", "capability:seal"),
        relation("organization-g1", "OWNS", "asset-c"),
        relation("organization-g1", "LOCATED_IN", "region:450000"),
        relation("asset-u", "REUSES", "capability:seal"),
        relation("asset-x", "REUSES", "capability:seal"),
    )
    return [*rows, Record(EntityId("asset-c"), claim(CENSUS, row=9), facts, links)]


def linked(store: GraphStore) -> list[tuple[str, str]]:
    run = store.begin("link")
    link_mentions(store, run)
    finish(store, run)
    return [(r.source, r.target) for r in store.relations(types=("REUSES",)) if "basis" in r.properties]


@pytest.mark.parametrize(
    ("serves", "users"),
    [((), ["asset-u"]), (("广西",), ["asset-u"]), (("全国",), ["asset-u", "asset-x"]), (("450200",), [])],
)
def test_a_mention_means_the_component_that_serves_the_place(
    store: GraphStore, serves: tuple[str, ...], users: list[str]
) -> None:
    load(store, CENSUS, *offering(serves=serves))
    assert linked(store) == [(user, "asset-c") for user in users]


def test_a_mention_that_two_could_serve_links_to_neither(store: GraphStore) -> None:
    second = entity("asset-d", "Component", "第二印章平台", serves=("450000",))
    more = Record(
        EntityId("asset-d"),
        claim(CENSUS, row=10),
        (second,),
        (relation("asset-d", "OFFERS", "capability:seal"),),
    )
    load(store, CENSUS, *offering(), more)
    assert linked(store) == []


@pytest.mark.parametrize(
    ("name", "said", "users"),
    [
        ("广西统一电子印章平台", {"status": "在用"}, ["asset-u"]),
        ("电子印章系统", {"status": "在用"}, []),
        ("广西不动产电子印章系统", {"status": "在用"}, []),
        ("广西统一电子印章平台", {"status": "拟建"}, []),
    ],
    ids=["an ability's own name", "perhaps the owner's alone", "a business system", "applied for"],
)
def test_a_system_that_bears_the_name_of_an_ability_is_meant_by_who_reuses_it(
    store: GraphStore, name: str, said: dict[str, object], users: list[str]
) -> None:
    load(
        store,
        CENSUS,
        *systems(
            ("asset-s", name, "g1", said),
            ("asset-u", "不动产系统", "n1", {}),
            ("asset-x", "别处系统", "h1", {}),
        ),
        *(
            Record(
                EntityId(user),
                claim(CENSUS, row=20 + at),
                (entity("capability:seal", "Capability", "电子印章"),),
                (relation(user, "REUSES", "capability:seal"),),
            )
            for at, user in enumerate(("asset-u", "asset-x"))
        ),
    )
    run = store.begin("link")
    link_mentions(store, run)
    finish(store, run)
    assert [(r.source, r.target) for r in store.relations(types=("DEPENDS_ON",))] == [
        (u, "asset-s") for u in users
    ]
