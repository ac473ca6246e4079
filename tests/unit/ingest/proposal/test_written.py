"""Proposals as offices write and save them: GBK, traditional characters, automatic numbers, bold headings."""

from decimal import Decimal
from pathlib import Path

import pytest

from ingest.proposal.files import read_proposal_file
from kg.matching.proposal import Proposal
from tests.unit.ingest.documents.samples import paragraph, part, write_word

LINES = (
    "项目名称：云江市智慧供水监管平台建设项目",
    "建设单位：云江市水务局",
    "总投资：86万元",
    "一、建设内容",
    "本项目建设水质监测、压力预警和用水分析等功能。",
)


def names(proposal: Proposal) -> list[str]:
    return [item.text for item in proposal.description.items]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-16"])
def test_lines_of_labels_and_values_are_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text("\n".join(LINES), encoding=encoding)
    proposal = read_proposal_file(tmp_path / "a.txt")
    told = proposal.description
    assert (told.name, told.department) == ("云江市智慧供水监管平台建设项目", "云江市水务局")
    assert proposal.budget == Decimal(860_000)
    assert names(proposal) == ["水质监测", "压力预警", "用水分析"]


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def test_traditional_characters_are_understood_and_kept(tmp_path: Path) -> None:
    rows = row("序號", "功能模組", "功能點", "金額（萬元）") + row("1", "監測", "水質監測", "12")
    body = paragraph("項目名稱：雲江市智慧供水監管平臺建設項目") + paragraph("建設單位：雲江市水務局")
    path = write_word(tmp_path / "a.docx", f"{body}<w:tbl>{rows}{row('2', '監測', '壓力預警', '30')}</w:tbl>")
    proposal = read_proposal_file(path)
    assert proposal.description.name == "雲江市智慧供水監管平臺建設項目"
    assert proposal.description.department == "雲江市水務局"
    assert [(item.text, item.amount) for item in proposal.description.items] == [
        ("水質監測", Decimal(120_000)),
        ("壓力預警", Decimal(300_000)),
    ]


def test_automatic_numbers_and_bold_lines_make_the_headings_of_functions(tmp_path: Path) -> None:
    form = '<w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
    level = f'<w:lvl w:ilvl="0">{form}</w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        paragraph("项目名称：云江市智慧供水监管平台建设项目")
        + paragraph("项目概况", number)
        + paragraph("建设单位：云江市水务局")
        + paragraph("建设内容", number)
        + paragraph("监测子系统", run="<w:b/>")
        + paragraph("包括水质监测、压力预警和用水分析等功能。")
    )
    path = write_word(tmp_path / "a.docx", body, numbering=part("numbering", numbering))
    proposal = read_proposal_file(path)
    assert proposal.description.department == "云江市水务局"
    assert [(item.path, item.text) for item in proposal.description.items] == [
        ("监测子系统", "水质监测"),
        ("监测子系统", "压力预警"),
        ("监测子系统", "用水分析"),
    ]
