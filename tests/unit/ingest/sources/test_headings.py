"""Headers of census sheets as offices word them: each is read as the field it means, or as none."""

import pytest

from ingest.sources.mapping import load_mapping, unit_of

MEANT = {
    "信息系统（网站）名称": "name",
    "业务平台全称": "name",
    "1、系统名称": "name",
    "系统名称/简称": "name",
    "共享组件名称（全称）": "component_name",
    "归口管理部门": "owner",
    "责任处室/单位": "owner",
    "系统功能建设单位": "owner",
    "建设单位及联系电话": "owner",
    "牵头科室": "sub_unit",
    "归属部门": "owner",
    "报送部门": "reporter",
    "业务功能": "functions",
    "功能概述": "functions",
    "系统模块": "functions",
    "总体功能描述": "functions",
    "系统主要功能及建设内容": "functions",
    "系统建设主要内容": "functions",
    "系统介绍": "description",
    "平台用途": "description",
    "已复用的支撑平台": "components_used",
    "与其他系统对接情况": "systems_linked",
    "需依赖的业务系统": "systems_linked",
    "是否与其他系统对接": "systems_linked",
    "有无接入共享平台": "components_used",
    "财政投入资金（万元）": "budget",
    "概算批复金额": "budget",
    "经费渠道": "fund_source",
    "软件开发公司": "vendor",
    "中标企业": "vendor",
    "运行维护厂商": "operator",
    "首次上线年月": "launched_on",
    "启用年份": "launched_on",
    "项目批复日期": "approved_on",
    "竣工验收时间": "accepted_on",
    "目前运行状况": "status",
    "运行情况": "status",
    "是否在用": "in_use",
    "所处网络区域": "network",
    "等保备案情况": "security_grade",
    "部署机房": "deployment",
    "平台访问链接": "url",
    "系统负责人": "contact",
    "月活跃用户": "users",
    "软件著作权归属": "ip_owner",
}
NOT_MEANT = (
    "非功能需求",
    "功能点数",
    "功能数量",
    "是否开展等保测评",
    "是否编制功能清单",
    "运维经费（万元）",
    "投资主体",
    "操作系统名称",
    "数据库名称",
    "所属系统名称",
    "子系统名称",
    "功能类别",
    "参与单位",
    "涉及处室",
    "计划上线时间",
    "领导批示",
    "用户名",
    "2023年投资12万元",
    "系统已上线。",
)


@pytest.mark.parametrize(("header", "field"), MEANT.items())
def test_a_header_means_the_field_of_its_last_telling_word(header: str, field: str) -> None:
    found = load_mapping("census").meaning(header)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize("header", NOT_MEANT)
def test_a_header_of_something_else_means_no_field(header: str) -> None:
    assert load_mapping("census").meaning(header) is None


def test_an_alias_ranks_before_a_loose_wording_and_that_before_a_head() -> None:
    meanings = [load_mapping("census").meaning(text) for text in ("主要功能", "主要功能简介", "全部功能")]
    ranks = [(found.rank, found.exact) for found in meanings if found is not None]
    assert ranks == sorted(ranks)
    assert [exact for _, exact in ranks] == [True, False, False]


def test_instructions_in_brackets_do_not_make_a_header_too_long() -> None:
    found = load_mapping("census").meaning(f"主要功能（{'请逐条填写，' * 12}）")
    assert found is not None
    assert (found.field, found.exact) == ("functions", True)


def test_every_alias_is_found_as_its_own_field() -> None:
    mapping = load_mapping("census")
    for name, column in mapping.fields.items():
        for word in (*column.headers, *column.alone):
            assert mapping.field_of(word) == name, word


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("投资额万元", "万元"),
        ("总投资（单位：万元，保留两位小数）", "万元"),
        ("合同价/元", "元"),
        ("总投资", None),
        ("投资（元旦后）", None),
    ],
)
def test_the_unit_of_money_is_read_wherever_a_header_puts_it(header: str, unit: str | None) -> None:
    assert unit_of(header) == unit
