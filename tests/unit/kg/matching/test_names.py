"""Names: what is stripped, what stays, and which names a text is about."""

import pytest

from kg.matching.names import core, main_names, names_in


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("南宁市智慧养老综合服务平台（二期）", "养老"),
        ("广西壮族自治区养老服务管理系统", "养老"),
        ("市大数据资源平台", "大数据资源"),
        ("公共资源交易平台", "公共资源交易"),
        ("管理系统", "管理系统"),
    ],
)
def test_a_core_is_the_name_without_what_every_name_has(name: str, expected: str) -> None:
    assert core(name) == expected


def test_a_system_relied_on_is_not_what_the_text_is_about() -> None:
    text = "依托国土空间基础信息平台，建立建设用地审批系统。"
    assert main_names(text) == ("建设用地审批系统",)
    assert {named.role for named in names_in(text)} == {"built", "used"}
