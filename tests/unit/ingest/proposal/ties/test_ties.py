"""Ties to other systems: lists whole, denials heeded, the past and the weighed left out."""

import pytest

from ingest.documents.blocks import Block, BlockKind
from ingest.proposal.sections import placed
from ingest.proposal.ties.own import Own
from ingest.proposal.ties.sentences import of_name, read_ties, ties_of
from kg.model import Place


def told(*lines: str) -> list[Block]:
    kinds = [BlockKind.HEADING if line.startswith("#") else BlockKind.PARAGRAPH for line in lines]
    return [
        Block(kind, Place(block=number), line.lstrip("# "), 1 if kind is BlockKind.HEADING else 0)
        for number, (kind, line) in enumerate(zip(kinds, lines, strict=True), 1)
    ]


def names(sentence: str, role: str) -> list[str]:
    return [name for found, some in ties_of(sentence) for name in some if found == role]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("对接省人口库、市法人库和电子证照系统。", ["省人口库", "市法人库", "电子证照系统"]),
        ("其依托的市公共支付平台由财政局提供。", ["市公共支付平台"]),
        ("接入市网格化平台，调用省统一身份认证平台。", ["市网格化平台", "省统一身份认证平台"]),
        ("与市12345热线平台、网格化平台对接，获取事件。", ["市12345热线平台", "网格化平台"]),
        ("复用全市统一的电子签章服务。", ["电子签章服务"]),
        ("使用市统一消息中心发送短信。", ["市统一消息中心"]),
        ("平台运行于市政务云。", ["市政务云"]),
        ("无需对接公共信用信息平台。", []),
        ("不再对接旧的市民热线系统，不依赖市网格化平台。", []),
        ("本系统不与公安视频共享平台对接。", []),
        ("尚未接入省统一身份认证平台。", []),
        ("不仅对接省人口库，还接入市法人库。", ["省人口库", "市法人库"]),
    ],
)
def test_uses_are_all_that_is_said_and_nothing_denied(sentence: str, expected: list[str]) -> None:
    assert names(sentence, "uses") == expected


@pytest.mark.parametrize(
    ("sentence", "declares"),
    [
        ("本项目在市智慧养老平台基础上扩展床位管理。", True),
        ("对现有市级城管执法系统进行升级改造。", True),
        ("本项目为智慧水务监管平台二期续建项目。", True),
        ("一期项目已建成，本期在一期基础上新增移动巡查功能。", True),
        ("直接部署省厅统建的河湖监管系统。", True),
        ("引用省级河湖监管系统成果，本地化部署一套。", True),
        ("在省水利厅河湖监管系统基础上进行二次部署，复用省河湖监管系统，不另行开发。", True),
        ("本项目直接复用省河湖监管系统，不再重复开发。", True),
        ("使用省级统建的河湖监管系统，本单位不再单独建设。", True),
        ("将省河湖监管系统整体部署到本市。", True),
        ("本项目属于二次部署，不新增开发。", True),
        ("本项目复用省统一身份认证平台，不另行开发。", False),
        ("本项目复用省河湖监管系统，不再单独建设用户体系。", False),
        ("本项目复用省河湖监管系统的用户数据，不另行开发。", False),
        ("消息提醒复用省河湖监管系统，不另行开发。", False),
        ("本项目不复用省河湖监管系统，不再新建系统。", False),
        ("不在省级平台基础上进行二次部署。", False),
        ("本项目不再二次部署校园安全系统。", False),
        ("本项目为非二次部署项目。", False),
        ("二次部署省级河湖监管系统难以满足需要。", False),
        ("本项目复用市统一身份认证平台。", False),
        ("在市公共数据平台基础上建设医保监管应用。", False),
        ("现有系统已不能满足需要。", False),
    ],
)
def test_open_reuse_is_known_from_new_building(sentence: str, *, declares: bool) -> None:
    assert any(role == "deploys" for role, _ in ties_of(sentence)) is declares


def test_what_exists_or_was_weighed_is_no_tie_of_the_project() -> None:
    lines = (
        "# 一、信息化现状",
        "现有台账系统依托市网格化平台填报。",
        "# 二、方案比选",
        "方案一在市智慧养老平台基础上扩展。",
        "本项目拟采用接入省统一身份认证平台的方案。",
    )
    found = read_ties(placed(told(*lines)))
    assert [(fact.kind, fact.value, fact.place) for fact in found.facts] == [
        ("uses", "省统一身份认证平台", "第5段")
    ]
    assert found.declared == ()


def test_a_project_does_not_use_itself() -> None:
    found = read_ties(placed(told("用户通过河湖监管系统获取数据。")), Own(("河湖监管系统",)))
    assert found.facts == ()


@pytest.mark.parametrize(
    ("sentence", "declares"),
    [
        ("本项目建成后替换原有河湖管理系统。", True),
        ("石渡市水务调度系统同步下线。", True),
        ("本项目替换原有台账系统。", False),
        ("替代平川市水务调度系统。", False),
    ],
)
def test_to_replace_its_own_system_is_to_go_on_with_it(sentence: str, *, declares: bool) -> None:
    found = read_ties(placed(told(sentence)), Own(("石渡市河湖监管系统",), "石渡市水务局"))
    assert [fact.kind for fact in found.facts] == ["replaces"]
    assert bool(found.declared) is declares


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("平川市智慧水务监管平台（二期）建设项目", "平川市智慧水务监管平台"),
        ("平川市渔政执法管理系统升级改造项目", "平川市渔政执法管理系统"),
        ("平川市渔政执法管理系统2026年运维服务", "平川市渔政执法管理系统"),
        ("2026年平川市渔政执法管理系统运维及功能扩展项目", "平川市渔政执法管理系统"),
        ("平川市渔政执法管理系统（二次部署）", "平川市渔政执法管理系统"),
        ("平川市渔政执法管理系统（升级改造）项目", "平川市渔政执法管理系统"),
        ("平川市渔政执法管理系统运维服务采购项目", "平川市渔政执法管理系统"),
        ("海安省渔政执法管理系统平川市二次部署项目", "海安省渔政执法管理系统"),
        ("关于对平川市渔政执法管理系统进行升级改造", "平川市渔政执法管理系统"),
        ("平川市渔政执法管理系统建设项目", None),
        ("平川市老旧小区改造", None),
        ("平川市产业升级服务平台", None),
    ],
)
def test_a_name_may_declare_what_it_goes_on_with(name: str, system: str | None) -> None:
    found = of_name(name)
    assert (found[0] if found else None) == system


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("现用的渔港视频系统建于2011年，新平台投用后予以关停。", ["渔港视频系统"]),
        ("正在使用的市民卡管理系统已运行十年，无法扩展，待本项目验收后逐步淘汰。", ["市民卡管理系统"]),
        ("本期建成后替换长期使用的公租房登记系统。", ["公租房登记系统"]),
        ("公租房登记系统被新系统替代。", ["公租房登记系统"]),
        ("“惠农通”信息网一并并入本系统。", ["“惠农通”信息网"]),
        ("老年大学报名系统拟合并到本平台。", ["老年大学报名系统"]),
        ("旧平台（云江市河道巡查系统，2014年投用）切换完成后关停。", ["云江市河道巡查系统"]),
        ("2015年建成的渔政执法系统老化，本期工程验收之后该系统下线。", ["渔政执法系统"]),
        ("渔政执法系统老化，新平台上线后，上述系统停止服务。", ["渔政执法系统"]),
    ],
)
def test_what_ends_is_known_by_later_clauses_and_by_words_that_refer_to_it(
    sentence: str, expected: list[str]
) -> None:
    assert list(dict.fromkeys(names(sentence, "replaces"))) == expected
    assert names(sentence, "uses") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "目前使用的公租房登记系统建于2013年，新平台建成后继续保留。",
        "公租房登记系统建于2013年，本项目建成后不予替代。",
        "“惠农通”信息网不并入本系统。",
        "本项目建成后该系统停用。",
        "旧平台（云江市河道巡查系统，2014年投用）运行良好。",
        "渔政执法系统运行稳定，该系统继续使用。",
    ],
)
def test_what_stays_is_not_replaced(sentence: str) -> None:
    assert names(sentence, "replaces") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("与医保部门的医疗保障信息平台比对身份。", ["医疗保障信息平台"]),
        ("许可证通过省电子证照系统制发。", ["省电子证照系统"]),
        ("对接目前使用的市财务核算系统。", ["市财务核算系统"]),
        ("目前使用的市财务核算系统建于2010年。", []),
    ],
)
def test_present_use_is_no_tie_by_itself(sentence: str, expected: list[str]) -> None:
    assert names(sentence, "uses") == expected


def test_what_refers_to_a_system_means_that_of_the_sentence_before() -> None:
    lines = "云江市渔政执法系统建于2012年。本期项目建成后，该系统停止运行。"
    assert read_ties(placed(told("# 现状", lines))).names("replaces") == ("云江市渔政执法系统",)


def test_what_the_new_system_takes_over_counts_in_a_chapter_on_the_present_state() -> None:
    read = read_ties(placed(told("# 现状", "渔政执法系统由本平台取代。", "市财务系统对接省财务平台。")))
    assert read.names("replaces") == ("渔政执法系统",)
