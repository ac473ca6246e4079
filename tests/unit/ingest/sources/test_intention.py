"""Procurement intentions: rows repaired only when certain, descriptions never names."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ingest.report import RunReport
from kg.store.base import GraphStore

Rows = Sequence[Sequence[object]]
Load = Callable[..., RunReport]
Write = Callable[[str, Rows], Path]
HEADER = (
    *("序号", "地区", "标题", "采购方式", "项目类型", "发布时间", "子序号", "采购项目名称", "采购需求概况"),
    *("预算金额(万元)", "拟面向中小企业预留", "预计采购时间", "备注", "Link"),
)
HEAD = ("山东省本级", "山东省水利厅2026年02月政府采购意向", "", "", "2026-01-30 09:07:01")
TAIL = ("65.000000", "是", "2026年03月")
LINK = "http://www.example.org/1"
SECOND = ("序号", "分类1", "分类2", "地市", "客户名称", "项目名称", "金额", "预计时间", "link")


def test_a_row_becomes_a_project_of_its_buyer_and_no_system(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    load(workbook("a.xlsx", [HEADER, (1, *HEAD, 1, "水资源平台升级项目", "升级平台。", *TAIL, "", LINK)]))
    (project,) = store.entities(entity_type="Project")
    assert project.name == "水资源平台升级项目"
    assert project.properties["budget"] == 650_000
    assert (project.properties["stage"], project.properties["expected_on"]) == ("采购", "2026-03")
    owners = [store.get([r.source])[r.source].name for r in store.relations(types=["OWNS"])]
    assert owners == ["山东省水利厅"]
    assert "System" not in store.counts()
    assert {r.target for r in store.relations(types=["LOCATED_IN"])} == {"region:370000"}


def test_a_row_one_cell_to_the_left_is_repaired_and_told(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    rows = [HEADER, (1, *HEAD, "水资源平台升级项目", "升级平台。", *TAIL, "", "", LINK)]
    report = load(workbook("a.xlsx", rows))
    assert [note.row for note in report.repaired] == [2]
    (project,) = store.entities(entity_type="Project")
    assert (project.name, project.properties["budget"]) == ("水资源平台升级项目", 650_000)


def test_a_row_without_an_amount_that_slipped_is_refused(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    said = "对全省取用水管理系统进行改造，并提供三年运行维护服务，具体以招标文件为准"
    rows = [
        SECOND,
        (1, "", "意向", "山东省本级", "山东省水利厅", "外网网站运维项目", "15.000000", "2026年03月", LINK),
        (2, "", "意向", "山东省本级", "山东省水利厅", said, "否", "", LINK),
    ]
    report = load(workbook("a.xlsx", rows))
    assert [(row.row, "错列" in row.reason) for row in report.rejected] == [(3, True)]
    assert [project.name for project in store.entities(entity_type="Project")] == ["外网网站运维项目"]


def test_a_repeated_header_is_read_and_rejected_also_beside_data(workbook: Write, load: Load) -> None:
    again = (
        "采购项目名称",
        "采购需求概况",
        "预算金额（万元）",
        "拟面向中小企业预留",
        "预计采购时间（填写到月）",
        "备注",
    )
    rows = [
        HEADER,
        (1, *HEAD, *again, "", LINK),
        HEADER,
        (2, *HEAD, 1, "水资源平台升级项目", "升级平台。", *TAIL, "", LINK),
    ]
    report = load(workbook("a.xlsx", rows))
    assert [(row.row, row.reason) for row in report.rejected] == [(2, "重复的表头"), (3, "重复的表头")]
    assert report.rows.read == 3


@pytest.mark.shared
def test_every_row_of_the_real_workbooks_is_loaded_or_explained(
    load: Load, store: GraphStore, shared_data: Path
) -> None:
    report = load(shared_data / "cn" / "xlsx")
    assert (report.rows.read, report.rows.written, report.rows.rejected) == (396, 265, 131)
    assert {file.source for file in report.files} == {"intention"}
    assert len(report.repaired) == 58
    assert all(row.reason and row.row for row in report.rejected)
    for project in store.entities(entity_type="Project"):
        assert "。" not in project.name
        assert project.properties["budget"]
