"""Proposals and policies: which is which, and what each becomes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.report import RunReport
from kg.store.base import GraphStore

Load = Callable[..., RunReport]
PROPOSAL = """项目名称：南宁市古树保护信息系统建设项目
建设单位：南宁市林业局
总投资：125万元
建设周期：2026年
一、建设内容
包括古树登记、巡护打卡、养护派单、病害预警等功能。
"""
POLICY = """南宁市政务信息化工作通知
各部门应当依托统一身份认证平台建设业务系统。
南宁市大数据发展局负责建设南宁市数据共享交换平台。
2025年3月2日
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_a_proposal_is_a_project_applied_for_that_delivers_a_system(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    report = load(written(tmp_path / "项目.txt", PROPOSAL))
    assert [(file.source, file.rows.read) for file in report.files] == [("proposal", 1)]
    (project,) = store.entities(entity_type="Project")
    (system,) = store.entities(entity_type="System")
    assert (project.properties["stage"], project.properties["budget"]) == ("申报", 1_250_000)
    assert system.properties["status"] == "拟建"
    assert [r.key for r in store.relations(types=["DELIVERS"])] == [(project.id, "DELIVERS", system.id)]
    assert {f.name for f in store.entities(entity_type="Function")} >= {"古树登记", "巡护打卡"}
    assert {r.target for r in store.relations(types=["OWNS"])} == {project.id, system.id}


def test_a_proposal_never_becomes_the_system_of_the_ledger_with_its_name(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    name = "南宁市古树保护信息系统建设项目"
    ledger = f"建设单位,系统名称,主要功能,运行状态\n柳州市林业局,{name},登记、查询,在用\n"
    load(written(tmp_path / "台账.csv", ledger))
    load(written(tmp_path / "项目.txt", PROPOSAL))
    assert sorted(str(s.properties["status"]) for s in store.entities(entity_type="System")) == [
        "在用",
        "拟建",
    ]
    assert not list(store.relations(types=["SAME_AS"]))


def test_a_policy_says_what_its_text_says_on_the_day_it_bears(
    load: Load, store: GraphStore, tmp_path: Path
) -> None:
    report = load(written(tmp_path / "通知.txt", POLICY))
    assert report.files[0].source == "policy"
    assert {e.name for e in store.entities(entity_type="Organization")} >= {"南宁市大数据发展局"}
    found = next(iter(store.entities(entity_type="Organization")))
    claims = list(store.get([found.id])[found.id].claims)
    assert {(claim.document, claim.said_on) for claim in claims} == {("通知.txt", "2025-03-02")}
    assert all(claim.quote and claim.sha256 for claim in claims)


def test_prose_that_names_nothing_is_told_and_no_failure_of_others(load: Load, tmp_path: Path) -> None:
    report = load(written(tmp_path / "散文.txt", "今天天气很好，我们去公园散步。\n"))
    assert report.rows.read == 0
    assert report.warnings


@pytest.mark.shared
def test_the_founding_brief_yields_its_platform_with_four_capabilities(
    load: Load, store: GraphStore, shared_data: Path
) -> None:
    load(shared_data / "cn" / "founding_brief.txt")
    platform = next(e for e in store.entities(entity_type="System") if e.name == "数字政务一体化平台")
    offered = {r.target for r in store.relations([platform.id], types=["OFFERS"])}
    assert offered == {f"capability:{key}" for key in ("identity", "license", "message", "seal")}
    located = {r.target for r in store.relations(types=["LOCATED_IN"])}
    assert located == {"region:450000"}
