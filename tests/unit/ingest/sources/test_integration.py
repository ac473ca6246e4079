"""Lists of what is kept, merged and retired: a plan for each system, and into which it goes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from ingest.report import RunReport
from kg.model import Direction
from kg.store.base import GraphStore

HEAD = ["系统名称", "建设单位", "主要功能", "处理意见", "整合去向"]
ROWS = [
    ["婚姻登记系统", "南宁市民政局", "预约、登记", "整合", "民政综合业务平台"],
    ["殡葬服务系统", "南宁市民政局", "预约", "关停", "并入民政综合业务平台"],
    ["养老服务平台", "南宁市民政局", "床位登记", "保留", "无"],
    ["福利彩票系统", "南宁市民政局", "销售统计", "整合", "由上级另行确定"],
]


def test_merged_systems_are_planned_parts_and_retired_ones_planned_to_be_succeeded(
    workbook: Callable[[str, Sequence[Sequence[object]]], Path],
    load: Callable[..., RunReport],
    store: GraphStore,
) -> None:
    report = load(workbook("a.xlsx", [HEAD, *ROWS]))
    names = {entity.id: entity.name for entity in store.entities()}
    told = [
        (names[one.source], one.type, names[one.target], one.properties.get("modality"))
        for one in store.relations(types=("PART_OF", "SUCCEEDS"), direction=Direction.OUT)
    ]
    assert sorted(told) == [
        ("婚姻登记系统", "PART_OF", "民政综合业务平台", "plan"),
        ("民政综合业务平台", "SUCCEEDS", "殡葬服务系统", "plan"),
    ]
    systems = store.get(list(names))
    opinions = {one.name: one.properties.get("disposal") for one in systems.values() if one.type == "System"}
    assert opinions["养老服务平台"] == "保留"
    assert report.unmapped == []
    assert [(note.row, note.cell, note.text) for note in report.warnings] == [
        (5, "E5", "「整合去向」未认出系统名称：由上级另行确定，该单元格未采用")
    ]
