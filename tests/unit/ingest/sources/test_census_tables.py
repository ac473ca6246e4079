"""Any table, however it is filled: read without breaking, each row as a record or with a reason."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.sources.base import Context
from ingest.sources.census import CensusSource
from ingest.sources.layouts import census_sheets
from ingest.sources.mapping import load_mapping
from kg.errors import DocumentError
from kg.model import Place

HERE = Context("a.xlsx", "2026-03-01")
WORDS = (
    "系统名称",
    "建设单位",
    "主要功能",
    "投资（万元）",
    "上线时间",
    "状态",
    "用户数",
    "序号",
    "名称",
    "系统",
)
LOOSE = (
    "功能简介",
    "与其他系统对接情况",
    "责任处室/单位",
    "是否在用",
    "建设时间",
    "领导批示",
    "已复用支撑平台",
)
CELLS = (
    "养老管理系统",
    "南宁市民政局",
    "登记、查询",
    "12",
    "2020年",
    "在用",
    "",
    "",
    "，",
    "一、自建",
    "合计",
    "否",
    "，，",
)
HEADERS = st.lists(st.sampled_from(WORDS + LOOSE), min_size=2, max_size=7)
ROWS = st.lists(st.lists(st.sampled_from(CELLS + WORDS), min_size=2, max_size=7), max_size=6)


def table(rows: Sequence[Sequence[str]]) -> Document:
    placed = tuple(Row(tuple(cells), Place("表", number, block=1)) for number, cells in enumerate(rows, 1))
    return Document("a.xlsx", "0", "xlsx", (Block(BlockKind.TABLE, Place("表", block=1), rows=placed),))


@settings(max_examples=150, deadline=None)
@given(HEADERS, ROWS)
def test_every_row_is_a_record_or_a_rejection(header: list[str], rows: list[list[str]]) -> None:
    document = table([header, *rows])
    source = CensusSource(forced=True)
    sheets = list(census_sheets(document, load_mapping("census"), forced=True))
    if not sheets:
        with pytest.raises(DocumentError, match="所见表头"):
            source.read(document, HERE)
        return
    reading = source.read(document, HERE)
    read = sum(len(sheet.lines) + len(sheet.repeated) for sheet in sheets)
    assert sum(len(lot.records) for lot in reading.lots) + len(reading.rejected) == read
    assert reading == source.read(document, HERE)


@settings(max_examples=100, deadline=None)
@given(HEADERS)
def test_a_header_serves_one_field_and_a_field_has_one_header(header: list[str]) -> None:
    document = table([header, ["养老管理系统"] * len(header)])
    for sheet in census_sheets(document, load_mapping("census"), forced=True):
        fields = list(sheet.header.columns.values())
        assert len(fields) == len(set(fields))
        assert not sheet.header.columns.keys() & sheet.header.unknown.keys()


def test_functions_stand_in_all_columns_below_one_merged_heading() -> None:
    grouped = Row(("系统名称", "建设单位", "主要功能", "主要功能"), Place("表", 1), across=(3,))
    body = Row(("养老管理系统", "南宁市民政局", "登记", "查询"), Place("表", 3))
    assert functions(grouped, Row(("", "", "功能一", "功能二"), Place("表", 2)), body) == "登记\n查询"
    assert functions(grouped, Row(("", "", "主要功能", "用户数"), Place("表", 2)), body) == "登记"


def functions(*rows: Row) -> str:
    block = Block(BlockKind.TABLE, Place("表", block=1), rows=rows)
    (sheet,) = census_sheets(Document("a.xlsx", "0", "xlsx", (block,)), load_mapping("census"), forced=False)
    return next(line.get("functions") for line in sheet.lines if line.get("name") == "养老管理系统")
