"""Profiles: whose system it is, read only from what stands there."""

import pytest

from kg.matching.description import Description, Item
from kg.matching.profile import owner_level, owner_region, profile


@pytest.mark.parametrize(
    ("region", "department", "name", "expected"),
    [
        ("杭州", "", "", "330100"),
        ("南宁市", "柳州市民政局", "", "450100"),
        ("广西壮族自治区", "", "", "450000"),
        ("450100", "", "", "450100"),
        ("", "柳州市民政局", "", "450200"),
        ("", "", "广西养老服务平台", "450000"),
        ("", "云梦泽市民政局", "", "云梦泽"),
        ("", "市城市管理局", "市级养老平台", ""),
        ("", "", "", ""),
    ],
)
def test_the_owner_place_is_declared_or_read_but_never_guessed(
    region: str, department: str, name: str, expected: str
) -> None:
    described = Description("x", name, department=department, region=region)
    assert owner_region(described) == expected


def test_names_and_items_come_from_the_text_when_nothing_is_stated() -> None:
    found = profile(Description("x", text="建立养老服务信息系统，提供床位登记、助餐派单、紧急呼叫等服务。"))
    assert found.cores == ("养老",)
    assert {"助餐派单", "紧急呼叫"} <= set(found.items)


@pytest.mark.parametrize(
    ("place", "department", "level"),
    [
        ("430000", "", "省"),
        ("430100", "", "市"),
        ("430102", "", "县"),
        ("110000", "", "省"),
        ("", "省数据局", "省"),
        ("", "市民政局", "市"),
        ("云梦泽", "云梦泽市民政局", ""),
        ("", "数据局", ""),
    ],
)
def test_the_level_comes_from_the_code_or_the_department(place: str, department: str, level: str) -> None:
    assert owner_level(place, department) == level


def test_functions_far_down_a_long_list_are_compared() -> None:
    items = tuple(Item(f"第{number}类物资入库核对") for number in range(300))
    assert len(profile(Description("a", name="物资系统", items=items)).items) == 300
