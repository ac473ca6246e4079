"""The decision paper as a Word document."""

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from api.reports import words
from api.reports.fixed import without_clock
from api.reports.precedents import precedent_lines

FONT = "宋体"


def report_document(report: Mapping[str, Any]) -> bytes:
    """The bytes of a docx; the same report gives the same bytes."""
    paper = Document()
    paper.styles["Normal"].font.name = FONT
    paper.styles["Normal"].font.size = Pt(11)
    paper.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    _head(paper, report)
    _stated(paper, report)
    _earlier(paper, report)
    _modules(paper, report)
    _rebuilt(paper, report)
    _candidates(paper, report)
    _precedents(paper, report)
    for title, key, labels in (("比对范围", "coverage", words.COVERAGE), ("复核依据", "basis", words.BASIS)):
        paper.add_heading(title, 2)
        _table(paper, ("项目", "内容"), words.labelled(report[key], labels))
    return _bytes(paper)


def _head(paper: Any, report: Mapping[str, Any]) -> None:
    proposal = report["proposal"]
    paper.add_heading("信息化项目查重报告", 1)
    paper.add_paragraph(f"材料：{proposal.get('name') or '未命名材料'}")
    paper.add_paragraph(
        f"单位：{proposal.get('department') or '单位不明'}　周期：{proposal.get('period') or '—'}"
    )
    paper.add_paragraph(f"申报总额：{words.yuan(proposal.get('budget'))}")
    paper.add_paragraph(f"结论：{report['verdict'] or '未作结论'}").runs[0].bold = True
    paper.add_paragraph("系统建议，由评审人决定。")
    paper.add_heading("理由", 2)
    for text, rests in words.grouped(report["reasons"]):
        paper.add_paragraph(f"{text}（{rests}）" if rests else text, style="List Bullet")
    if report["to_verify"]:
        paper.add_heading("待核实", 2)
        for line in report["to_verify"]:
            paper.add_paragraph(line, style="List Bullet")


def _stated(paper: Any, report: Mapping[str, Any]) -> None:
    if rows := words.stated(report["proposal"]):
        paper.add_heading("申报信息", 2)
        _table(paper, ("项目", "材料所述", "位置"), rows)


def _earlier(paper: Any, report: Mapping[str, Any]) -> None:
    if earlier := report.get("earlier_version"):
        paper.add_heading("与前一版本相比", 2)
        for line in words.earlier(earlier):
            paper.add_paragraph(line, style="List Bullet")


def _precedents(paper: Any, report: Mapping[str, Any]) -> None:
    if lines := precedent_lines(report):
        paper.add_heading("既往类似模块的处理", 2)
        for line in lines:
            paper.add_paragraph(_printable(line), style="List Bullet")


def _modules(paper: Any, report: Mapping[str, Any]) -> None:
    if not report["modules"]:
        return
    paper.add_heading("逐模块意见", 2)
    rows = [
        (
            words.heading(m) + m["text"],
            words.yuan(m["amount"]),
            m["verdict"],
            m["action"],
            m["reason"]["text"],
        )
        for m in report["modules"]
    ]
    _table(paper, ("模块", "金额", "意见", "处理", "依据"), rows)
    if report.get("money"):
        _table(paper, ("项目", "金额"), words.amounts(report["money"]))


def _rebuilt(paper: Any, report: Mapping[str, Any]) -> None:
    if not report["rebuilt"]:
        return
    paper.add_heading("重复建设的共享组件", 2)
    rows = [
        (
            found["function"],
            found["capability"],
            found["component"]["name"] if found["component"] else "—",
            "可以" if found["usable"] else words.shown(found["blockers"]),
        )
        for found in report["rebuilt"]
    ]
    _table(paper, ("申报功能", "已有能力", "可用组件", "能否直接使用"), rows)


def _candidates(paper: Any, report: Mapping[str, Any]) -> None:
    paper.add_heading("相似的既有系统和项目", 2)
    if not report["candidates"]:
        paper.add_paragraph("未发现值得评审人查看的相似系统。")
    for number, candidate in enumerate(report["candidates"], start=1):
        owner = candidate["department"] or "单位不明"
        title = f"{number}. {candidate['name']}（{owner}，{candidate['stage'] or '状态不明'}）"
        paper.add_heading(f"{title}：{words.kind(candidate['kind'])}，得分 {candidate['score']:.2f}", 3)
        for line in words.telling(candidate):
            paper.add_paragraph(line, style="List Bullet")
        pairs = [
            (p["proposed"], p["existing"], words.function_kind(p["kind"]), f"{p['score']:.2f}")
            for p in candidate["functions"]
        ]
        if pairs:
            _table(paper, ("申报功能", "既有功能", "关系", "得分"), pairs)
        for line in words.sources(candidate.get("sources", ())):
            paper.add_paragraph(f"来源：{line}")


def _table(paper: Any, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = paper.add_table(rows=1, cols=len(header))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, header, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _printable(text)


def _printable(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(char for char in text if char in "\n\t" or ord(char) >= 32)


def _bytes(paper: Any) -> bytes:
    saved = io.BytesIO()
    paper.save(saved)
    return without_clock(saved.getvalue())
