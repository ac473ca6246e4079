"""Deployment: a text that says it deploys another system is reuse; one that merely talks of it is not."""

import pytest

from kg.matching.description import Description, Item
from kg.matching.encoder.port import Encoder
from kg.matching.names import core
from kg.matching.pairs import Context, compare

OWNER = Description(
    "a",
    "玉溪市殡葬服务综合管理平台",
    items=tuple(Item(text) for text in ("火化预约排班", "骨灰寄存管理", "公墓销售监管", "殡葬补贴申领")),
    region="玉溪市",
)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("峨山县民政局复用玉溪市殡葬服务综合管理平台，开通县级租户。", "reuse"),
        ("本县在玉溪市殡葬服务管理平台上扩展县级节点，配置火化预约排班。", "reuse"),
        ("建设婚姻登记预约系统，提供婚姻登记预约、档案查询、颁证排班。不新建机房。", "different"),
        (
            "婚姻登记系统对接玉溪市殡葬服务综合管理平台，提供婚姻登记预约、颁证排班。",
            "different",
        ),
    ],
)
def test_only_a_sentence_that_names_and_deploys_a_system_is_reuse(
    lexical: Encoder, text: str, label: str
) -> None:
    found = compare(OWNER, Description("b", text=text), context=Context.shipped(lexical))
    assert found.label == label


def test_the_deploying_sentence_is_the_first_evidence(lexical: Encoder) -> None:
    text = "项目背景略。峨山县民政局复用玉溪市殡葬服务综合管理平台。"
    found = compare(OWNER, Description("b", text=text), context=Context.shipped(lexical))
    assert found.rule == "deployed"
    assert "峨山县民政局复用" in found.evidence[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("贵州省科技厅大型科学仪器共享平台", "大型科学仪器共享"),
        ("黄山市林业局森林防火视频监控平台", "森林防火视频监控"),
        ("政务大厅排队叫号系统", "政务大厅排队叫号"),
        ("局域网准入系统", "局域网准入"),
    ],
)
def test_the_owner_is_no_part_of_what_a_system_is(name: str, expected: str) -> None:
    assert core(name) == expected


def test_names_that_share_their_object_in_one_place_are_one_system(lexical: Encoder) -> None:
    other = Description("b", "殡葬惠民服务系统", items=OWNER.items[:3], region="玉溪市")
    assert compare(OWNER, other, context=Context.shipped(lexical)).label == "same"
