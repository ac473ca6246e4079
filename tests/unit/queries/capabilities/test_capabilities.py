"""The ledger of what systems do, and a reviewer's word on it that outlives everything but its withdrawal."""

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from io import StringIO

import pytest

from kg.errors import NotFoundError, ValidationError
from kg.exchange import encode_fact, write_jsonl
from kg.identity import capability_id
from kg.matching.capabilities import Grouping
from kg.matching.encoder.lexical import LexicalEncoder
from kg.model import Direction, Entity, EntityId, Record, Relation
from kg.ontology import load_ontology
from kg.store.base import Delivery
from kg.store.canonical import CanonicalReader
from kg.store.capability_judgements import Named, Said, rename_capability
from kg.store.clusters import read_clusters
from kg.store.judgements import withdraw
from kg.store.memory import MemoryStore
from kg.store.redelivery import redeliver
from queries.capabilities import (
    Capability,
    Ledger,
    WithCapabilities,
    gathered,
    grouped,
    joined,
    named_capability,
    parted,
    renamed,
)
from queries.entity import show
from queries.estate import load_estate
from tests.unit.queries.small_estate import component, filled, system

ENCODER = LexicalEncoder("test")
SAID = Said("张三", "现场核实", "2026-02-01")
CHECKED, VERBOSE, BEDS = "高龄津贴资格核验", "高龄津贴的资格核验", "床位预约登记"
ROWS = (
    system("养老服务系统", "甲市民政局", (CHECKED, BEDS, "用户管理")),
    system("老龄服务系统", "乙市民政局", (VERBOSE, "用户管理")),
    system("津贴发放系统", "甲市民政局", (CHECKED, "用户管理")),
    component("统一身份认证平台", "市大数据局", "identity", {"status": "在用"}),
    system("办事大厅", "甲市民政局", ("统一身份认证",)),
    system("地图平台", "甲市民政局", ("ＧＩＳ 展示", "GIS展示")),
)


class Estate:
    """A store, and the ledger of it as it is now; groups are kept from ledger to ledger."""

    def __init__(self, rows: Iterable[Record]) -> None:
        self.store = filled(rows)
        self.kept: Grouping | None = None

    @property
    def reader(self) -> CanonicalReader:
        return CanonicalReader(self.store, load_ontology())

    def ledger(self) -> Ledger:
        estate = load_estate(self.reader)
        parts = grouped(estate, self.store, ENCODER, before=self.kept)
        self.kept = parts.grouping
        return gathered(parts, estate, read_clusters(self.store), encoder=ENCODER, said_on="2026-01-31")

    def one(self, text: str) -> Capability:
        return named_capability(self.ledger(), text)

    def split(self, text: str, *functions: str) -> tuple[str, EntityId]:
        ledger = self.ledger()
        return parted(self.store, ledger, named_capability(ledger, text), functions=functions, said=SAID)

    def read_again(self, rows: Iterable[Record]) -> None:
        """The delivery says this instead of what it said."""
        run = self.store.begin("again")
        delivery = Delivery("estate", "census", None, None, "2026-03-31", 0)
        redeliver(self.store, run, delivery, records=rows)
        self.store.finish(run, status="complete", summary={})


@pytest.fixture
def estate() -> Estate:
    return Estate(ROWS)


def texts(one: Capability) -> set[str]:
    return {wording.text for wording in one.wordings}


def test_a_capability_counts_functions_systems_and_departments_that_mean_the_same(estate: Estate) -> None:
    one = estate.one(VERBOSE)
    assert (one.id, one.name) == (capability_id(CHECKED), CHECKED)
    assert (len(one.holders), one.departments, one.functions) == (3, 2, 3)
    detail = estate.ledger().to_json(one)
    assert [row["functions"] for row in detail["members"] if row["name"] == "老龄服务系统"] == [[VERBOSE]]


def test_what_most_systems_have_comes_first_and_what_every_system_has_anyway_last(estate: Estate) -> None:
    names = [one.name for one in estate.ledger().items]
    assert names[0] == CHECKED
    assert names[-1] == "用户管理"


def test_a_shared_ability_has_its_offerers_and_those_that_build_it_themselves(estate: Estate) -> None:
    one = estate.one("capability:identity")
    assert one.to_json()["registered"]
    assert [estate.ledger().members[i].name for i in one.offered_by] == ["统一身份认证平台"]
    assert [estate.ledger().members[i].name for i in one.holders] == ["办事大厅"]


def test_search_finds_names_and_wordings(estate: Estate) -> None:
    ledger = estate.ledger()
    assert [one.name for one in ledger.search("津贴的")] == [CHECKED]
    assert ledger.search("") == ledger.items
    assert ledger.search("——") == ()
    with pytest.raises(NotFoundError, match="没有的能力"):
        named_capability(ledger, "没有的能力")


def merged(estate: Estate) -> tuple[str, Callable[[], bool]]:
    made = joined(estate.store, estate.one(CHECKED), estate.one(BEDS), said=SAID)
    return made, lambda: {CHECKED, BEDS} <= texts(estate.one(BEDS))


def split(estate: Estate) -> tuple[str, Callable[[], bool]]:
    made, part = estate.split(CHECKED, VERBOSE)
    return made, lambda: estate.one(VERBOSE).id == part != estate.one(CHECKED).id


def split_off_the_first_name(estate: Estate) -> tuple[str, Callable[[], bool]]:
    made, part = estate.split(CHECKED, CHECKED)
    return made, lambda: estate.one(CHECKED).id == part and estate.one(VERBOSE).id == capability_id(CHECKED)


def named(estate: Estate) -> tuple[str, Callable[[], bool]]:
    made = renamed(estate.store, estate.one(CHECKED), "  高龄补贴 审核 ", said=SAID)
    return made, lambda: estate.one(CHECKED).name == "高龄补贴 审核"


JUDGED = [merged, split, split_off_the_first_name, named]
Judge = Callable[[Estate], tuple[str, Callable[[], bool]]]


@pytest.mark.parametrize("judge", JUDGED)
def test_a_judgement_holds_until_it_is_withdrawn(estate: Estate, judge: Judge) -> None:
    before = estate.ledger().items
    made, holds = judge(estate)
    assert holds()
    withdraw(estate.store, made, said_on="2026-02-02")
    assert estate.ledger().items == before


@pytest.mark.parametrize("judge", JUDGED)
def test_a_judgement_survives_indexing_anew_and_reading_again(estate: Estate, judge: Judge) -> None:
    _, holds = judge(estate)
    estate.kept = None
    assert holds()
    more = [system(f"新建系统{n}", "丙市民政局", (VERBOSE, "高龄津贴资格的核验")) for n in range(5)]
    estate.read_again([*ROWS, *more])
    assert holds()
    estate.kept = None
    assert holds()
    assert "新建系统3" in {estate.ledger().members[i].name for i in estate.one(VERBOSE).holders}


def test_who_judged_and_why_stands_in_the_graph(estate: Estate) -> None:
    named(estate)
    claims = estate.store.get([capability_id(CHECKED)])[capability_id(CHECKED)].claims
    assert [(claim.by, claim.because) for claim in claims] == [("张三", "现场核实")]


def test_what_was_split_can_be_merged_again_and_the_later_word_counts(estate: Estate) -> None:
    first, _ = estate.split(CHECKED, VERBOSE)
    again = joined(estate.store, estate.one(CHECKED), estate.one(VERBOSE), said=SAID)
    assert again == first
    assert texts(estate.one(CHECKED)) == {CHECKED, VERBOSE}


def test_what_is_merged_with_a_registered_capability_is_shown_under_its_id(estate: Estate) -> None:
    joined(estate.store, estate.one(BEDS), estate.one("统一身份认证"), said=SAID)
    one = estate.one(BEDS)
    assert (one.id, one.name) == ("capability:identity", "统一身份认证")
    assert len(one.offered_by) == 1
    assert estate.ledger().get(capability_id(BEDS)) == one


def test_a_name_given_before_is_no_name_for_a_registered_capability(estate: Estate) -> None:
    renamed(estate.store, estate.one(BEDS), "床位", said=SAID)
    joined(estate.store, estate.one(BEDS), estate.one("统一身份认证"), said=SAID)
    assert estate.one(BEDS).name == "统一身份认证"


def test_a_judged_capability_whose_functions_the_registry_has_now_is_that_one(estate: Estate) -> None:
    own = Named(capability_id("统一身份认证"), "登录")
    rename_capability(estate.store, own, said=SAID)
    assert estate.one("统一身份认证").id == "capability:identity"
    assert estate.ledger().get(own.id).name == "统一身份认证"


def test_senseless_judgements_are_refused(estate: Estate) -> None:
    identity = estate.one("统一身份认证")
    with pytest.raises(ValidationError, match="同一能力"):
        joined(estate.store, identity, identity, said=SAID)
    with pytest.raises(ValidationError, match="登记在册"):
        joined(estate.store, identity, replace(identity, id=EntityId("capability:seal")), said=SAID)
    with pytest.raises(ValidationError, match="没有这样的功能：床位预约登记"):
        estate.split(CHECKED, VERBOSE, BEDS)
    with pytest.raises(ValidationError, match="全部"):
        estate.split(CHECKED, VERBOSE, CHECKED)
    with pytest.raises(ValidationError, match="名称"):
        renamed(estate.store, identity, " ", said=SAID)


def test_an_estate_without_functions_has_no_capabilities() -> None:
    assert Estate([]).ledger().items == ()


def test_a_capability_is_shown_with_its_functions_like_any_entity(estate: Estate) -> None:
    ledger = estate.ledger()
    shown = show(WithCapabilities(estate.reader, ledger), capability_id(CHECKED))
    assert shown.entity.name == CHECKED
    assert shown.entity.properties["aliases"] == (VERBOSE,)
    functions = {link.other.name for link in shown.links if link.other is not None}
    assert functions == {CHECKED, VERBOSE}
    assert {link.relation.type for link in shown.links} == {"INSTANCE_OF"}


def test_a_function_is_an_instance_of_its_capability(estate: Estate) -> None:
    seen = WithCapabilities(estate.reader, estate.ledger())
    function = estate.store.named(VERBOSE, entity_type="Function")[0]
    (relation,) = seen.relations([function], direction=Direction.OUT)
    assert relation.key == (function, "INSTANCE_OF", capability_id(CHECKED))
    assert encode_fact(relation)


def test_the_whole_graph_with_capabilities_agrees_with_itself(estate: Estate) -> None:
    named(estate)
    seen = WithCapabilities(estate.reader, estate.ledger())
    every = list(seen.relations())
    assert [one.key for one in every] == sorted(one.key for one in every)
    entities = list(seen.entities())
    assert [one.id for one in entities] == sorted({one.id for one in entities})
    ids = {one.id for one in entities}
    assert all({one.source, one.target} <= ids for one in every)
    counted = seen.counts()
    assert counted["INSTANCE_OF"] == counted["Function"]
    assert counted["Capability"] == sum(
        isinstance(one, Entity) and one.type == "Capability" for one in entities
    )
    at_ends = {one.key for one in seen.relations(sorted(ids), types=("INSTANCE_OF",), direction=Direction.IN)}
    assert at_ends == {one.key for one in every if one.type == "INSTANCE_OF"}
    assert isinstance(every[0], Relation)


def test_what_is_stored_stays_itself_where_nothing_is_merged(estate: Estate) -> None:
    merged(estate)
    seen = WithCapabilities(estate.store, estate.ledger())
    pair = sorted([capability_id(CHECKED), capability_id(BEDS)])
    assert [one.id for one in seen.entities(entity_type="Capability") if one.id in pair] == pair
    assert [seen.get([i])[i].id for i in pair] == pair
    lines = StringIO()
    written = write_jsonl(seen, lines, include_derived=True)
    told = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert len({row["id"] for row in told if row["kind"] == "entity"}) == written.entities
    instances = [row for row in told if row.get("type") == "INSTANCE_OF"]
    assert len(instances) == sum(one.functions for one in estate.ledger().items)


def test_a_store_of_functions_alone_is_no_reason_to_fail() -> None:
    store = MemoryStore(load_ontology())
    parts = grouped(load_estate(store), store, ENCODER)
    assert parts.grouping.groups == {}
