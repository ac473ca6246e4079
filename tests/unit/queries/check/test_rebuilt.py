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
from tests.unit.queries.small_estate import component, filled, system

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


def asked(*functions: str) -> Proposal:
    items = tuple(Item(text) for text in functions)
    return replace(PROPOSAL, description=replace(PROPOSAL.description, items=items))


def test_to_bring_in_devices_is_to_build_and_to_connect_to_a_platform_is_not() -> None:
    estate = named_only("市视频共享平台")
    lines = asked("监控视频接入", "接入市视频共享平台", "对接视频监控平台调取视频")
    assert rebuilt_components(lines, estate, POLICY)[0].keys() == {0}


def test_what_is_not_certain_is_asked_and_cuts_nothing() -> None:
    found, doubtful = rebuilt_components(
        asked("法人代表授权办事员"), named_only("市级统一身份认证平台"), POLICY
    )
    assert found == {}
    assert doubtful == ("「法人代表授权办事员」可能属于共享能力「统一身份认证」，请核对",)


def test_the_department_tells_whom_a_component_would_serve() -> None:
    elsewhere = component(
        "统一身份认证平台",
        "市大数据局",
        "identity",
        {"status": "在用", "ip_owner": "市大数据局", "serves": ("440300",)},
    )
    estate = prepare(filled([elsewhere]), LexicalEncoder("test"), engine="1.0")
    here = replace(PROPOSAL, description=replace(PROPOSAL.description, department="南宁市林业局"))
    [found] = rebuilt_components(here, estate, POLICY)[0].values()
    assert not found.usable
    assert found.blockers == ("服务区划为440300，不含南宁市",)
