"""Cells of function lists: several functions in one, and lines that are no software."""

import pytest

from ingest.proposal.tables.cells import functions_in, is_other_cost, name_of
from ingest.proposal.tables.outline import depths


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("水位采集", ("水位采集",)),
        ("水位采集\n雨量采集", ("水位采集", "雨量采集")),
        ("水位采集；雨量采集；闸门控制。", ("水位采集", "雨量采集", "闸门控制")),
        ("1.水位采集2.雨量采集", ("水位采集", "雨量采集")),
        ("（1）水位采集（2）雨量采集", ("水位采集", "雨量采集")),
        ("水位采集、雨量采集、闸门控制", ("水位采集", "雨量采集", "闸门控制")),
        ("增加、删除", ("增加、删除",)),
        ("水位采集：定时采集各站水位\n雨量采集：定时采集雨量", ("水位采集", "雨量采集")),
    ],
)
def test_a_cell_gives_the_functions_it_lists(cell: str, names: tuple[str, ...]) -> None:
    assert functions_in(cell) == names


@pytest.mark.parametrize(
    "line",
    [
        "硬件",
        "系统集成费",
        "工程监理费",
        "硬件购置费用",
        "云资源租赁",
        "等保测评费",
        "服务器采购",
        "预备费",
        "培训费",
    ],
)
def test_fees_and_hardware_are_no_software(line: str) -> None:
    assert is_other_cost(line)


@pytest.mark.parametrize(
    "line", ["水费催缴", "代缴水费", "设备管理", "培训管理", "退费审核", "运维工单", "收费"]
)
def test_functions_about_fees_and_devices_are_software(line: str) -> None:
    assert not is_other_cost(line)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1.2 水位采集", "水位采集"),
        ("（一）水位采集：", "水位采集"),
        ("附件上传", "附件上传"),
        ("12345热线对接", "12345热线对接"),
        ("3D建模", "3D建模"),
        ("登录/注册", "登录／注册"),
    ],
)
def test_a_name_loses_its_number_only(text: str, name: str) -> None:
    assert name_of(text) == name


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("1", "1.1", "1.2", "2", "2.1"), [0, 1, 1, 0, 1]),
        (("一", "1", "2", "二", "1"), [0, 1, 1, 0, 1]),
        (("一、", "（一）", "1", "二、"), [0, 1, 2, 0]),
        (("1", "2", "3"), None),
        (("", "1", "1.1"), None),
    ],
)
def test_depths_follow_the_styles_of_numbers(numbers: tuple[str, ...], expected: list[int] | None) -> None:
    assert depths(numbers) == expected
