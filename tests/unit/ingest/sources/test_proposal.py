"""Proposals on their way into the graph: which files are proposals, and what they plan to use and replace."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ingest.documents.reader import read_document
from ingest.report import RunReport
from ingest.sources.recognition import source_of
from kg.store.base import GraphStore
from tests.unit.ingest.proposal.papers import load as papers
from tests.unit.ingest.proposal.papers import write

Load = Callable[..., RunReport]
PAPERS = papers(Path(__file__).parents[3] / "data" / "proposals")
FORM = {
    "name": "平川市渔政执法管理系统升级改造项目",
    "department": "平川市农业农村局",
    "budget": "98万元",
    "functions": [{"path": "执法", "text": "案件回访", "amount": 300000}],
    "uses": ["省统一身份认证平台"],
    "replaces": ["旧渔政台账系统"],
}


SPARSE = ("04", "07", "08", "19", "30", "34", "35", "36", "40", "44", "46", "47")
"""Papers that say little of themselves, of every kind of file."""
WHOLE = [(name, paper) for name, paper in PAPERS if name.startswith(SPARSE)]


@pytest.mark.parametrize("paper", [paper for _, paper in WHOLE], ids=[name for name, _ in WHOLE])
def test_a_proposal_is_told_from_other_files(paper: dict[str, Any], tmp_path: Path) -> None:
    assert source_of(read_document(write(paper, tmp_path)), "").name == "proposal"


@pytest.mark.parametrize(
    ("lines", "source"),
    [
        (
            (
                "平川市古树保护系统建设方案",
                "建设单位：平川市林业局",
                "总投资：98万元",
                "建设性质：新建",
                "工期：2026年",
            ),
            "proposal",
        ),
        (
            (
                "平川市渔政平台扩容工程实施方案",
                "实施单位：平川市农业农村局",
                "项目概算：98万元",
                "建设性质为扩建。",
                "等级保护：三级",
            ),
            "proposal",
        ),
        (
            (
                "平川市檔案系統可行性研究報告",
                "建設單位：平川市檔案館",
                "總投資：98萬元",
                "建設性質：新建",
                "資金來源：市財政",
            ),
            "proposal",
        ),
        (
            (
                "平川市智慧水务项目建议书",
                "建设单位：平川市水务局",
                "总投资：98万元",
                "项目类型：升级改造",
                "经费渠道：专项债券",
            ),
            "proposal",
        ),
        (
            (
                "平川市数字政府建设实施方案",
                "平川市人民政府办公室",
                "2026年底前建成统一平台。",
                "市财政局保障资金98万元。",
            ),
            "policy",
        ),
        (("平川市林业局工作报告", "建设单位：平川市林业局", "总投资：98万元", "全年新建3个系统。"), "policy"),
    ],
)
def test_a_paper_without_functions_is_told_by_what_it_says_of_its_project(
    lines: Sequence[str], source: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    assert source_of(read_document(tmp_path / "a.txt"), "").name == source


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("序号", "系统名称", "主要功能", "建设单位", "总投资（万元）", "运行状态"),
            (1, "渔政执法管理系统", "案件登记、案件回访", "平川市农业农村局", 98, "在用"),
        ],
        [
            ("填报单位：平川市农业农村局", "", "", "", "", ""),
            ("项目名称", "系统名称", "功能模块", "主管部门", "投资（万元）", "建设时间"),
            ("渔政项目", "渔政执法管理系统", "案件登记", "平川市农业农村局", 98, "2021年"),
        ],
    ],
)
def test_a_sheet_of_existing_systems_is_no_proposal(
    workbook: Callable[[str, Sequence[Sequence[object]]], Path], rows: Sequence[Sequence[object]]
) -> None:
    assert source_of(read_document(workbook("台账.xlsx", rows)), "").name == "census"


def test_what_a_proposal_uses_extends_and_replaces_is_planned(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    upgrade = next(paper for name, paper in PAPERS if name == "12-upgrade")
    load(write(upgrade, tmp_path))
    names = {entity.id: entity.name for entity in store.entities()}
    told = {(r.type, names[r.target]) for r in store.relations(types=["DEPENDS_ON", "SUCCEEDS"])}
    assert ("DEPENDS_ON", "永宁市智慧消防监管平台") in told
    assert ("SUCCEEDS", "消防户籍化管理系统") in told
    assert not any("政务短信" in name for name in names.values())
    ties = store.relations(types=["DEPENDS_ON", "REUSES", "SUCCEEDS"])
    assert {relation.properties["modality"] for relation in ties} == {"plan"}


def test_a_filled_form_is_loaded_like_a_document(load: Load, store: GraphStore, tmp_path: Path) -> None:
    path = tmp_path / "申报.json"
    path.write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
    report = load(path)
    assert [(file.source, file.rows.written) for file in report.files] == [("proposal", 1)]
    (project,) = store.entities(entity_type="Project")
    assert (project.name, project.properties["budget"]) == (FORM["name"], 980_000)
    again = load(path)
    assert (again.rows.written, again.rows.unchanged) == (0, 1)


def test_a_form_that_does_not_fit_is_refused_by_its_field(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "申报.json"
    path.write_text(json.dumps(FORM | {"budget": "若干"}, ensure_ascii=False), "utf-8")
    (refused,) = load(path).rejected
    assert "字段 budget" in refused.reason


def test_what_a_person_should_verify_is_told_in_the_run_report(load: Load, tmp_path: Path) -> None:
    differing = next(paper for name, paper in PAPERS if name == "14-totals-differ")
    report = load(write(differing, tmp_path))
    assert any("总投资前后不一致" in note.text for note in report.warnings)


def test_what_the_graph_knows_of_a_proposal_has_its_place(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    blocks = """# 清川县智慧灌区平台建设方案
项目名称：清川县智慧灌区平台
建设单位：清川县水利局
|| 总投资 | 50万元 | 等保级别 | 等保三级
|| 项目类别 | 运维类 | 资金来源 | 县级财政
本项目复用省统一身份认证平台。
功能清单
|| 功能模块 | 功能点 | 工作量（人月） | 金额（万元）
|| 用水管理 | 流量采集 | 2 | 10
"""
    load(write({"form": "docx", "blocks": blocks}, tmp_path))
    (project,) = store.entities(entity_type="Project")
    claims = {claim.rule: claim for claim in store.get([project.id])[project.id].claims}
    values = {rule.partition(".")[2]: claim.properties for rule, claim in claims.items()}
    assert values["security_grade"] == {"security_grade": "第三级"}
    assert values["build_kind"] == {"build_kind": "运维"}
    places = {rule.partition(".")[2]: (c.place.block, c.place.row) for rule, c in claims.items()}
    assert places["budget"] == places["security_grade"] == (4, 1)
    assert places["fund_source"] == places["build_kind"] == (4, 2)
    (function,) = store.entities(entity_type="Function")
    (said,) = store.get([function.id])[function.id].claims
    assert (said.place.row, said.properties["amount"], said.properties["effort"]) == (2, 100_000, 2)
    systems = [entity.id for entity in store.entities(entity_type="System")]
    (use,) = store.relations(systems, types=["REUSES", "DEPENDS_ON"])
    assert use.claims[0].place.block == 5
