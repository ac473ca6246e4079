"""Nothing that stands in a document makes the reader fail, or takes it long."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.proposal.reader import read_proposal
from kg.model import Place

HEADINGS = [
    "子系统",
    "模块",
    "功能点",
    "金额（万元）",
    "金额",
    "费用名称",
    "对接系统",
    "数量",
    "单价",
    "人月",
    "系统名称",
    "项目名称",
    "建设单位",
]
SUMS = ["合计", "小计", "总投资", "总投资：", "单位：万元", "同上", "硬件", "软件部分"]
FIGURES = ["1", "1.1", "二", "（一）", "20", "-3", "20-30", "九百亿元", "1e9", "²", "٣", "NaN"]
SIGNS = ["", " ", "\n", "/", "：", "（", "a/b", "系统", "水位\n雨量", "登记；审核", "1.登记2.审核"]
WORDS = [*HEADINGS, *SUMS, *FIGURES, *SIGNS]
CELLS = st.sampled_from(WORDS) | st.text(max_size=6)
LONG = {
    "one word": "市" * 20_000,
    "open brackets": "（" * 20_000,
    "cues": "依托" + "由现有的已建成的" * 3_000 + "系统",
    "denials": "不" * 20_000 + "对接市数据共享平台",
    "members": "系统提供" + "登记、" * 8_000 + "等功能",
    "labels": "项目名称" * 8_000,
    "spaces": "建设单位" + " " * 20_000 + "x",
    "digits": "总投资" + "1" * 20_000 + "万元",
    "phases": "本项目为" + "系统二期" * 4_000,
}


@st.composite
def tables(draw: st.DrawFn) -> Block:
    width = draw(st.integers(1, 6))
    rows = []
    for number in range(draw(st.integers(0, 8))):
        cells = tuple(draw(st.lists(CELLS, min_size=1, max_size=width)))
        marks = st.lists(st.integers(0, len(cells) - 1), unique=True, max_size=3)
        down = tuple(sorted(draw(marks))) if number else ()
        across = tuple(sorted(set(draw(marks)) - {0} - set(down)))
        rows.append(Row(cells, Place(block=1, row=number + 1), down, across))
    return Block(BlockKind.TABLE, Place(block=1), draw(CELLS), 0, tuple(rows))


def lines() -> st.SearchStrategy[Block]:
    texts = st.lists(CELLS, min_size=1, max_size=5).map("".join)
    return texts.map(lambda text: Block(BlockKind.PARAGRAPH, Place(block=1), text))


def headings() -> st.SearchStrategy[Block]:
    return lines().map(lambda block: Block(BlockKind.HEADING, block.place, f"建设内容{block.text}", 1))


@settings(deadline=None, max_examples=150)
@given(st.lists(tables() | lines() | headings(), max_size=5))
def test_any_document_is_read_or_said_to_have_no_functions(blocks: list[Block]) -> None:
    found = read_proposal(Document("a.docx", "0" * 64, "docx", tuple(blocks)))
    assert found.description.items or found.unread
    assert all(item.text.strip() for item in found.description.items)
    assert all(item.amount is None or item.amount >= 0 for item in found.description.items)


@pytest.mark.parametrize("text", LONG.values(), ids=list(LONG))
def test_a_long_line_is_read_in_time(text: str) -> None:
    blocks = (
        Block(BlockKind.HEADING, Place(block=1), "建设内容", 1),
        Block(BlockKind.PARAGRAPH, Place(block=2), text),
        Block(BlockKind.TABLE, Place(block=3), rows=(Row((text, text)), Row(("功能点", "金额")))),
    )
    start = time.process_time()
    read_proposal(Document("a.docx", "0" * 64, "docx", blocks))
    assert time.process_time() - start < 5
