"""What organs and systems are told to reuse, and what they are told not to build."""

import pytest

from ingest.extract.extractor import extract


def said(text: str) -> set[tuple[str, str, str, str]]:
    return {
        (item.head.text, item.type, item.tail.text, str(item.modality)) for item in extract(text).relations
    }


@pytest.mark.parametrize("verb", ["接入", "对接", "复用", "使用", "调用"])
@pytest.mark.parametrize("must", ["应当", "应", "须", "必须", "要"])
def test_an_organ_told_to_use_a_platform_is_to_use_it(must: str, verb: str) -> None:
    assert said(f"市民政局{must}{verb}海岚省统一身份认证平台和省统一消息平台。") == {
        ("市民政局", "USES", "海岚省统一身份认证平台", "plan"),
        ("市民政局", "USES", "省统一消息平台", "plan"),
    }


@pytest.mark.parametrize("build", ["自建", "另建", "新建", "自行建设", "重复建设"])
@pytest.mark.parametrize("ban", ["不得", "禁止", "严禁", "不再", "避免"])
def test_what_must_not_be_built_is_forbidden_and_is_no_subject(ban: str, build: str) -> None:
    assert said(f"市民政局应当使用统一身份认证平台，{ban}{build}短信平台，应调用省电子证照库。") == {
        ("市民政局", "USES", "统一身份认证平台", "plan"),
        ("市民政局", "BUILDS", "短信平台", "forbidden"),
    }


def test_a_system_told_to_join_a_platform_is_to_depend_on_it() -> None:
    assert said("殡葬服务系统应当接入海岚省统一身份认证平台，不得自建短信平台。") == {
        ("殡葬服务系统", "DEPENDS_ON", "海岚省统一身份认证平台", "plan")
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "各部门应当使用统一身份认证平台，调用电子证照。",
        "已建系统应当与云屏市公共数据平台对接。",
        "各类政务信息系统要调用电子证照、电子印章。",
        "新建信息系统应接入统一身份认证平台、使用电子印章。",
        "省公安厅不得使用电子档案，应调用省电子证照库。",
    ],
)
def test_a_duty_of_all_is_not_told_of_the_system_named_before(sentence: str) -> None:
    heads = {head for head, *_ in said(f"市大数据局建设政务数据平台。{sentence}")}
    assert "政务数据平台" not in heads
