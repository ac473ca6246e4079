"""Cells of contents beside a part of the system, and functions behind bullets within one cell."""

import pytest

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.proposal.reader import read_proposal
from ingest.proposal.tables.cells import contents_of, functions_in
from kg.model import Place


@pytest.mark.parametrize(
    "cell",
    [
        "• 苗木登记 • 移植审批 • 养护考核",
        "●苗木登记 ●移植审批 ●养护考核",
        "-苗木登记 -移植审批 -养护考核",
        "■苗木登记\n■移植审批\n■养护考核",
        "· 苗木登记 · 移植审批 · 养护考核",
    ],
)
def test_bullets_part_the_functions_of_a_cell(cell: str) -> None:
    assert functions_in(cell) == ("苗木登记", "移植审批", "养护考核")


@pytest.mark.parametrize("cell", ["人-机协同调度", "12345-热线转办", "A-B线路巡检", "•苗木登记"])
def test_a_sign_within_a_name_parts_nothing(cell: str) -> None:
    assert len(functions_in(cell)) == 1


@pytest.mark.parametrize(
    "cell",
    ["苗木登记、移植审批", "1.苗木登记；2.移植审批", "●苗木登记 ●移植审批", "苗木登记；移植审批。"],
)
@pytest.mark.parametrize("heading", ["建设内容", "主要建设内容"])
@pytest.mark.parametrize("part", ["子系统", "模块"])
def test_contents_beside_a_part_are_its_functions(part: str, heading: str, cell: str) -> None:
    rows = (
        (part, heading, "金额（万元）"),
        ("绿化档案", cell, "45"),
        ("病害防治", "病害上报、专家会诊", "38"),
    )
    table = Block(BlockKind.TABLE, Place(block=2), rows=tuple(Row(row, Place(block=2)) for row in rows))
    name = Block(BlockKind.PARAGRAPH, Place(block=1), "项目名称：云江市园林平台")
    items = read_proposal(Document("a.docx", "0" * 64, "docx", (name, table))).description.items
    assert [(item.path, item.text) for item in items if item.path] == [
        ("绿化档案", "苗木登记"),
        ("绿化档案", "移植审批"),
        ("病害防治", "病害上报"),
        ("病害防治", "专家会诊"),
    ]
    assert sum(item.amount or 0 for item in items) == 830_000


@pytest.mark.parametrize(
    "cell",
    [
        "建设统一的园林档案，供市、县两级使用",
        "对苗木进行登记、对移植进行审批",
        "为园林管理人员提供各类苗木在线登记与移植审批的综合服务能力",
        "苗木登记",
    ],
)
def test_a_description_lists_nothing(cell: str) -> None:
    assert contents_of(cell) == ()
