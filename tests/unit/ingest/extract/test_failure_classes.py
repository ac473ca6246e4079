"""The classes of errors that rules make on such texts, each in several wordings."""

import pytest

from ingest.extract.extractor import extract
from ingest.extract.model import Label

SYSTEMS = {Label.SYSTEM, Label.COMPONENT}


def names(text: str, *labels: Label) -> list[str]:
    wanted = set(labels) or SYSTEMS
    return [item.text for item in extract(text).mentions if item.label in wanted]


def said(text: str) -> set[tuple[str, str, str]]:
    return {(item.head.text, item.type, item.tail.text) for item in extract(text).relations}


def moods(text: str) -> set[tuple[str, str, str]]:
    return {(item.type, item.tail.text, str(item.modality)) for item in extract(text).relations}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("县水利局负责建设水库及灌区调度系统。", "水库及灌区调度系统"),
        ("本期新建客运与货运监管平台，并完善视频接入。", "客运与货运监管平台"),
        ("会议听取了危险废物和医疗废物监管系统的情况汇报。", "危险废物和医疗废物监管系统"),
        ("鉴于建设工程消防验收管理系统使用多年，拟予升级。", "建设工程消防验收管理系统"),
        ("凡接入渔港动态监管平台的单位，均须备案。", "渔港动态监管平台"),
        ("数据同步自林权流转登记系统。", "林权流转登记系统"),
        ("建成1个治超联网监管系统。", "治超联网监管系统"),
        ("历史数据迁移至梅川市渔政执法系统。", "梅川市渔政执法系统"),
        ("资金划转经由住建部结算应用系统办理。", "住建部结算应用系统"),
    ],
)
def test_a_name_begins_where_it_begins_and_keeps_both_parts_of_a_pair(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "市林业局建设古树名木保护管理平台（以下简称古树平台）。古树平台接入市政务云。",
        "市林业局建设古树名木保护管理平台（简称“古树平台”）。目前，古树平台已接入市政务云。",
        "市林业局建设古树名木保护管理平台（下称“古树平台”），二是将古树平台接入市政务云。",
        "市林业局建设古树名木保护管理平台（以下称古树平台）；古树平台应当接入市政务云。",
    ],
)
def test_a_short_form_stands_for_the_name_it_was_given_for(text: str) -> None:
    assert ("古树名木保护管理平台", "DEPENDS_ON", "市政务云") in said(text)
    assert ("古树平台", "古树名木保护管理平台") in extract(text).aliases


@pytest.mark.parametrize(
    "text",
    [
        "市城管局建成渣土运输监管平台。该平台对接省电子证照库。",
        "渣土运输监管平台上线以来运行平稳，本平台对接省电子证照库。",
        "依托市政务云建设渣土运输监管平台。上述平台已与省电子证照库互联互通。",
        "渣土运输监管平台由市城管局建设。平台数据从省电子证照库获取。",
    ],
)
def test_that_platform_is_the_one_spoken_of(text: str) -> None:
    assert ("渣土运输监管平台", "DEPENDS_ON", "省电子证照库") in said(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市应急局推广“村村响”应急广播平台。", "“村村响”应急广播平台"),
        ("由县文旅局运营的“漫游石城”小程序提供门票预订、线路推荐功能。", "“漫游石城”小程序"),
        ("不动产登记管理系统（二期）已经终验。", "不动产登记管理系统（二期）"),
        ("为推广“120”、“999”急救调度平台，现通知如下。", "“120”、“999”急救调度平台"),
        ("各镇统一使用村（社区）事务管理系统。", "村（社区）事务管理系统"),
    ],
)
def test_quotes_and_brackets_inside_a_name_belong_to_it(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize("phase", ["一", "二", "三", "2"])
def test_the_phase_of_a_project_belongs_to_its_name(phase: str) -> None:
    text = f"关于智慧水务信息化工程（{phase}期）初步设计的批复"
    assert names(text, Label.PROJECT) == [f"智慧水务信息化工程（{phase}期）"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("车辆管理所应当使用驾驶人考试监管系统。", "车辆管理所"),
        ("市市场监督管理局应用推广处负责培训。", "市市场监督管理局应用推广处"),
        ("经丰水县委政法委同意，系统于年底上线。", "丰水县委政法委"),
        ("省公安机关应当配合核查数据。", "省公安机关"),
        ("数据由河口海关提供。", "河口海关"),
        ("市供销合作社另行制定办法。", "市供销合作社"),
    ],
)
def test_an_organ_needs_no_bureau_in_its_name(text: str, name: str) -> None:
    assert names(text, Label.DEPARTMENT) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "市农业农村局推出“农事帮手”小程序。农事帮手可办理农机补贴申请。",
        "“农事帮手”平台已经上线，农户登录农事帮手查询价格。",
        "本市统一使用“农事帮手”系统；乡镇不得绕过农事帮手另行收集数据。",
        "“农事帮手”App由市农业农村局运营，农事帮手接入市政务云。",
    ],
)
def test_a_brand_introduced_with_its_kind_is_known_without_it(text: str) -> None:
    assert "农事帮手" in names(text, Label.SYSTEM)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("各部门应当调用省统一电子印章平台。", Label.COMPONENT),
        ("视频统一接入市公共视频图像共享平台。", Label.COMPONENT),
        ("单据签署采用CA数字证书。", Label.COMPONENT),
        ("市粮食局建设粮库视频巡查系统。", Label.SYSTEM),
        ("河长办使用水域岸线监管平台。", Label.SYSTEM),
    ],
)
def test_what_others_call_is_a_component_and_what_serves_one_business_a_system(
    text: str, label: Label
) -> None:
    assert [item.label for item in extract(text).mentions if item.label in SYSTEMS] == [label]


@pytest.mark.parametrize(
    "text",
    [
        "智慧水务升级项目已获批复。\n对接内容：市政务云、省电子证照库、统一支付平台。",
        "智慧水务升级项目建设内容如下。需要对接市政务云、省电子证照库、统一支付平台。",
        "项目名称：智慧水务升级项目\n采购需求：与市政务云、省电子证照库、统一支付平台对接。",
        "智慧水务升级项目由市水利局申报。系统集成方面，接入市政务云、省电子证照库和统一支付平台。",
    ],
)
def test_what_a_list_without_subject_connects_belongs_to_the_project(text: str) -> None:
    connected = {
        tail for head, kind, tail in said(text) if (head, kind) == ("智慧水务升级项目", "DEPENDS_ON")
    }
    assert connected == {"市政务云", "省电子证照库", "统一支付平台"}


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("市民政局不得新建养老服务信息系统。", "forbidden"),
        ("严禁市民政局自行开发养老服务信息系统。", "forbidden"),
        ("市民政局拟建设养老服务信息系统。", "plan"),
        ("市民政局应当建立养老服务信息系统。", "plan"),
        ("市民政局已建成养老服务信息系统。", "fact"),
        ("市民政局于去年开发了养老服务信息系统。", "fact"),
    ],
)
def test_a_ban_a_plan_and_a_fact_are_told_apart(text: str, mood: str) -> None:
    assert moods(text) == {("BUILDS", "养老服务信息系统", mood)}


@pytest.mark.parametrize(
    "text",
    [
        "养老服务信息系统尚未接入市政务云。",
        "养老服务信息系统未与市政务云对接。",
        "养老服务信息系统至今没有对接市政务云。",
        "养老服务信息系统无法对接市政务云。",
    ],
)
def test_what_is_said_not_to_be_is_no_relation(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "养老服务信息系统由海岚智云科技有限公司承建。",
        "海岚智云科技有限公司中标承建养老服务信息系统。",
        "市民政局委托海岚智云科技有限公司开发养老服务信息系统。",
        "养老服务信息系统已通过终验，开发单位：海岚智云科技有限公司。",
    ],
)
def test_a_company_that_builds_is_a_supplier(text: str) -> None:
    assert ("海岚智云科技有限公司", "SUPPLIES", "养老服务信息系统") in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "养老服务信息系统应当与政务服务、基层治理、公共信用等平台互联互通。",
        "养老服务信息系统与医保、民政等系统对接。",
        "养老服务信息系统实现与公安、社保、税务等部门平台的数据共享。",
        "养老服务信息系统预留与气象、水文等平台对接的接口。",
    ],
)
def test_members_of_an_ellipsis_are_no_names(text: str) -> None:
    assert names(text) == ["养老服务信息系统"]
    assert said(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "养老服务信息系统、殡葬服务系统均已接入市政务云。",
        "养老服务信息系统和殡葬服务系统应当接入市政务云。",
        "养老服务信息系统以及殡葬服务系统依托市政务云运行。",
        "养老服务信息系统与殡葬服务系统统一部署在市政务云。",
    ],
)
def test_what_is_told_of_several_is_told_of_each(text: str) -> None:
    heads = {head for head, kind, tail in said(text) if tail == "市政务云"}
    assert heads == {"养老服务信息系统", "殡葬服务系统"}


def test_the_organ_that_acts_is_no_part_of_the_project() -> None:
    text = "市文化广电和旅游局拟采购智慧文旅平台三期项目，预算650万元。"
    assert names(text, Label.PROJECT) == ["智慧文旅平台三期项目"]
    assert said(text) == {("市文化广电和旅游局", "BUILDS", "智慧文旅平台三期项目")}


@pytest.mark.parametrize(
    "text",
    [
        "养老服务信息系统已经上线，市民通过市政务云办理业务。",
        "养老服务信息系统已经上线，村干部使用市政务云填报。",
        "养老服务信息系统已经上线，有关单位应当依托市政务云开展工作。",
        "养老服务信息系统已经上线，列入计划的项目应当使用市政务云。",
    ],
)
def test_a_clause_with_another_subject_is_not_told_of_the_system_before(text: str) -> None:
    assert said(text) == set()
