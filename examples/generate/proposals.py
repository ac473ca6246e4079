"""The five proposals as papers: chapters, header facts, a function list with amounts, a budget."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from docx import Document
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from examples.generate.vocabulary import HERE, domains, pairs
from examples.generate.workbooks import NOTE, fixed

FONT = "STSong-Light"
HEADER = ("子系统", "功能点", "功能说明", "金额（万元）")
TITLES = ("业务受理子系统", "业务管理子系统", "分析服务子系统", "支撑子系统")


@dataclass(frozen=True, slots=True)
class Paper:
    """One proposal, ready to be written: paragraphs (with heading level, 0 for text) and modules."""

    file: str
    name: str
    paragraphs: tuple[tuple[int, str], ...]
    modules: tuple[tuple[str, tuple[str, ...], int], ...]


def papers() -> list[Paper]:
    """The proposals of the data file."""
    rows = yaml.safe_load((HERE / "proposals.yaml").read_text("utf-8"))["proposals"]
    return [_paper(row) for row in rows]


def _paper(row: Mapping[str, Any]) -> Paper:
    groups = _groups(row)
    modules = tuple(zip(TITLES, groups, row["amounts"], strict=False))
    total = sum(amount for _, _, amount in modules)
    paragraphs = (
        (0, NOTE),
        (1, "一、项目概述"),
        (0, f"项目名称：{row['name']}"),
        (0, f"建设单位：{row['unit']}"),
        (0, f"建设周期：{row['period']}"),
        (0, f"总投资：{total}万元"),
        (0, "资金来源：财政资金"),
        (0, row["goal"]),
        (1, "二、现状与必要性"),
        (0, "现有工作以人工登记为主，数据分散，统计口径不一，难以满足日常管理需要。"),
        (1, "三、建设内容"),
        (0, "功能清单如下表。"),
    )
    return Paper(row["file"], row["name"], paragraphs, modules)


def _groups(row: Mapping[str, Any]) -> list[tuple[str, ...]]:
    if "base" in row:
        domain = next(d for d in domains() if d.key == row["base"]["domain"])
        words = [pair[row["base"]["wording"]] for pair in domain.functions]
        return [tuple(words[start : start + 4]) for start in range(0, 12, 4)]
    own = [tuple(group) for group in row["own"]]
    return own + [tuple(pair[0] for pair in pairs(key)) for key in row["rebuilt"]]


def write(paper: Paper, folder: Path) -> None:
    """Writes the paper as docx or pdf, by its file name."""
    folder.mkdir(parents=True, exist_ok=True)
    content = _pdf(paper) if paper.file.endswith(".pdf") else _docx(paper)
    (folder / paper.file).write_bytes(content)


def _docx(paper: Paper) -> bytes:
    document = Document()
    document.add_heading(paper.name, 0)
    for level, text in paper.paragraphs:
        if level:
            document.add_heading(text, level)
        else:
            document.add_paragraph(text)
    table = document.add_table(rows=1, cols=len(HEADER))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, HEADER, strict=True):
        cell.text = text
    for title, functions, amount in paper.modules:
        rows = [table.add_row().cells for _ in functions]
        for cells, function in zip(rows, functions, strict=True):
            cells[1].text = function
            cells[2].text = f"支持{function}的办理与查询"
        for column, text in ((0, title), (3, str(amount))):
            rows[0][column].merge(rows[-1][column]).text = text
    saved = io.BytesIO()
    document.save(saved)
    return fixed(saved.getvalue())


def _pdf(paper: Paper) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    text = ParagraphStyle("text", fontName=FONT, fontSize=11, leading=18, wordWrap="CJK")
    heading = ParagraphStyle("heading", parent=text, fontSize=14, leading=26)
    story: list[Any] = [Paragraph(paper.name, heading)]
    story += [Paragraph(words, heading if level else text) for level, words in paper.paragraphs]
    rows: list[list[str]] = [list(HEADER)]
    spans = []
    for title, functions, amount in paper.modules:
        first = len(rows)
        for number, function in enumerate(functions):
            lead = (title, str(amount)) if number == 0 else ("", "")
            rows.append([lead[0], function, f"支持{function}的办理与查询", lead[1]])
        spans += [("SPAN", (column, first), (column, len(rows) - 1)) for column in (0, 3)]
    style = [("FONT", (0, 0), (-1, -1), FONT, 10), ("GRID", (0, 0), (-1, -1), 0.5, colors.black), *spans]
    story.append(Table(rows, repeatRows=1, style=style, colWidths=[95, 120, 190, 70]))
    saved = io.BytesIO()
    SimpleDocTemplate(saved, pagesize=A4, title=paper.name, invariant=1).build(story)
    return saved.getvalue()


def expected() -> str:
    """The conclusions hoped for, with reasons, as YAML."""
    rows = yaml.safe_load((HERE / "proposals.yaml").read_text("utf-8"))["proposals"]
    listed = [{"file": row["file"], "verdict": row["expected"], "why": row["why"]} for row in rows]
    head = "# 示例数据（虚构）：五份材料的预期结论，仅供测试对照。\n"
    return head + yaml.safe_dump({"version": 1, "proposals": listed}, allow_unicode=True, sort_keys=False)
