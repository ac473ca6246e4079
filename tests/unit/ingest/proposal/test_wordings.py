"""Facts of the head are read in any of their wordings: beside labels, in tables and in sentences."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest.documents.reader import read_document
from ingest.proposal.reader import read_proposal
from tests.unit.ingest.proposal.papers import write

FACTS = yaml.safe_load((Path(__file__).parents[3] / "data" / "heads.yaml").read_text("utf-8"))
CASES = [
    pytest.param(kind, one, id=f"{kind}-{n}") for kind, all_ in FACTS.items() for n, one in enumerate(all_)
]


def written(case: dict[str, Any], folder: Path) -> Path:
    """A short paper that says one thing in a line, in a table (of Word) or in a sentence."""
    if "table" in case:
        rows = "\n".join(f"|| {row}" for row in case["table"].split(" // "))
        return write({"form": "docx", "blocks": f"# 申报材料\n{rows}"}, folder)
    chapter = "## 一、项目概述\n\n" if "prose" in case else ""
    path = folder / "paper.md"
    path.write_text(f"# 申报材料\n\n{chapter}{case.get('line') or case['prose']}\n", "utf-8")
    return path


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_the_fact_is_read_with_its_place(kind: str, case: dict[str, Any], tmp_path: Path) -> None:
    read = read_proposal(read_document(written(case, tmp_path)))
    facts = [fact for fact in read.facts if fact.kind == kind]
    stated = {
        "name": read.description.name,
        "department": read.description.department,
        "period": read.description.period,
        "build_kind": read.build_kind,
        "budget": read.budget,
        "fund_source": read.fund_source,
        "grade": read.grade,
        "uses": sorted(fact.value for fact in facts),
        "replaces": sorted(fact.value for fact in facts),
    }
    assert stated[kind] == (sorted(case["is"]) if isinstance(case["is"], list) else case["is"])
    assert facts
    assert all(fact.place for fact in facts)


def test_chapters_on_the_present_state_do_not_speak_for_the_project(tmp_path: Path) -> None:
    paper = """# 清川县智慧灌区平台建设方案
## 二、信息化现状
原系统安全保护等级为二级，建设周期为2016年3月至2017年2月。
原系统由县水利局于2016年3月启动，2017年2月完成验收，所需资金由中央财政承担。
建设性质：新建
## 三、项目概述
本项目为升级改造项目，系统安全保护等级为三级，建设周期为2026年3月至2026年12月。
所需资金由县财政统筹解决。
"""
    read = read_proposal(read_document(write({"form": "docx", "blocks": paper}, tmp_path)))
    assert (read.grade, read.description.period) == ("三级", "2026")
    assert (read.build_kind, read.fund_source) == ("升级改造", "县财政")
