"""Lists of projects, on sheets and in notices: rows become projects of their units, prose is read on."""

from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest

from ingest.report import RunReport
from ingest.sources.stages import stage_told
from kg.store.base import GraphStore

Rows = Sequence[Sequence[object]]
Load = Callable[..., RunReport]
Write = Callable[[str, Rows], Path]
HEADER = ("序号", "项目名称", "建设单位", "建设性质", "主要建设内容", "总投资（万元）")
SILO = (
    1,
    "粮库智能出入库系统项目",
    "岚河市粮食局",
    "新建",
    "出入库登记、粮温监测、损耗",
    "86.5",
)
FERRY = (2, "渡口安全视频汇聚项目", "岚河市交通运输局", "续建", "接入渡口视频", "120")


def notice(path: Path, *, title: str, before: Sequence[str], rows: Rows) -> Path:
    """A notice with a list below its text."""
    paper = docx.Document()
    for text in (title, *before):
        paper.add_paragraph(text)
    table = paper.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value)
    paper.save(str(path))
    return path


def test_rows_of_a_sheet_become_projects_with_money_and_functions(
    workbook: Write, load: Load, store: GraphStore
) -> None:
    load(workbook("a.xlsx", [("岚河市信息化项目批复清单",), HEADER, SILO, FERRY]))
    first, second = sorted(store.entities(entity_type="Project"), key=lambda one: one.name)
    assert (first.name, first.properties["budget"]) == ("渡口安全视频汇聚项目", 1_200_000)
    assert (second.properties["budget"], second.properties["stage"]) == (865_000, "批复")
    provided = [r.target for r in store.relations([second.id], types=["PROVIDES"])]
    assert sorted(one.name for one in store.get(provided).values()) == ["出入库登记", "损耗", "粮温监测"]
    owners = {store.get([r.source])[r.source].name for r in store.relations(types=["OWNS"])}
    assert owners == {"岚河市粮食局", "岚河市交通运输局"}
    assert "System" not in store.counts()


def test_a_list_in_a_notice_is_read_beside_its_prose(tmp_path: Path, load: Load, store: GraphStore) -> None:
    text = "请项目单位依托市电子印章平台建设，由市大数据局负责市电子印章平台运维。"
    rows = ((*HEADER[:-1], "投资金额"), SILO, FERRY)
    path = notice(
        tmp_path / "通知.docx", title="关于下达项目计划的通知", before=(text, "单位：万元"), rows=rows
    )
    report = load(path)
    assert report.files[0].source == "projects"
    budgets = {p.name: p.properties.get("budget") for p in store.entities(entity_type="Project")}
    assert budgets["粮库智能出入库系统项目"] == 865_000
    assert "市电子印章平台" in {one.name for one in store.entities(entity_type="Component")} | {
        one.name for one in store.entities(entity_type="System")
    }


def test_a_unit_without_its_place_is_of_the_issuers(tmp_path: Path, load: Load, store: GraphStore) -> None:
    row = (1, "海岛数字乡村项目", "市海洋局", "新建", "船舶报港", "50")
    path = notice(
        tmp_path / "b.docx",
        title="钦州市数据局关于公布项目清单的通知",
        before=("如下。",),
        rows=(HEADER, row),
    )
    load(path)
    (owner,) = {r.source for r in store.relations(types=["OWNS"])}
    assert {r.target for r in store.relations([owner], types=["LOCATED_IN"])} == {"region:450700"}


def test_a_total_is_no_project_and_a_row_without_name_is_told(workbook: Write, load: Load) -> None:
    report = load(
        workbook("c.xlsx", [HEADER, SILO, (2, "", "某局", "新建", "", "9"), ("合计", "", "", "", "", "95.5")])
    )
    assert sorted(row.row or 0 for row in report.rejected) == [3, 4]


def test_a_list_of_systems_stays_a_census(workbook: Write, load: Load) -> None:
    header = ("序号", "系统名称", "建设单位", "项目名称", "主要功能", "总投资（万元）")
    report = load(
        workbook("d.xlsx", [header, (1, "粮库系统", "岚河市粮食局", "粮库项目", "登记、监测", "8")])
    )
    assert report.files[0].source == "census"


@pytest.mark.parametrize(
    ("titles", "stage"),
    [
        (["附件：2025年度项目验收清单"], "验收"),
        (["关于下达第一批项目计划的通知"], "批复"),
        (["项目申报汇总表"], "申报"),
        (["不予立项项目清单"], "不予立项"),
        (["项目一览"], ""),
        (["单位：万元", "拟建项目表"], "申报"),
    ],
)
def test_titles_tell_the_stage(titles: list[str], stage: str) -> None:
    assert stage_told(titles) == stage


@pytest.mark.parametrize(("header", "warned"), [("总投资", True), ("总投资（元）", False)])
def test_money_without_a_unit_is_told(
    workbook: Write,
    load: Load,
    header: str,
    warned: bool,  # noqa: FBT001  # a parameter of the case
) -> None:
    report = load(workbook("e.xlsx", [(*HEADER[:-1], header), SILO]))
    assert any("未注明单位" in note.text for note in report.warnings) is warned


@pytest.mark.parametrize(("said", "stage"), [("同意立项", "批复"), ("不同意立项", "不予立项")])
def test_the_words_of_a_review_tell_the_stage(
    workbook: Write, load: Load, store: GraphStore, said: str, stage: str
) -> None:
    load(workbook("a.xlsx", [("岚河市项目评审结果清单",), (*HEADER, "评审结论"), (*SILO, said)]))
    (project,) = store.entities(entity_type="Project")
    assert project.properties["stage"] == stage
