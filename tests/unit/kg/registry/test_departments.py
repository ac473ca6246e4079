"""Departments are one through reorganisations and short forms, and only then."""

import pytest

from kg.registry import department_core, same_department_lineage
from kg.registry.departments import Form, organ_of


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("南宁市民政局", "民政"),
        ("广西壮族自治区公安厅", "公安"),
        ("公安厅", "公安"),
        ("自治区大数据发展局", "大数据发展"),
        ("北京市朝阳区民政局", "民政"),
        ("中山市市场监督管理局", "市场监督管理"),
        ("市场监管部门", "市场监管"),
        ("水行政主管部门", "水行政"),
        ("外办", "外办"),
        ("市委网信办", "网信"),
    ],
)
def test_place_level_and_organ_word_are_stripped(name: str, core: str) -> None:
    assert department_core(name) == core


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("南宁市工商局", "南宁市市场监督管理局"),
        ("安监局", "应急管理局"),
        ("国土资源局", "自然资源和规划局"),
        ("卫计委", "卫生健康委员会"),
        ("质监局", "市场监管部门"),
        ("环保局", "生态环境厅"),
        ("自治区大数据发展局", "大数据局"),
        ("住建局", "住房城乡建设主管部门"),
        ("卫生健康委", "卫生健康行政主管部门"),
        ("公安机关", "公安厅"),
    ],
)
def test_renamed_departments_are_one_lineage(old: str, new: str) -> None:
    assert same_department_lineage(old, new)
    assert same_department_lineage(new, old)


@pytest.mark.parametrize(
    ("left", "right"), [("民政局", "财政局"), ("水利局", "林业局"), ("", ""), ("南宁市", "南宁市")]
)
def test_other_fields_and_empty_names_are_not(left: str, right: str) -> None:
    assert not same_department_lineage(left, right)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("市资规局", "南宁市自然资源和规划局"),
        ("省大数据局", "贵州省大数据发展管理局"),
        ("发改委", "国家发展和改革委员会"),
        ("人社厅", "广西壮族自治区人力资源和社会保障厅"),
        ("区卫健局", "青秀区卫生健康局"),
        ("市政数局", "广州市政务服务和数据管理局"),
        ("省林草局", "四川省林业和草原局"),
    ],
)
def test_a_short_form_is_of_the_line_of_its_organ(short: str, name: str) -> None:
    one, other = organ_of(short), organ_of(name)
    assert one is not None
    assert other is not None
    assert (one.line, one.form, other.form) == (other.line, Form.SHORT, Form.NAME)


@pytest.mark.parametrize(
    ("name", "until"),
    [
        ("南宁市环保局", 2018),
        ("国家工商行政管理总局", 2018),
        ("省质监局", 2018),
        ("桂林市国家税务局", 2018),
        ("中国银保监会", None),
        ("国土资源部", 2018),
        ("省扶贫办", 2021),
    ],
)
def test_an_organ_of_the_past_is_known_with_the_year_of_the_reform(name: str, until: int | None) -> None:
    found = organ_of(name)
    assert (found.until if found else None) == until


@pytest.mark.parametrize("name", ["省大数据中心", "市场监管部门", "公安机关", "南宁市", "市民政局"])
def test_centres_kinds_and_unchanged_fields_are_no_organs_of_a_line(name: str) -> None:
    assert organ_of(name) is None
