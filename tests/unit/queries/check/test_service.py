from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.matching.description import Description, Item
from kg.matching.encoder.lexical import LexicalEncoder
from kg.matching.proposal import Proposal
from kg.store.memory import MemoryStore
from queries.check import CheckContext, Verdict, check, prepare
from tests.unit.queries.small_estate import CARE, filled, system

OTHER = ("古树名木普查", "森林火险预警", "桥梁应力监测", "隧道照明控制")


def proposal(
    name: str, unit: str, functions: Iterable[str], *, declared: str = "", confidence: float = 1.0
) -> Proposal:
    """A proposal whose every function costs a hundred yuan of a budget of a thousand."""
    items = tuple(
        Item(text, amount=Decimal(100), place=f"表1第{row}行") for row, text in enumerate(functions, 1)
    )
    described = Description("proposal", name=name, department=unit, items=items, declared=declared)
    return Proposal(described, "申报书.docx", "0" * 64, budget=Decimal(1000), confidence=confidence)


def test_a_system_of_ones_own_built_again_is_refused(store: MemoryStore, context: CheckContext) -> None:
    report = check(store, proposal("养老服务管理系统", "甲市民政局", CARE), context=context)
    assert report.verdict is Verdict.REFUSE
    assert report.reasons[0].rule == "refuse_same"
    best = report.candidates[0]
    assert (best.kind, best.department, best.share) == ("same", "甲市民政局", 1.0)
    assert [(pair.proposed, pair.existing) for pair in best.functions] == [(text, text) for text in CARE]
    assert [source.document for source in best.sources] == ["甲市民政局.xlsx"]


def test_functions_that_exist_are_cut_and_the_rest_kept(store: MemoryStore, context: CheckContext) -> None:
    functions = (*CARE[:2], "无人机巡检", "桥梁应力监测", "隧道照明控制")
    report = check(store, proposal("养老服务管理系统", "甲市民政局", functions), context=context)
    assert report.verdict is Verdict.CUT
    assert [module.verdict for module in report.modules] == [Verdict.CUT] * 2 + [Verdict.PASS] * 3
    assert report.money == {
        "budget": 1000,
        "modules": 500,
        "difference": 500,
        "cut": 200,
        "conditional": 0,
        "kept": 300,
    }


def test_what_other_units_have_is_a_condition(store: MemoryStore, context: CheckContext) -> None:
    report = check(store, proposal("智慧养老平台", "丙市民政局", CARE), context=context)
    assert report.verdict is Verdict.CONDITIONAL
    assert {candidate.kind for candidate in report.candidates} == {"same_kind"}


def test_what_nobody_has_passes_with_what_was_put_aside(store: MemoryStore, context: CheckContext) -> None:
    report = check(store, proposal("林业防火系统", "市林业局", OTHER), context=context)
    assert report.verdict is Verdict.PASS
    assert report.candidates == ()
    assert report.money["kept"] == report.money["modules"] == 400
    assert all(dropped.reason for dropped in report.dropped)


def test_declared_reuse_is_a_condition(store: MemoryStore, context: CheckContext) -> None:
    again = proposal("养老服务管理系统", "甲市民政局", CARE, declared="在原系统上扩展建设二期")
    assert check(store, again, context=context).verdict is Verdict.CONDITIONAL


def test_a_declaration_about_nothing_known_excuses_nothing_and_is_told(
    store: MemoryStore, context: CheckContext
) -> None:
    lost = proposal("养老服务管理系统", "乙市水利局", CARE, declared="在甲市云梦泽平台基础上扩展")
    report = check(store, lost, context=context)
    assert "reuse" not in {candidate.kind for candidate in report.candidates}
    assert any("云梦泽" in line for line in report.to_verify)


def test_a_declaration_excuses_only_what_it_is_about(store: MemoryStore, context: CheckContext) -> None:
    other = proposal("养老服务管理系统", "甲市民政局", CARE, declared="在甲市统一身份认证平台基础上扩展")
    assert check(store, other, context=context).verdict is Verdict.CUT


def test_a_doubtful_reading_cuts_nothing(store: MemoryStore, context: CheckContext) -> None:
    scanned = proposal("养老服务管理系统", "甲市民政局", CARE, confidence=0.6)
    report = check(store, scanned, context=context)
    assert report.verdict is Verdict.CONDITIONAL
    assert len(report.to_verify) == len(CARE)


def test_a_rebuilt_component_is_cut_when_usable(store: MemoryStore, context: CheckContext) -> None:
    report = check(store, proposal("林业", "市林业局", ("古树名木普查", "单点登录")), context=context)
    assert report.verdict is Verdict.CUT
    assert [(found.function, found.component_name, found.usable) for found in report.rebuilt] == [
        ("单点登录", "统一身份认证平台", True)
    ]


def test_a_component_not_in_operation_is_named_with_what_is_in_the_way(
    store: MemoryStore, context: CheckContext
) -> None:
    report = check(store, proposal("林业", "市林业局", ("古树名木普查", "短信平台")), context=context)
    assert report.verdict is Verdict.CONDITIONAL
    assert report.rebuilt[0].blockers == ("未在运行（在建）", "知识产权归属不明")


def test_components_that_cannot_be_used_never_refuse_or_cut_however_much_they_provide(
    store: MemoryStore, context: CheckContext
) -> None:
    functions = ("短信群发", "短信平台", "短信验证码", "消息推送")
    report = check(store, proposal("通知", "市林业局", functions), context=context)
    assert [found.function for found in report.rebuilt] == list(functions)
    assert not any(found.usable for found in report.rebuilt)
    assert report.verdict is Verdict.CONDITIONAL
    assert {module.verdict for module in report.modules} == {Verdict.CONDITIONAL}
    assert len(report.to_verify) == len(functions)


def test_connecting_to_a_component_is_not_building_it(store: MemoryStore, context: CheckContext) -> None:
    functions = ("古树名木普查", "对接统一身份认证平台")
    report = check(store, proposal("林业", "市林业局", functions), context=context)
    assert (report.verdict, report.rebuilt) == (Verdict.PASS, ())


def test_a_proposal_in_the_estate_is_not_its_own_candidate(store: MemoryStore, context: CheckContext) -> None:
    functions = ("河道水位监测", "排污口巡查")
    own = check(store, proposal("智慧河湖监管平台", "甲市水利局", functions), context=context)
    assert (own.verdict, own.candidates) == (Verdict.PASS, ())
    assert "即本申报材料自身" in [dropped.reason for dropped in own.dropped]
    other = check(store, proposal("智慧河湖监管平台", "乙市水利局", functions), context=context)
    assert [candidate.name for candidate in other.candidates] == ["智慧河湖监管平台"]


def test_what_was_read_from_the_same_file_is_no_candidate() -> None:
    asked = proposal("智慧河湖监管平台", "乙市水利局", ("河道水位监测", "排污口巡查"))
    row = system("河湖监管", "甲市水利局", ("河道水位监测", "排污口巡查"), status="拟建")
    for sha256, kept in (("1" * 64, 1), (asked.sha256, 0)):
        loaded = filled([replace(row, claim=replace(row.claim, sha256=sha256))])
        report = check(loaded, asked, context=prepare(loaded, LexicalEncoder("test"), engine="1.0"))
        assert len(report.candidates) == kept


def test_no_function_read_means_no_verdict(store: MemoryStore, context: CheckContext) -> None:
    report = check(store, proposal("养老服务管理系统", "甲市民政局", ()), context=context)
    assert report.verdict is None
    assert "功能清单" in report.reasons[0].text
    assert report.to_json()["verdict"] is None


def test_an_empty_store_gives_no_verdict(empty_store: MemoryStore) -> None:
    nothing = prepare(empty_store, LexicalEncoder("test"), engine="1.0")
    report = check(empty_store, proposal("养老服务管理系统", "甲市民政局", CARE), context=nothing)
    assert report.verdict is None
    assert "没有可比对的系统" in report.reasons[0].text


def test_the_report_says_what_it_stands_on(store: MemoryStore, context: CheckContext) -> None:
    report = check(store, proposal("林业", "市林业局", OTHER), context=context).to_json()
    assert report["coverage"]["systems"] == 6
    assert report["coverage"]["functions"] == 15
    assert report["coverage"]["newest"] == "2025-06-30"
    assert report["basis"]["mode"] == "lexical"
    assert report["basis"]["store_version"] == store.version()


@given(st.lists(st.sampled_from((*CARE, *OTHER, "单点登录", "对接短信平台")), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_scores_add_up_and_no_money_is_counted_twice(
    store: MemoryStore, context: CheckContext, functions: list[str]
) -> None:
    asked = proposal("智慧养老平台", "丙市民政局", functions)
    report = check(store, asked, context=context)
    for candidate in report.candidates:
        assert 0.0 <= candidate.share <= 1.0
        assert 0.0 <= candidate.score <= 1.0
        assert sum(candidate.contributions.values()) == pytest.approx(candidate.score, abs=1e-3)
    sums = report.money
    assert sums["cut"] + sums["conditional"] + sums["kept"] == sums["modules"] == 100 * len(functions)
    assert report.to_json() == check(store, asked, context=context).to_json()


def test_candidates_come_strongest_first(store: MemoryStore, context: CheckContext) -> None:
    report = check(store, proposal("养老服务管理系统", "甲市民政局", CARE), context=context)
    strength = {"same": 0, "reskinned": 1, "reuse": 2, "same_kind": 3}
    ranks = [strength[candidate.kind] for candidate in report.candidates]
    assert all(before <= after for before, after in pairwise(ranks))
