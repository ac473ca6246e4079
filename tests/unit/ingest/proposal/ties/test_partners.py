"""Ties that the cells of a function list tell beside the functions."""

import pytest

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.proposal.reader import read_proposal
from kg.matching.description import Description
from kg.model import Place


def listed(explained: str, heading: str = "功能说明") -> Description:
    rows = (
        ("序号", "功能模块", "功能点", heading),
        ("1", "巡护", "轨迹上传", explained),
        ("2", "巡护", "隐患上报", ""),
    )
    table = Block(BlockKind.TABLE, Place(block=2), rows=tuple(Row(row, Place(block=2)) for row in rows))
    name = Block(BlockKind.PARAGRAPH, Place(block=1), "项目名称：云江市古树巡护系统")
    return read_proposal(Document("a.docx", "0" * 64, "docx", (name, table))).description


@pytest.mark.parametrize(
    ("cell", "uses"),
    [
        ("调用市时空大数据平台底图", ("市时空大数据平台",)),
        ("手机端定位；数据推送至省林业综合管理平台。", ("省林业综合管理平台",)),
        ("与市12345热线平台对接，获取工单", ("市12345热线平台",)),
        ("通过市统一消息平台发送提醒", ("市统一消息平台",)),
        ("无需对接市时空大数据平台", ()),
        ("记录巡护轨迹并展示", ()),
        ("云江市古树巡护系统的移动端", ()),
    ],
)
def test_what_explains_a_function_may_name_what_it_uses(cell: str, uses: tuple[str, ...]) -> None:
    assert listed(cell).uses == uses
    assert listed(cell, "备注").uses == uses


def test_a_remark_may_say_what_a_function_replaces() -> None:
    assert listed("替代原林业巡护管理系统", "备注").replaces == ("林业巡护管理系统",)
