"""Divisions are found by full and short names, and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.registry import find_region, infer_region, is_within, leading_region, region, regions

CODES = st.sampled_from(sorted(regions()))


@given(CODES)
def test_a_full_name_within_the_division_above_is_found(code: str) -> None:
    wanted = regions()[code]
    assert find_region(wanted.name, within=wanted.parent) == wanted


@given(CODES)
def test_every_division_but_a_province_lies_in_one_that_exists(code: str) -> None:
    inner = regions()[code]
    assert (inner.parent is None) == (inner.level == "省级")
    if inner.parent is not None:
        assert inner.parent in regions()
        assert is_within(code, regions()[inner.parent].code)


@given(st.text(max_size=8))
def test_what_a_text_starts_with_is_a_part_of_it(text: str) -> None:
    assert text.startswith(leading_region(text))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("广西", "450000"),
        ("广西壮族自治区", "450000"),
        ("山东省本级", "370000"),
        ("南宁", "450100"),
        ("广西壮族自治区南宁市", "450100"),
        ("广西南宁青秀", "450103"),
        ("凉山州", "513400"),
        ("凉山", "513400"),
        ("融水县", "450225"),
        ("海南", "460000"),
        ("海南州", "632500"),
        ("吉林", "220000"),
        ("吉林市", "220200"),
        ("中山市", "442000"),
        ("西安", "610100"),
    ],
)
def test_names_as_people_write_them_are_found(name: str, code: str) -> None:
    found = find_region(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["鼓楼区", "朝阳区", "公安", "资源", "自治区本级", "全区", "", "某某市"])
def test_namesakes_and_bare_words_are_not_guessed(name: str) -> None:
    assert find_region(name) is None


def test_the_division_above_tells_namesakes_apart() -> None:
    found = find_region("朝阳区", within="110000")
    assert found is not None
    assert found.code == "110105"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("南宁市民政局", "450100"),
        ("北京市朝阳区民政局", "110105"),
        ("重庆市渝中区政务服务局", "500103"),
        ("公安县公安局", "421022"),
        ("桂林市资源县林业局", "450329"),
        ("中山市场监督管理局", "442000"),
        ("内蒙古自治区党委", "150000"),
        ("延边州医保局", "222400"),
    ],
)
def test_a_unit_is_placed_where_its_name_says(text: str, code: str) -> None:
    found = infer_region(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    [
        "公安厅",
        "资源共享平台",
        "新建系统",
        "平安城市",
        "通道管理",
        "阿里云平台",
        "朝阳区民政局",
        "省民政厅",
        "杭州湾大桥监测系统",
        "南京东路改造项目",
    ],
)
def test_a_word_that_is_also_a_county_places_nothing(text: str) -> None:
    assert infer_region(text) is None


@pytest.mark.parametrize(
    ("digits", "name"), [("45", "广西壮族自治区"), ("4501", "南宁市"), ("450103", "青秀区")]
)
def test_codes_of_two_four_and_six_digits_are_known(digits: str, name: str) -> None:
    found = region(digits)
    assert found is not None
    assert found.name == name


def test_an_unknown_code_is_no_region() -> None:
    assert region("990000") is None
