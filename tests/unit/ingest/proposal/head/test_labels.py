"""Facts of the head beside their labels, in all the ways forms and title pages write them."""

import pytest

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.proposal.reader import read_proposal
from kg.matching.proposal import Proposal
from kg.model import Place


def read(*lines: str, rows: tuple[tuple[str, ...], ...] = ()) -> Proposal:
    blocks = [Block(BlockKind.PARAGRAPH, Place(block=n), line) for n, line in enumerate(lines, 1)]
    table = Block(BlockKind.TABLE, Place(block=99), rows=tuple(Row(row, Place(block=99)) for row in rows))
    return read_proposal(Document("材料/a.docx", "0" * 64, "docx", (*blocks, *([table] if rows else []))))


@pytest.mark.parametrize(
    "line",
    [
        "建设单位：平川市林业局",
        "（二）建设单位: 平川市林业局。",
        "3.建 设 单 位（盖章）：平川市林业局",
        "建设单位\t平川市林业局",
        "项目名称：古树系统    建设单位：平川市林业局    总投资：20万元",
        "建设单位为平川市林业局，负责系统的建设和使用。",
        "本项目由平川市林业局牵头建设。",
    ],
)
def test_the_unit_is_read_in_every_writing(line: str) -> None:
    assert read(line).description.department == "平川市林业局"


@pytest.mark.parametrize(
    ("line", "yuan"),
    [
        ("总投资：320.5万元", 3_205_000),
        ("总投资（万元）：320.5", 3_205_000),
        ("项目总投资约为人民币320.5万元。", 3_205_000),
        ("经测算，本项目共需资金98万元，由市财政解决。", 980_000),
        ("投资概算：1.2亿元", 120_000_000),
        ("预算金额：3,205,000.00元", 3_205_000),
        ("申请资金：伍拾贰万元整", 520_000),
        ("一期项目总投资500万元，已建成使用。", None),
        ("系统每年运维费用20万元。", None),
    ],
)
def test_the_money_of_the_project_is_told_from_other_money(line: str, yuan: int | None) -> None:
    assert read(line).budget == yuan


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("□新建 ☑升级改造 □运维", "升级改造"),
        ("■新建 □续建", "新建"),
        ("[√]新建 [ ]续建", "新建"),
        ("□新建 □续建", None),
        ("新建", "新建"),
    ],
)
def test_of_boxes_the_ticked_one_counts(value: str, kind: str | None) -> None:
    assert read(rows=(("项目性质", value), ("建设单位", "平川市林业局"))).build_kind == kind


def test_an_unticked_upgrade_declares_nothing() -> None:
    assert read("项目名称：古树保护系统", "建设性质：☑新建 □续建").description.declared == ""
    assert "续建" in read("项目名称：古树保护系统", "建设性质：□新建 ☑续建").description.declared


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ("2026年", "2026"),
        ("2026年4月至2027年3月", "2026/2027"),
        ("十五五期间", "2026/2030"),
        ("12个月", ""),
    ],
)
def test_a_period_is_its_years(period: str, years: str) -> None:
    assert read(f"建设周期：{period}").description.period == years


def test_a_heading_may_be_the_label_of_the_line_below() -> None:
    blocks = (
        Block(BlockKind.HEADING, Place(block=1), "1.1 项目名称", 2),
        Block(BlockKind.PARAGRAPH, Place(block=2), "平川市古树保护信息系统"),
        Block(BlockKind.HEADING, Place(block=3), "1.2 建设单位", 2),
        Block(BlockKind.PARAGRAPH, Place(block=4), "平川市林业局。"),
        Block(BlockKind.HEADING, Place(block=5), "1.3 资金来源", 2),
        Block(BlockKind.HEADING, Place(block=6), "1.4 效益", 2),
        Block(BlockKind.PARAGRAPH, Place(block=7), "节约人力。"),
    )
    found = read_proposal(Document("a.docx", "0" * 64, "docx", blocks))
    assert (found.description.name, found.description.department) == (
        "平川市古树保护信息系统",
        "平川市林业局",
    )
    assert found.fund_source is None


def test_a_term_without_a_year_yields_to_a_label_that_has_one() -> None:
    assert read("建设周期：12个月", "申报年度：2026").description.period == "2026"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("平川市古树保护信息系统建设方案（送审稿）",), "平川市古树保护信息系统"),
        (
            ("平川市林业局", "平川市古树保护", "信息系统建设项目", "可行性研究报告"),
            "平川市古树保护信息系统建设项目",
        ),
        (("关于申请古树保护系统建设项目立项的请示",), "古树保护系统建设项目"),
        (("天气很好。",), "a"),
    ],
)
def test_a_name_without_label_stands_on_the_title_page(lines: tuple[str, ...], name: str) -> None:
    assert read(*lines).description.name == name


def test_every_fact_says_where_it_stands() -> None:
    found = read("项目名称：古树系统", "建设单位：平川市林业局", "总投资：20万元", "系统对接市政务云。")
    assert [(fact.kind, fact.value, fact.place) for fact in found.facts] == [
        ("name", "古树系统", "第1段"),
        ("department", "平川市林业局", "第2段"),
        ("budget", "20万元", "第3段"),
        ("uses", "市政务云", "第4段"),
    ]


@pytest.mark.parametrize(
    ("line", "yuan"),
    [
        ("项目总投资叁佰贰拾万元。", 3_200_000),
        ("本项目预计投入资金九十八万元整，由县财政安排。", 980_000),
        ("本项目计划投入专项经费120.5万元。", 1_205_000),
        ("经测算，总投资约为一千二百万元。", 12_000_000),
        ("项目建设共需资金贰佰万圆整。", 2_000_000),
        ("一期项目总投资五百万元，已建成。", None),
        ("系统运维费用每年二十万元。", None),
        ("项目总投资以批复为准，其中监理费三万元。", None),
    ],
)
def test_money_in_words_is_money_of_the_project(line: str, yuan: int | None) -> None:
    assert read(line).budget == yuan


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("本项目建设期10个月，自2026年3月起至2027年1月止。", "2026/2027"),
        ("项目工期为一年半，从2025年11月起至2027年4月底。", "2025/2027"),
        ("本期建设周期24个月，自2026年至2027年。", "2026/2027"),
        ("建设工期6个月，自2026年3月1日起至2026年8月31日止。", "2026"),
        ("建设工期6个月，自合同签订之日起计算。", ""),
    ],
)
def test_a_span_of_dates_is_read_to_its_end(line: str, period: str) -> None:
    assert read(line).description.period == period


@pytest.mark.parametrize(
    "cell",
    [
        "市统一消息平台、省电子印章系统。\n停用系统：云江市渔政执法系统",
        "复用：市统一消息平台、省电子印章系统。 拟停用系统：云江市渔政执法系统（2012年建）。",
        "复用：市统一消息平台；省电子印章系统\n替代系统：云江市渔政执法系统\n建设单位：云江市水务局",
        "市统一消息平台、\n省电子印章系统\n拟替换系统：云江市渔政执法系统（建于2012年）",
    ],
)
def test_a_cell_ends_where_another_label_begins(cell: str) -> None:
    told = read(rows=(("项目名称", "船舶系统"), ("共享复用情况", cell))).description
    assert told.uses == ("市统一消息平台", "省电子印章系统")
    assert told.replaces == ("云江市渔政执法系统",)


def test_lines_without_a_label_go_on_with_their_cell() -> None:
    told = read(rows=(("项目名称", "云江市智慧\n供水系统"), ("建设单位", "云江市\n水务局"))).description
    assert told.name == "云江市智慧 供水系统"
    assert told.department == "云江市 水务局"
