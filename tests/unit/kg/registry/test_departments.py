"""Departments are one through reorganisations and short forms, and only then."""

import pytest

from kg.registry import department_core, same_department_lineage


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
