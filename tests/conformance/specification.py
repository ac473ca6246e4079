"""What every store must do, as plain functions over an empty store; the names are the sentences."""

from collections.abc import Callable

import pytest

from kg.errors import StoreError, StoreUnavailableError, ValidationError
from kg.model import Direction, EntityId, Record
from kg.store.base import GraphStore
from kg.store.records import digests
from tests.conformance import history, lifetimes
from tests.conformance.graphs import (
    CENSUS,
    LATER,
    MANIFEST,
    OWNER,
    SEAL,
    SIGN,
    claim,
    drop,
    entity,
    finish,
    load,
    relation,
    row,
    seal_row,
)

Check = Callable[[GraphStore], None]


def an_empty_store_answers_with_nothing(store: GraphStore) -> None:
    assert store.get([SEAL]) == {}
    assert list(store.entities()) == []
    assert list(store.relations()) == []
    assert store.search("印章") == []
    assert store.named("印章") == []
    assert store.counts() == {}
    assert not [*store.deliveries(), *store.runs()]


def what_is_written_is_read_back_with_its_claim(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    seal = store.get([SEAL, EntityId("asset-none")])[SEAL]
    assert (seal.type, seal.name) == ("System", "电子印章系统")
    assert dict(seal.properties) == {"status": "在用", "aliases": ("印章平台",)}
    (said,) = seal.claims
    assert (said.source, said.document, said.said_on) == ("census", "census:a.xlsx", "2023-12-31")
    assert (said.place.sheet, said.place.row, said.rule) == ("表", 1, "map@1")
    assert (said.name, said.opened, said.closed) == ("电子印章系统", 1, None)


def values_keep_their_kind(store: GraphStore) -> None:
    from decimal import Decimal

    given = {
        "money": Decimal("1.20"),
        "whole": 3,
        "share": 0.5,
        "yes": True,
        "list": ("一", "二"),
        "none": (),
    }
    load(store, CENSUS, row(CENSUS, entity(SEAL, "System", "甲", **given)))
    read = store.get([SEAL])[SEAL].properties
    assert {name: (type(value), str(value)) for name, value in read.items()} == {
        name: (type(value), str(value)) for name, value in given.items()
    }


def entities_stream_in_order_of_id_by_type_and_after_an_id(store: GraphStore) -> None:
    load(store, CENSUS, seal_row(), row(CENSUS, entity("asset-b", "System", "乙"), at=2))
    assert [one.id for one in store.entities()] == ["asset-b", SEAL, SIGN, OWNER]
    assert [one.id for one in store.entities(entity_type="System")] == ["asset-b", SEAL]
    assert [one.id for one in store.entities(entity_type="System", after=EntityId("asset-b"))] == [SEAL]
    assert list(store.entities(entity_type="Component")) == []
    assert all(one.claims == () for one in store.entities())


def relations_are_found_from_either_end_once_and_in_order(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    assert [one.key for one in store.relations()] == [(SEAL, "PROVIDES", SIGN), (OWNER, "OWNS", SEAL)]
    assert [one.type for one in store.relations([SEAL])] == ["PROVIDES"]
    assert [one.type for one in store.relations([SEAL], direction=Direction.IN)] == ["OWNS"]
    both = list(store.relations([SEAL, SIGN, OWNER], direction=Direction.BOTH))
    assert [one.type for one in both] == ["PROVIDES", "OWNS"]
    assert [len(one.claims) for one in both] == [1, 1]
    assert [one.type for one in store.relations(types=("OWNS",))] == ["OWNS"]
    assert [one.type for one in store.relations([SEAL], types=("OWNS",), direction=Direction.BOTH)] == [
        "OWNS"
    ]


def counts_count_entities_and_relations_by_type(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    assert store.counts() == {"Function": 1, "OWNS": 1, "Organization": 1, "PROVIDES": 1, "System": 1}


def writing_the_same_rows_again_changes_nothing(store: GraphStore) -> None:
    first = load(store, CENSUS, seal_row())
    before = store.get([SEAL, SIGN, OWNER]), list(store.relations([SEAL]))
    second = load(store, CENSUS, seal_row())
    assert (first.entities, first.relations, second.entities, second.relations) == (3, 2, 0, 0)
    assert (store.get([SEAL, SIGN, OWNER]), list(store.relations([SEAL]))) == before
    assert store.get([SEAL])[SEAL].claims[0].opened == 1
    assert store.deliveries()[0].records == 1


def a_moved_row_is_the_same_row(store: GraphStore) -> None:
    load(store, CENSUS, row(CENSUS, entity(SEAL, "System", "甲"), at=1))
    load(store, CENSUS, row(CENSUS, entity(SEAL, "System", "甲"), at=9))
    assert [said.place.row for said in store.get([SEAL])[SEAL].claims] == [1]


def equal_rows_of_one_delivery_are_counted_apart(store: GraphStore) -> None:
    twice = [row(CENSUS, entity(SEAL, "System", "甲"), at=at) for at in (1, 2)]
    load(store, CENSUS, *twice)
    assert sorted(store.records(CENSUS.key)) == sorted(digests(twice))
    assert store.deliveries()[0].records == 2


def records_name_their_subject(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    assert store.records(CENSUS.key) == {digests([seal_row()])[0]: SEAL}
    assert store.records("census:other") == {}


def a_sweep_ends_what_only_this_delivery_said(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    counts = drop(store, CENSUS)
    assert (counts.entities, counts.relations) == (3, 2)
    assert store.counts() == {}
    assert store.get([SEAL]) == {}
    assert list(store.relations([SEAL], direction=Direction.BOTH)) == []
    assert not [*store.search("印章"), *store.named("电子印章系统")]
    assert store.deliveries() == []


def a_sweep_keeps_what_another_source_still_claims(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    load(
        store,
        MANIFEST,
        row(
            MANIFEST,
            entity(SEAL, "System", "签章", status="停用"),
            entity(SIGN, "Function", "在线签章"),
            relation(SEAL, "PROVIDES", SIGN),
        ),
    )
    counts = drop(store, CENSUS)
    assert (counts.entities, counts.relations) == (1, 1)
    seal = store.get([SEAL])[SEAL]
    assert (seal.name, dict(seal.properties), len(seal.claims)) == ("签章", {"status": "停用"}, 1)
    assert [one.type for one in store.relations()] == ["PROVIDES"]
    assert store.named("电子印章系统") == []


def a_sweep_touches_no_other_delivery(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    load(store, LATER, seal_row(LATER))
    drop(store, LATER)
    assert [said.document for said in store.get([SEAL])[SEAL].claims] == ["census:a.xlsx"]


def what_was_swept_can_be_said_again(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    drop(store, CENSUS)
    counts = load(store, CENSUS, seal_row())
    assert (counts.entities, counts.relations) == (3, 2)
    assert [said.opened for said in store.get([SEAL])[SEAL].claims] == [3]
    assert [one.id for one in store.search("印章")] == [SEAL]
    assert store.counts()["OWNS"] == 1


def the_better_source_wins_whatever_the_order(store: GraphStore) -> None:
    load(
        store,
        MANIFEST,
        row(MANIFEST, entity(SEAL, "System", "清单名", status="停用", repository="清单仓库", remark="清单")),
    )
    load(store, CENSUS, row(CENSUS, entity(SEAL, "System", "普查名", status="在用", repository="普查仓库")))
    seal = store.get([SEAL])[SEAL]
    assert (seal.name, seal.properties["status"]) == ("普查名", "在用")
    assert (seal.properties["repository"], seal.properties["remark"]) == ("清单仓库", "清单")
    assert [said.source for said in seal.claims] == ["census", "manifest"]
    assert [one.name for one in store.entities(entity_type="System")] == ["普查名"]
    assert store.named("普查名") == [SEAL]
    assert store.named("清单名") == []


def a_better_source_wins_where_only_a_value_differs(store: GraphStore) -> None:
    load(store, MANIFEST, row(MANIFEST, entity(SEAL, "System", "甲", status="停用")))
    load(store, CENSUS, row(CENSUS, entity(SEAL, "System", "甲", status="在用")))
    assert store.get([SEAL])[SEAL].properties["status"] == "在用"
    assert [one.properties["status"] for one in store.entities()] == ["在用"]


def of_one_source_the_latest_wins(store: GraphStore) -> None:
    load(store, LATER, seal_row(LATER, name="新名", status="停用"))
    load(store, CENSUS, seal_row(name="旧名", status="在用"))
    seal = store.get([SEAL])[SEAL]
    assert (seal.name, seal.properties["status"], len(seal.claims)) == ("新名", "停用", 2)


def aliases_are_united(store: GraphStore) -> None:
    load(store, CENSUS, row(CENSUS, entity(SEAL, "System", "甲", aliases=("一", "二"))))
    load(store, MANIFEST, row(MANIFEST, entity(SEAL, "System", "甲", aliases=("二", "三三"))))
    assert store.get([SEAL])[SEAL].properties["aliases"] == ("一", "二", "三三")
    assert store.named("三三") == [SEAL]


def a_system_becomes_a_component_when_somebody_says_so(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    load(store, MANIFEST, row(MANIFEST, entity(SEAL, "Component", "电子印章系统")))
    assert store.get([SEAL])[SEAL].type == "Component"
    assert store.counts()["Component"] == 1
    assert "System" not in store.counts()
    drop(store, MANIFEST)
    assert store.get([SEAL])[SEAL].type == "System"


def a_plan_gives_way_to_a_fact(store: GraphStore) -> None:
    plan = relation(OWNER, "OWNS", SEAL, {"modality": "plan"})
    load(
        store,
        MANIFEST,
        row(MANIFEST, entity(SEAL, "System", "甲"), entity(OWNER, "Organization", "局"), plan),
    )
    assert [one.modality for one in store.relations()] == ["plan"]
    load(store, CENSUS, seal_row())
    (owns,) = store.relations([OWNER])
    assert (owns.modality, len(owns.claims), "modality" in owns.properties) == ("fact", 2, False)
    assert [one.modality for one in store.relations(types=("OWNS",))] == ["fact"]


def facts_keep_claims_of_their_own(store: GraphStore) -> None:
    from dataclasses import replace

    own = replace(
        claim(MANIFEST, row=7), name="自称", properties={"status": "停用"}, quote="原文", confidence=0.6
    )
    other = replace(claim(CENSUS, row=8), name="他称")
    given = replace(entity(SEAL, "System", "不用"), claims=(own, other))
    link = replace(relation(SEAL, "PROVIDES", SIGN), claims=(claim(MANIFEST, row=3),))
    load(store, CENSUS, row(CENSUS, given, entity(SIGN, "Function", "签"), link))
    seal = store.get([SEAL])[SEAL]
    assert seal.claims == (other, own)
    assert (seal.name, dict(seal.properties)) == ("他称", {"status": "停用"})
    assert next(store.relations([SEAL])).claims == (claim(MANIFEST, row=3),)


def a_relation_needs_both_ends(store: GraphStore) -> None:
    run = store.begin("load")
    good = row(CENSUS, entity("asset-b", "System", "乙"))
    with pytest.raises(ValidationError, match="asset-none"):
        store.upsert(run, CENSUS, [good, row(CENSUS, relation("asset-b", "DEPENDS_ON", "asset-none"), at=2)])
    finish(store, run)
    assert store.counts() == {}
    assert store.records(CENSUS.key) == {}


def an_end_may_stand_in_the_store_already(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    load(
        store,
        MANIFEST,
        row(MANIFEST, entity("asset-b", "System", "乙"), relation("asset-b", "DEPENDS_ON", SEAL)),
    )
    assert [one.source for one in store.relations([SEAL], direction=Direction.IN)] == ["asset-b", OWNER]


def a_relation_hides_while_an_end_is_gone(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    load(
        store,
        MANIFEST,
        row(MANIFEST, entity("asset-b", "System", "乙"), relation("asset-b", "DEPENDS_ON", SEAL)),
    )
    drop(store, CENSUS)
    assert list(store.relations()) == list(store.relations([EntityId("asset-b")])) == []
    assert store.counts() == {"System": 1}
    load(store, CENSUS, seal_row())
    assert [one.type for one in store.relations([EntityId("asset-b")])] == ["DEPENDS_ON"]
    assert store.counts()["DEPENDS_ON"] == 1


def the_version_moves_with_every_write(store: GraphStore) -> None:
    seen = [store.version()]
    load(store, CENSUS, seal_row())
    seen.append(store.version())
    drop(store, CENSUS)
    seen.append(store.version())
    assert seen == sorted(set(seen))
    store.get([SEAL])
    assert store.version() == seen[-1]


def runs_are_numbered_and_say_how_they_ended(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    run = store.begin("second")
    assert [(one.id, one.status) for one in store.runs()] == [(1, "complete"), (2, "running")]
    assert store.runs()[1].finished is None
    store.finish(run, status="failed", summary={"reason": "坏"})
    last = store.runs()[1]
    assert (last.what, last.status, dict(last.summary)) == ("second", "failed", {"reason": "坏"})
    assert last.finished is not None


def only_one_run_writes_at_a_time(store: GraphStore) -> None:
    run = store.begin("first")
    with pytest.raises(StoreUnavailableError):
        store.begin("second")
    finish(store, run)
    with pytest.raises(StoreError):
        store.upsert(run, CENSUS, [seal_row()])
    finish(store, store.begin("third"))


def deliveries_say_who_when_and_how_much(store: GraphStore) -> None:
    load(store, MANIFEST, row(MANIFEST, entity("asset-b", "System", "乙")))
    load(store, CENSUS, seal_row())
    first, second = store.deliveries()
    assert (first.key, first.unit, first.period, first.said_on, first.records) == (
        "census:a",
        "甲单位",
        "2023",
        "2023-12-31",
        1,
    )
    assert (second.key, second.source, second.unit, second.period) == ("manifest:m", "manifest", None, None)


def every_part_of_a_name_is_found(store: GraphStore) -> None:
    names = ["广西统一电子印章平台", "居家养老（服务）管理系统", "GIS地图v2.0", "Citizen Portal"]
    load(
        store,
        CENSUS,
        *[row(CENSUS, entity(f"asset-{i}", "System", name), at=i) for i, name in enumerate(names)],
    )
    for i, name in enumerate(names):
        parts = {name[a:b].strip() for a in range(len(name)) for b in range(a + 2, len(name) + 1)}
        for part in sorted(part for part in parts if len("".join(filter(str.isalnum, part))) >= 2):
            assert f"asset-{i}" in [one.id for one in store.search(part)], part


def the_exact_name_comes_first(store: GraphStore) -> None:
    names = {"asset-a": "电子印章系统二期", "asset-b": "新电子印章系统", "asset-c": "电子印章系统"}
    rows = [row(CENSUS, entity(i, "System", name), at=n) for n, (i, name) in enumerate(names.items())]
    load(
        store,
        CENSUS,
        *rows,
        row(CENSUS, entity("asset-d", "System", "签章", aliases=("电子印章系统",)), at=9),
    )
    found = store.search("电子印章系统")
    assert [one.id for one in found] == ["asset-c", "asset-d", "asset-a", "asset-b"]
    assert found[0].score == 1.0
    assert all(0 < later.score < 1 for later in found[1:])
    assert store.named("电子印章系统") == ["asset-c", "asset-d"]
    assert store.named("电子 印章系统 ") == ["asset-c", "asset-d"]
    assert store.named("电子印章") == []


def all_words_must_be_found(store: GraphStore) -> None:
    load(
        store,
        CENSUS,
        row(CENSUS, entity("asset-a", "System", "电子印章平台")),
        row(CENSUS, entity("asset-b", "System", "电子证照平台"), at=2),
    )
    assert [one.id for one in store.search("平台 印章")] == ["asset-a"]
    assert {one.id for one in store.search("电子 平台")} == {"asset-a", "asset-b"}
    assert store.search("印章 证照") == store.search(" ") == store.search("章印") == []


def search_knows_initials_aliases_and_types(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    assert [one.id for one in store.search("dzyz")] == [SEAL]
    assert [one.id for one in store.search("YZPT")] == []
    assert [one.id for one in store.search("印章平")] == [SEAL]
    assert [one.id for one in store.search("章")] == [SEAL, SIGN]
    assert [one.id for one in store.search("签章", entity_type="Function")] == [SIGN]
    assert store.search("签章", entity_type="System") == []


def functions_come_after_systems(store: GraphStore) -> None:
    functions = [entity(f"function-{i}", "Function", "印章" if i < 3 else "印章管理") for i in range(5)]
    load(store, CENSUS, row(CENSUS, entity("system-z", "System", "省级某某电子印章综合平台"), *functions))
    assert [one.id for one in store.search("印章")][:2] == ["function-0", "system-z"]
    assert [one.id for one in store.search("印章管")] == ["function-3", "function-4"]
    assert [one.id for one in store.search("印章", entity_type="Function", limit=3)] == [
        "function-0",
        "function-1",
        "function-2",
    ]


def pages_of_a_search_join_up(store: GraphStore) -> None:
    load(
        store,
        CENSUS,
        *[row(CENSUS, entity(f"asset-{i:02}", "System", "平台" + "甲" * (i % 4)), at=i) for i in range(12)],
    )
    whole = store.search("平台", limit=12)
    assert len(whole) == 12
    assert [one for at in (0, 5, 10) for one in store.search("平台", limit=5, offset=at)] == whole
    assert store.search("平台", limit=0) == []


def a_renamed_entity_is_found_under_its_new_name_only(store: GraphStore) -> None:
    load(store, CENSUS, row(CENSUS, entity(SEAL, "System", "旧的名称", aliases=("旧称",))))
    run = store.begin("again")
    old = list(store.records(CENSUS.key))
    store.upsert(run, CENSUS, [row(CENSUS, entity(SEAL, "System", "新的名称", aliases=("新称",)))])
    store.sweep(run, CENSUS.key, old, said_on="2024-01-01")
    finish(store, run)
    assert not [*store.search("旧的"), *store.search("旧称"), *store.named("旧称")]
    assert [one.id for one in store.search("新的")] == store.named("新称") == [SEAL]


def the_past_can_be_asked(store: GraphStore) -> None:
    load(store, CENSUS, seal_row(status="在用"))
    load(store, LATER, seal_row(LATER, name="新名", status="停用"))
    drop(store, CENSUS, said_on="2024-12-31")
    then, now = store.as_of("2023-12-31"), store.as_of("2024-12-31")
    assert store.as_of("2023-12-30").counts() == {}
    assert (then.get([SEAL])[SEAL].name, now.get([SEAL])[SEAL].name) == ("电子印章系统", "新名")
    assert store.as_of("2024-06").get([SEAL])[SEAL].properties["status"] == "在用"
    assert store.as_of("2024").get([SEAL])[SEAL].name == "新名"
    assert then.counts() == store.counts()
    assert [one.id for one in then.search("电子印章")] == then.named("电子印章系统") == [SEAL]
    assert now.search("电子印章") == []
    assert [one.key for one in then.relations([SEAL])] == [(SEAL, "PROVIDES", SIGN)]
    assert [one.type for one in then.entities()] == ["System", "Function", "Organization"]
    assert [len(day.get([SEAL])[SEAL].claims) for day in (then, now)] == [1, 1]


def batches_may_be_split_anywhere(store: GraphStore) -> None:
    rows = [
        row(CENSUS, entity(SEAL, "System", name), entity(OWNER, "Organization", "局"), at=at)
        for at, name in enumerate("丙甲乙")
    ]
    run = store.begin("load")
    for record in rows:
        store.upsert(run, CENSUS, [record])
    finish(store, run)
    assert store.get([SEAL])[SEAL].name == "丙"
    assert [said.name for said in store.get([SEAL])[SEAL].claims] == ["丙", "甲", "乙"]
    assert len(store.get([OWNER])[OWNER].claims) == 3


def a_record_may_say_nothing_but_its_citation(store: GraphStore) -> None:
    load(store, CENSUS, seal_row())
    load(store, MANIFEST, Record(SEAL, claim(MANIFEST), ()))
    assert len(store.records(MANIFEST.key)) == 1
    assert len(store.get([SEAL])[SEAL].claims) == 1


CHECKS: tuple[Check, ...] = (
    history.CHECKS
    + lifetimes.CHECKS
    + tuple(
        check
        for name, check in sorted(globals().items())
        if callable(check) and getattr(check, "__module__", "") == __name__ and not name.startswith("_")
    )
)
