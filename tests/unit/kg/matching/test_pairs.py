"""Classification of two systems: the rules, and the controls that keep style from deciding."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.matching.description import Description, Item
from kg.matching.encoder.port import Encoder
from kg.matching.evaluate.classes import evaluate_pairs
from kg.matching.lines import compare_lines
from kg.matching.pairs import Context, compare

ELDERLY = ("床位动态登记", "护理等级评估", "助餐服务派单", "高龄津贴核算", "紧急呼叫处置")
BOILERPLATE = "投标人须遵守招标文件的合同付款与验收规定，预算限价和工期以公告为准，保证金按规定缴纳。" * 3


def describe(ident: str, name: str, items: tuple[str, ...], region: str = "") -> Description:
    return Description(ident, name, items=tuple(Item(text) for text in items), region=region)


@pytest.fixture
def context(lexical: Encoder) -> Context:
    return Context.shipped(lexical)


def test_one_name_and_one_owner_is_the_same_system(context: Context) -> None:
    a = describe("a", "南宁市居家养老服务管理系统", ELDERLY, region="南宁市")
    b = describe("b", "居家养老综合服务平台", ELDERLY[:4], region="南宁")
    assert compare(a, b, context=context).label == "same"


def test_one_name_in_two_places_is_the_same_kind(context: Context) -> None:
    a = describe("a", "居家养老服务管理系统", ELDERLY, region="南宁市")
    b = describe("b", "居家养老服务平台", ELDERLY, region="柳州市")
    assert compare(a, b, context=context).label == "same_kind"


def test_the_same_list_under_another_name_is_reskinned(context: Context) -> None:
    a = describe("a", "居家养老服务管理系统", ELDERLY)
    b = describe("b", "银龄安康驾驶舱", ELDERLY)
    found = compare(a, b, context=context)
    assert (found.label, found.rule) == ("reskinned", "reskinned")
    assert len(found.aligned) == len(ELDERLY)


def test_one_name_with_other_functions_is_different(context: Context) -> None:
    a = describe("a", "居家养老服务管理系统", ELDERLY)
    b = describe("b", "居家养老服务管理系统", ("固定资产盘点", "财务报表报送", "职称材料归档", "公车维修"))
    assert compare(a, b, context=context).label == "different"


def test_merely_using_a_system_is_not_duplicating_it(context: Context) -> None:
    a = describe("a", "不动产登记系统", ("抵押登记", "查封登记", "权属查询"))
    b = replace(
        describe("b", "公积金贷款平台", ("贷款申请", "还款计划", "额度测算")), uses=("不动产登记系统",)
    )
    assert compare(a, b, context=context).rule == "uses"


def test_to_say_that_one_uses_what_one_copies_excuses_nothing(context: Context) -> None:
    a = describe("a", "不动产登记系统", ("抵押登记", "查封登记", "权属查询"))
    b = replace(
        describe("b", "公积金贷款平台", ("抵押登记", "查封登记", "权属查询")), uses=("不动产登记系统",)
    )
    assert compare(a, b, context=context).label != "different"


def test_a_declared_extension_is_reuse(context: Context) -> None:
    a = replace(describe("a", "居家养老服务系统", ELDERLY), declared="在现有居家养老服务系统上扩展")
    b = describe("b", "居家养老服务系统", ELDERLY)
    assert compare(a, b, context=context).label == "reuse"


@pytest.mark.shared
def test_a_reworded_list_is_reskinned_and_a_list_of_other_objects_is_not(semantic: Encoder) -> None:
    context = Context.shipped(semantic)
    a = describe(
        "a", "智慧养老一体化平台", ("养老机构床位登记", "老人能力评估", "助餐订单派发", "高龄补贴核算")
    )
    reworded = ("机构床位信息录入", "老年人照护等级评定", "送餐工单调度", "高龄津贴测算")
    others = ("残疾证登记", "残疾等级评估", "辅具订单派发", "护理补贴核算")
    found = [
        compare(a, describe("b", "银龄关爱中枢", items), context=context) for items in (reworded, others)
    ]
    assert [comparison.label for comparison in found] == ["reskinned", "different"]


def test_contributions_add_up_to_the_score(context: Context) -> None:
    a = describe("a", "居家养老服务管理系统", ELDERLY)
    found = compare(a, describe("b", "养老机构监管系统", ELDERLY[2:]), context=context)
    assert sum(found.contributions.values()) == pytest.approx(found.score, abs=1e-4)
    assert 0 <= found.score <= 1


def pairs(folder: Path) -> list[dict[str, Any]]:
    text = (folder / "cn" / "overlap_pairs_dev.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.shared
def test_labelled_pairs_are_told_apart(semantic: Encoder, shared_data: Path) -> None:
    gold = pairs(shared_data)
    report = evaluate_pairs(gold, list(compare_lines(gold, context=Context.shipped(semantic))))
    assert report.macro_f1 >= 0.70
    assert report.auc is not None
    assert report.auc >= 0.84


@pytest.mark.shared
def test_boilerplate_changes_no_verdict_of_a_reskin(semantic: Encoder, shared_data: Path) -> None:
    context = Context.shipped(semantic)
    plain = [line for line in pairs(shared_data) if line["label"] == "reskinned"]
    padded = [{**line, "b": {**line["b"], "text": line["b"]["text"] + BOILERPLATE}} for line in plain]
    before = [line["label"] for line in compare_lines(plain, context=context)]
    after = [line["label"] for line in compare_lines(padded, context=context)]
    assert before == after


@pytest.mark.shared
def test_mismatched_pairs_are_different(semantic: Encoder, shared_data: Path) -> None:
    lines = [line for line in pairs(shared_data) if line["label"] in ("reskinned", "same_kind")]
    shifted = [{**line, "b": lines[(i + 7) % len(lines)]["b"]} for i, line in enumerate(lines)]
    found = list(compare_lines(shifted, context=Context.shipped(semantic)))
    assert sum(line["label"] == "different" for line in found) >= 0.9 * len(found)


def test_a_near_name_in_one_place_with_the_same_functions_is_the_same(context: Context) -> None:
    items = ("房源备案", "住客登记", "身份核验", "异常预警")
    a = describe("a", "网约房治安管理系统", items, region="长沙市")
    b = describe("b", "网约房治安登记系统", items, region="长沙市")
    assert compare(a, b, context=context).rule == "near_name"


def test_two_functions_in_common_are_too_few_under_another_name(context: Context) -> None:
    a = describe("a", "农民工工资支付监管平台", ("实名制考勤", "工资专户", "欠薪预警", "投诉受理"))
    b = describe("b", "网约房登记平台", ("房源备案", "住客登记", "欠薪预警", "投诉受理"))
    assert compare(a, b, context=context).rule == "few_functions"


def test_a_provincial_and_a_city_department_without_places_are_not_in_one_place(context: Context) -> None:
    a = replace(describe("a", "银龄关爱中枢", ELDERLY), department="省民政厅")
    b = replace(describe("b", "居家养老服务系统", ELDERLY), department="长沙市民政局")
    assert compare(a, b, context=context).label == "same_kind"
