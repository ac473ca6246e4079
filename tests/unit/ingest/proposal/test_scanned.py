"""A scanned proposal read as one set in type: its facts are there, and say that a recogniser read them."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from ingest.discovery import Found
from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.proposal.files import read_proposal_file
from ingest.proposal.reader import read_proposal
from ingest.reading import Options, read_file
from kg.matching.proposal import Proposal
from kg.model import Entity, Place, Record
from tests.unit.ingest.documents.scans import scanned

FONT = "STSong-Light"
NAME = "云江市智慧供水监管平台建设项目"
UNIT = "云江市水务局"
HEADER = ("序号", "子系统", "功能模块", "功能描述", "投资（万元）")
LIST = (
    ("数据汇聚子系统", "水质监测接入", "接入重点水厂在线水质数据，支持断点续传与质量校验", "12.5"),
    ("数据汇聚子系统", "管网台账治理", "清洗管网、泵站、阀门台账并统一编码", "18"),
    ("数据汇聚子系统", "视频接入", "接入水厂与泵站视频，按权限调阅", "21.6"),
    ("数据汇聚子系统", "共享交换", "与政务数据共享平台交换供水数据", "9.4"),
    ("监管应用子系统", "供水预警", "对压力和水质异常进行分级预警", "25.3"),
    ("监管应用子系统", "抢修调度", "派发抢修工单并跟踪闭环", "30"),
    ("监管应用子系统", "用水分析", "按片区、行业统计用水量", "16.8"),
    ("监管应用子系统", "计划停水", "发布停水计划并通知受影响用户", "11.2"),
    ("监管应用子系统", "二次供水监管", "登记二次供水设施，记录清洗消毒", "27"),
    ("公众服务子系统", "水费查询", "查询水费、水量和缴费记录", "8.5"),
    ("公众服务子系统", "报装办理", "网上申请用水报装并查询进度", "19.7"),
    ("公众服务子系统", "投诉处理", "受理、转办、反馈和回访", "14"),
)
TOTAL = Decimal("214.0")
PARTS = (6, 6)
"""Lines of the list on its two pages; the second repeats no heading."""
TEXT = (
    "近年来，全市供水企业各自建有生产调度系统，数据口径不一，主管部门难以及时掌握水质和压力情况。"
    "本项目拟汇聚各水厂数据，建立统一的监管平台，提升应急处置能力。"
)


def typed(folder: Path) -> Path:
    """The five pages as they were set: cover, reasons, the list over two pages, and costs."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    pages: list[list[Flowable]] = [
        _text(NAME, "申报方案", f"项目名称：{NAME}", f"建设单位：{UNIT}", "建设周期：2026年3月至2026年12月"),
        _text("一、项目背景", TEXT, "二、建设必要性", TEXT, TEXT),
        [*_text("三、建设内容", "功能清单如下表所示。"), _list([HEADER, *_rows(0, PARTS[0])])],
        [_list([*_rows(PARTS[0], len(LIST)), ("合计", "", "", "", str(TOTAL))])],
        _text(
            "四、投资估算",
            f"项目总投资{TOTAL}万元，资金来源为市级财政资金。",
            "五、安全保障",
            "等级保护三级。",
        ),
    ]
    story = [part for page in pages for part in (*page, PageBreak())][:-1]
    SimpleDocTemplate(str(folder / "typed.pdf")).build(story)
    return folder / "typed.pdf"


def _text(*paragraphs: str) -> list[Flowable]:
    style = ParagraphStyle("text", fontName=FONT, fontSize=12, leading=22, wordWrap="CJK")
    return [Paragraph(text, style) for text in paragraphs]


def _rows(first: int, end: int) -> list[tuple[str, ...]]:
    return [(str(n), *line) for n, line in enumerate(LIST[first:end], first + 1)]


def _list(rows: Sequence[Sequence[str]]) -> Table:
    style = ParagraphStyle("cell", fontName=FONT, fontSize=10, leading=14, wordWrap="CJK")
    cells = [[Paragraph(cell, style) for cell in row] for row in rows]
    grid = ("GRID", (0, 0), (-1, -1), 0.6, colors.black)
    return Table(cells, colWidths=(35, 95, 95, 180, 70), style=[grid])


def right(proposal: Proposal) -> list[bool]:
    """Whether each fact of the paper was read as written."""
    told = proposal.description
    amounts = {item.text: item.amount for item in told.items}
    head = [told.name == NAME, told.department == UNIT, proposal.budget == TOTAL * 10000]
    names = [name in amounts for _, name, _, _ in LIST]
    money = [amounts.get(name) == Decimal(sum_) * 10000 for _, name, _, sum_ in LIST]
    return [*head, *names, *money]


@pytest.mark.slow
def test_five_scanned_pages_give_nine_facts_in_ten_and_bear_their_mark(tmp_path: Path) -> None:
    path = scanned(typed(tmp_path), tmp_path / "scan.pdf", tilts=(0.5, -0.4, 0.3, -0.7, 0.2))
    proposal = read_proposal_file(path)
    found = right(proposal)
    assert sum(found) >= 0.9 * len(found)
    assert found[:3] == [True, True, True]
    assert proposal.confidence < 0.8
    assert {item.place[:3] for item in proposal.description.items} == {"第3页", "第4页"}
    assert all(item.place.endswith("（文字识别）") for item in proposal.description.items)
    assert all(fact.place.endswith("（文字识别）") for fact in proposal.facts)
    assert "第1—5页为扫描件，由文字识别（OCR）读出，请对照原件核对" in proposal.unread


def document(*, annex_scanned: bool, cover_scanned: bool) -> Document:
    """A paper of two pages: facts of the head on the first, the list on the second."""
    header, lines = HEADER[2:], [line[1:] for line in LIST[:3]]
    rows = tuple(Row(cells, Place(page=2, block=3, row=n)) for n, cells in enumerate([header, *lines], 1))
    blocks = (
        Block(BlockKind.PARAGRAPH, Place(page=1, block=1), f"项目名称：{NAME}", scanned=cover_scanned),
        Block(BlockKind.PARAGRAPH, Place(page=1, block=2), f"建设单位：{UNIT}", scanned=cover_scanned),
        Block(BlockKind.TABLE, Place(page=2, block=3), rows=rows, scanned=annex_scanned),
    )
    return Document("方案.pdf", "0" * 64, "pdf", blocks)


def record(read: Document, folder: Path) -> Record:
    file = Found(folder / "方案.pdf", "方案.pdf", "")
    file.path.write_bytes(b"%PDF-1.7")
    reading = read_file(file, Options("2026-05-06", source="proposal"), lambda path: read).reading
    return reading.lots[0].records[0]


def functions(found: Record) -> list[Entity]:
    return [entity for entity in found.entities if entity.type == "Function"]


def test_list_on_a_scanned_page_is_not_firm_and_the_typed_cover_keeps_its_places() -> None:
    proposal = read_proposal(document(annex_scanned=True, cover_scanned=False))
    assert proposal.confidence == 0.75
    assert {item.place for item in proposal.description.items} == {
        f"第2页的表格第{number}行（文字识别）" for number in (2, 3, 4)
    }
    assert {fact.place for fact in proposal.facts if fact.kind in {"name", "department"}} == {"第1页"}


def test_typed_proposal_bears_no_mark() -> None:
    proposal = read_proposal(document(annex_scanned=False, cover_scanned=False))
    assert proposal.confidence == 1
    assert not any("文字识别" in item.place for item in proposal.description.items)


def test_claims_of_scanned_functions_name_their_page_and_how_they_were_read(tmp_path: Path) -> None:
    found = record(document(annex_scanned=True, cover_scanned=False), tmp_path)
    assert found.claim.rule == "proposal"
    claims = [claim for entity in functions(found) for claim in entity.claims]
    assert [(c.place.page, c.rule, c.confidence, c.is_recognised) for c in claims] == [
        (2, "proposal.function+ocr", 0.75, True)
    ] * 3


def test_claim_of_a_record_on_a_scanned_page_is_marked_once(tmp_path: Path) -> None:
    found = record(document(annex_scanned=True, cover_scanned=True), tmp_path)
    assert (found.claim.rule, found.claim.place.page, found.claim.confidence) == ("proposal+ocr", 1, 0.75)
    assert {claim.rule for entity in functions(found) for claim in entity.claims} == {"proposal.function+ocr"}


def test_nothing_is_marked_in_a_typed_paper(tmp_path: Path) -> None:
    found = record(document(annex_scanned=False, cover_scanned=False), tmp_path)
    assert not found.claim.is_recognised
    assert not any(claim.is_recognised for entity in functions(found) for claim in entity.claims)
