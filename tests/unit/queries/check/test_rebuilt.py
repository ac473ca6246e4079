from dataclasses import replace

from kg.identity import asset_id
from kg.matching.description import Description, Item
from kg.matching.encoder.lexical import LexicalEncoder
from kg.matching.proposal import Proposal
from kg.model import Claim, Entity, Record, Value
from kg.ontology import load_ontology
from kg.store.base import Delivery
from kg.store.memory import MemoryStore
from queries.check import CheckContext, prepare
from queries.check.rebuilt import rebuilt_components
from queries.policy import load_policy
from tests.unit.queries.small_estate import filled, system

POLICY = load_policy()
PROPOSAL = Proposal(
    Description("proposal", name="林业防火系统", items=(Item("古树名木普查"), Item("单点登录"))),
    "申报书.docx",
    "0" * 64,
)


def using(name: str) -> Proposal:
    return replace(PROPOSAL, description=replace(PROPOSAL.description, uses=(name,)))


def named_only(name: str, *aliases: str) -> CheckContext:
    """An estate of one component that says nothing about what it offers."""
    store = MemoryStore(load_ontology())
    run = store.begin("test")
    key = asset_id(name)
    facts: dict[str, Value] = {"status": "在用", "ip_owner": "市大数据局", "aliases": aliases}
    entity = Entity(key, "Component", name, facts)
    record = Record(key, Claim("census", "组件清单.xlsx", "2025-06-30"), (entity,))
    store.upsert(run, Delivery("estate", "census", None, None, "2025-06-30", 0), [record])
    store.finish(run, status="complete", summary={})
    return prepare(store, LexicalEncoder("test"), engine="1.0")


def test_a_component_is_known_by_its_name_where_nothing_says_what_it_offers() -> None:
    found, doubtful = rebuilt_components(PROPOSAL, named_only("市级统一身份认证平台"), POLICY)
    assert {number: (f.component_name, f.usable) for number, f in found.items()} == {
        1: ("市级统一身份认证平台", True)
    }
    assert doubtful == ()


def test_a_component_of_another_name_is_not_taken_for_it() -> None:
    assert rebuilt_components(PROPOSAL, named_only("市级物流查询服务"), POLICY) == ({}, ())


def test_what_the_proposal_says_it_uses_is_not_rebuilt(context: CheckContext) -> None:
    assert rebuilt_components(PROPOSAL, context, POLICY)[0].keys() == {1}
    for name in ("统一身份认证", "统一身份认证平台"):
        assert rebuilt_components(using(name), context, POLICY) == ({}, ())


def test_a_component_is_recognized_in_use_by_its_own_name() -> None:
    estate = named_only("粤通", "统一身份认证平台")
    assert rebuilt_components(PROPOSAL, estate, POLICY)[0].keys() == {1}
    assert rebuilt_components(using("粤通"), estate, POLICY) == ({}, ())


def test_a_function_that_a_component_lists_itself_is_rebuilt() -> None:
    listed = system("全域巡护组件", "市林业局", ("古树名木普查", "用户管理"), ip_owner="市林业局")
    offered = (replace(listed.entities[0], type="Component"), *listed.entities[1:])
    estate = prepare(filled([replace(listed, entities=offered)]), LexicalEncoder("test"), engine="1.0")
    lines = (Item("古树名木普查"), Item("用户管理"))
    asked = replace(PROPOSAL, description=replace(PROPOSAL.description, items=lines))
    found, _ = rebuilt_components(asked, estate, POLICY)
    assert {i: (one.component_name, one.usable) for i, one in found.items()} == {0: ("全域巡护组件", True)}
