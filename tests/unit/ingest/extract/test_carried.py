"""Of what a clause without a name of its own is told, and of what it is not."""

import pytest

from ingest.extract.extractor import extract


def said(text: str) -> set[tuple[str, str, str]]:
    return {(item.head.text, item.type, item.tail.text) for item in extract(text).relations}


@pytest.mark.parametrize(
    "duty",
    [
        "第十二条 新建应用系统的，应当复用省统一支付平台、电子印章。",
        "第十二条 使用市级财政资金开发软件的，须依托省统一支付平台。",
        "第十二条 采购业务软件的，优先使用电子印章。",
        "二、各地申报建设信息系统时，应优先复用省统一支付平台。",
        "二、预算单位申请信息化项目前，应当对接省统一支付平台。",
        "第十二条 应当使用电子印章、电子证照。",
        "各乡使用的是省统一支付平台。",
        "各院沿用省统一支付平台。",
    ],
)
def test_a_duty_of_whoever_it_concerns_is_not_told_of_the_system_before(duty: str) -> None:
    facts = said(f"第十一条 渔港监管平台由市海洋局建设。\n{duty}")
    assert facts == {("市海洋局", "BUILDS", "渔港监管平台")}


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("市海洋局建设渔港监管平台。涉及缴费的，应当使用电子印章。", ("渔港监管平台", "USES", "电子印章")),
        (
            "市海洋局建设渔港监管平台。上报时，平台应当使用电子印章。",
            ("渔港监管平台", "USES", "电子印章"),
        ),
        ("第三条 渔港监管平台应当使用电子印章。", ("渔港监管平台", "USES", "电子印章")),
        ("市海洋局建设渔港监管平台，应当复用电子印章。", ("渔港监管平台", "USES", "电子印章")),
    ],
)
def test_a_duty_of_the_named_system_stays_its_own(text: str, fact: tuple[str, str, str]) -> None:
    assert fact in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "渔港监管平台通过验收。平台建成了进出港登记子系统，与海事船舶系统完成接口联调，并复用了省统一支付平台。",
        "渔港监管平台已经上线。该平台新建进出港登记子系统，与海事船舶系统进行联调，复用省统一支付平台。",
        "渔港监管平台先后开发了进出港登记子系统，与海事船舶系统开展了联调，并复用省统一支付平台。",
        "渔港监管平台已建成进出港登记子系统，还与海事船舶系统联调，复用了省统一支付平台。",
    ],
)
def test_what_a_platform_built_is_its_part_and_no_subject(text: str) -> None:
    assert said(text) == {
        ("进出港登记子系统", "PART_OF", "渔港监管平台"),
        ("渔港监管平台", "DEPENDS_ON", "海事船舶系统"),
        ("渔港监管平台", "USES", "省统一支付平台"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "市海洋局牵头、市气象局配合建设渔港监管平台。",
        "渔港监管平台由市海洋局牵头、市气象局配合建设。",
        "市海洋局牵头，市气象局配合开发渔港监管平台。",
        "由市海洋局牵头、市气象局协助打造的渔港监管平台已经上线。",
    ],
)
def test_who_leads_builds_and_who_helps_does_not(text: str) -> None:
    assert said(text) == {("市海洋局", "BUILDS", "渔港监管平台")}


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("“渔港通”系统以省海洋一张图为底图。", "省海洋一张图"),
        ("渔港监管平台以省数据共享交换平台为数据底座，已经上线。", "省数据共享交换平台"),
        ("渔港监管平台上线，以市政务云为支撑。", "市政务云"),
        ("渔港监管系统以市物联感知平台为依托，汇聚雷达数据。", "市物联感知平台"),
    ],
)
def test_what_a_system_stands_on_is_used_by_it(text: str, base: str) -> None:
    assert [(item.type, item.tail.text) for item in extract(text).relations][:1] == [("USES", base)]


@pytest.mark.parametrize(
    ("text", "tails"),
    [
        (
            "渔港系统依托海岚政务平台统一身份认证和电子证照库。",
            {"海岚政务平台", "统一身份认证", "电子证照库"},
        ),
        ("渔港系统复用省民生平台电子印章。", {"省民生平台", "电子印章"}),
        (
            "渔港系统使用省民生平台统一身份认证、电子印章。",
            {"省民生平台", "统一身份认证", "电子印章"},
        ),
        ("渔港系统依托省民生平台，介绍电子印章。", {"省民生平台"}),
    ],
)
def test_an_ability_named_behind_its_platform_is_used_with_it(text: str, tails: set[str]) -> None:
    assert {tail for _, kind, tail in said(text) if kind == "USES"} == tails


@pytest.mark.parametrize(
    ("text", "builders"),
    [
        ("省海洋局联合省气象局共建渔港监管平台。", {"省海洋局", "省气象局"}),
        ("市海洋局会同市水利局共建了渔港监管平台。", {"市海洋局", "市水利局"}),
        ("市海洋局共建的渔港监管平台已经上线。", {"市海洋局"}),
        ("市海洋局介绍共建共享的经验，参观渔港监管平台。", set()),
    ],
)
def test_organs_that_build_together_all_build(text: str, builders: set[str]) -> None:
    assert {head for head, kind, _ in said(text) if kind == "BUILDS"} == builders
