"""A correction wins over every source, rests and returns with its thing, and can be taken back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ingest.correction import Corrected, Wanted, correct
from ingest.undo import undo
from kg.errors import NotFoundError, ValidationError
from kg.model import EntityId
from kg.ontology import load_ontology
from kg.store import open_store
from kg.store.base import GraphStore
from kg.store.canonical import CanonicalReader
from kg.store.judgements import Sameness, judge, withdraw
from tests.unit.ingest.census_files import File, load

SPRING = File("2024年上半年", (("甲管理系统", "登记"), ("乙管理系统", "查询")))
AUTUMN = File("2024年下半年", (("甲管理系统", "登记"), ("乙管理系统", "查询")))
DAY = "2026-04-01"
BY = {"by": "张三", "because": "电话核实"}


@pytest.fixture
def store() -> GraphStore:
    opened = open_store("memory:")
    load(opened, [SPRING])
    return opened


def ask(store: GraphStore, name: str, text: str, *, entity: str = "甲管理系统") -> Corrected:
    (found,) = store.named(entity) or [EntityId(entity)]
    return correct(store, Wanted(found, name, text, **BY, said_on=DAY))


def shown(store: GraphStore, made: Corrected) -> object:
    return store.get([made.member])[made.member].properties.get(made.made.property_name)


def test_a_correction_says_who_and_why_and_wins_over_the_sources(store: GraphStore) -> None:
    made = ask(store, "status", "停用")
    (winner, *_) = store.get([made.member])[made.member].claims
    assert (winner.source, winner.by, winner.because, winner.name) == ("reviewer", "张三", "电话核实", None)
    load(store, [AUTUMN])
    assert shown(store, made) == "停用"
    assert store.get([made.member])[made.member].name == "甲管理系统"


def test_a_wording_of_a_category_is_written_as_its_value(store: GraphStore) -> None:
    assert ask(store, "status", "运行中").made.value == "在用"
    assert ask(store, "budget", "35.5万元").made.value == Decimal(355000)
    assert ask(store, "aliases", "甲系统、老甲").made.value == ("甲系统", "老甲")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("colour", "红", "没有属性 colour；可更正的有：name 名称、"),
        ("status", "飞行中", "请从以下取值中选一个：在用、试运行、在建、拟建、停用、僵尸"),
        ("budget", "很多", "预算|投资"),
        ("users", "几百", "请只填整数"),
        ("launched_on", "去年", "请写成 2024-06-30"),
        ("status", "  ", "为空"),
    ],
)
def test_what_is_no_property_or_no_value_of_it_is_refused_with_what_is_allowed(
    store: GraphStore, name: str, text: str, told: str
) -> None:
    before = store.version()
    with pytest.raises(ValidationError, match=told):
        ask(store, name, text)
    assert store.version() == before


def test_an_entity_that_is_not_there_is_told(store: GraphStore) -> None:
    with pytest.raises(NotFoundError, match="asset-none"):
        ask(store, "status", "停用", entity="asset-none")


def test_a_later_correction_takes_the_place_of_the_former_and_undoing_it_brings_that_back(
    store: GraphStore,
) -> None:
    ask(store, "status", "停用")
    made = ask(store, "status", "在建")
    assert shown(store, made) == "在建"
    undo(store, len(store.runs()), **BY)
    assert shown(store, made) == "停用"
    withdraw(store, made.id, said_on=DAY)
    assert shown(store, made) is None


def test_a_name_can_be_corrected(store: GraphStore) -> None:
    made = ask(store, "name", "甲综合管理系统")
    load(store, [AUTUMN])
    assert store.get([made.member])[made.member].name == "甲综合管理系统"


def test_a_correction_keeps_nothing_alive_and_returns_with_its_thing(store: GraphStore) -> None:
    made = ask(store, "status", "停用")
    gone = replace(SPRING, systems=SPRING.systems[1:])
    load(store, [gone])
    assert store.get([made.member]) == {}
    load(store, [SPRING])
    assert shown(store, made) == "停用"
    withdraw(store, made.id, said_on=DAY)
    load(store, [gone])
    load(store, [SPRING])
    assert shown(store, made) is None


def test_undoing_the_load_that_dropped_a_thing_brings_its_correction_back(store: GraphStore) -> None:
    made = ask(store, "status", "停用")
    load(store, [replace(SPRING, systems=SPRING.systems[1:])])
    undo(store, 3, **BY)
    assert shown(store, made) == "停用"
    undo(store, 1, **BY)
    assert store.counts() == {}


def test_the_id_of_a_merged_member_is_understood_as_that_of_the_whole(store: GraphStore) -> None:
    one, other = sorted((*store.named("甲管理系统"), *store.named("乙管理系统")))
    judge(store, (one, other), Sameness.SAME, by="张三", because="同一合同", said_on=DAY)
    made = correct(store, Wanted(other, "status", "停用", **BY, said_on=DAY))
    assert (made.asked, made.shown.id) == (other, one)
    whole = CanonicalReader(store, load_ontology()).get([other])[other]
    assert (whole.id, whole.properties["status"]) == (one, "停用")
