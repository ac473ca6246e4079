"""Divisions that are no more are known, and mean a present one only where one bears them on."""

import pytest

from kg.registry import find_region, infer_region, regions
from kg.registry.former import former_divisions, succeeded_names


@pytest.mark.parametrize(
    ("name", "present"),
    [
        ("横县", "横州市"),
        ("芜湖县", "湾沚区"),
        ("偃师市", "偃师区"),
        ("襄樊市", "襄阳市"),
        ("莱芜市", "莱芜区"),
        ("户县", "鄠邑区"),
        ("错那县", "错那市"),
        ("南宁市横县", "横州市"),
    ],
)
def test_a_renamed_division_is_the_one_that_bears_it_on(name: str, present: str) -> None:
    found = find_region(name)
    assert found is not None
    assert found.name == present


@pytest.mark.parametrize(("name", "until"), [("闸北区", 2014), ("下城区", 2021), ("崇文区", 2009)])
def test_a_dissolved_division_is_known_as_former_and_means_no_present_one(name: str, until: int) -> None:
    assert [one.until for one in former_divisions(name)] == [until]
    assert find_region(name) is None


@pytest.mark.parametrize("name", ["横州市", "临平区", "钱塘区", "龙港市", "白杨市", "云州区", "米林市"])
def test_present_divisions_are_there(name: str) -> None:
    found = find_region(name)
    assert found is not None
    assert found.name == name


def test_a_unit_of_a_dissolved_district_is_placed_in_its_city_alone() -> None:
    found = infer_region("上海市闸北区民政局")
    assert found is not None
    assert found.name == "上海市"


def test_a_name_still_borne_means_who_bears_it() -> None:
    found = find_region("新华区", within="410000")
    assert found is not None
    assert found.name == "新华区"


def test_every_successor_is_a_present_division_of_another_name() -> None:
    for name in succeeded_names():
        for one in former_divisions(name):
            assert one.successor is None or regions()[one.successor].name != name
