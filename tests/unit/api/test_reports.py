import io
import json
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from lxml import html

from api.reports import write_reports
from api.reports.page import report_page
from api.reports.word import report_document
from api.reports.words import grouped, marked, sources, yuan

ATTACK = "<script>alert(1)</script>"


def words_of(page: str) -> str:
    return "".join(str(text) for text in html.fromstring(page).itertext())


def report(verdict: str | None = "核减") -> dict[str, Any]:
    pair = {"proposed": "床位动态管理", "existing": "床位管理", "kind": "same", "score": 0.88}
    return {
        "verdict": verdict,
        "reasons": [{"rule": "cut_covered", "text": "模块已有", "source": "内置缺省规则，无文件依据"}],
        "proposal": {
            "name": f"养老平台{ATTACK}",
            "department": "市民政局",
            "period": "2026",
            "budget": 1900000,
        },
        "candidates": [
            {
                "id": "asset-1",
                "type": "System",
                "stage": "在用",
                "name": "居家养老系统",
                "department": "市民政局",
                "kind": "reskinned",
                "score": 0.91,
                "functions": [pair],
                "evidence": ["九项功能顺序一致"],
                "contributions": {"aligned": 0.5},
                "sources": [{"source": "census", "document": "a.xlsx", "place": "第3行", "confidence": 1.0}],
            }
        ],
        "modules": [
            {
                "path": "机构监管",
                "text": "床位动态管理",
                "amount": 260000,
                "place": "表2",
                "verdict": "核减",
                "kind": "reskinned",
                "action": "复用",
                "candidate": "asset-1",
                "reason": {"rule": "cut_covered", "text": "已覆盖", "source": ""},
                "functions": [pair],
            }
        ],
        "rebuilt": [
            {
                "function": "短信通知",
                "component": {"id": "asset-2", "name": "统一消息平台"},
                "capability": "统一消息",
                "usable": False,
                "blockers": ["未在运行（在建）"],
            }
        ],
        "coverage": {"systems": 3, "organizations_without_data": ["市水利局"], "as_of": None, "unread": []},
        "basis": {"input_sha256": "ab", "mode": "lexical"},
        "to_verify": ["名称相近，须核对"],
        "money": {"budget": 1900000, "cut": 260000},
    }


@pytest.mark.parametrize("verdict", ["不予立项", "核减", "有条件推进", "通过"])
def test_the_verdict_stands_word_for_word_on_both_papers(verdict: str) -> None:
    assert verdict in words_of(report_page(report(verdict)))
    paper = Document(io.BytesIO(report_document(report(verdict))))
    assert any(verdict in paragraph.text for paragraph in paper.paragraphs)


def test_words_of_a_proposal_are_shown_and_never_run() -> None:
    page = report_page(report())
    assert ATTACK not in page
    assert ATTACK in words_of(page)
    assert not html.fromstring(page).xpath("//script | //link | //img | //@src")


def test_without_a_verdict_the_page_says_so() -> None:
    assert "未作结论" in report_page(report(None))


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_reports(report(), tmp_path / "a")]
    second = [path.read_bytes() for path in write_reports(report(), tmp_path / "b")]
    assert first == second
    assert json.loads(first[0])["verdict"] == "核减"


def test_common_words_are_marked_and_nothing_is_lost() -> None:
    assert marked("床位动态管理", "床位管理") == [("床位", True), ("动态", False), ("管理", True)]
    assert "".join(piece for piece, _ in marked("甲乙丙丁", "丙丁甲")) == "甲乙丙丁"


def test_money_is_written_for_readers() -> None:
    assert [yuan(1900000), yuan(999), yuan(None), yuan(12345678)] == [
        "190 万元",
        "999 元",
        "—",
        "1,234.57 万元",
    ]


def test_reasons_of_one_rule_and_target_name_their_modules_in_one_line() -> None:
    cut = "已由既有系统覆盖，建议核减"
    rows = [
        {"text": f"{cut}：{module} → 《甲系统》", "source": "某办法第三条"} for module in ("受理", "审核")
    ]
    rows.append({"text": "未发现重复建设，建议通过", "source": ""})
    assert grouped(rows) == [
        (f"{cut}：受理、审核 → 《甲系统》", "某办法第三条"),
        ("未发现重复建设，建议通过", ""),
    ]


def test_places_of_one_document_stand_in_one_line() -> None:
    rows = [
        {"document": "甲.xlsx", "source": "census", "place": place, "confidence": 1.0}
        for place in ("第3行", "第9行")
    ]
    assert sources(rows) == ["甲.xlsx（普查表，可信度 1.00）第3行、第9行"]
