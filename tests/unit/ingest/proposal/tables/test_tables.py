"""A table is known by its headings, its own title, and nothing said before the heading above it."""

import pytest

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.proposal.reader import read_proposal
from kg.matching.proposal import Proposal
from kg.model import Place

PRICED = (
    ("序号", "功能模块", "功能说明", "金额（万元）"),
    ("1", "公文流转", "收发文办理", "20"),
    ("2", "会议管理", "会议通知", "10"),
    ("3", "督查督办", "", "15"),
    ("合计", "", "", "45"),
)
SHORT = tuple((row[0], row[1], row[3]) for row in PRICED)
FUNCTIONS = ["公文流转", "会议管理", "督查督办"]


def read(*lines: str, rows: tuple[tuple[str, ...], ...]) -> Proposal:
    """A proposal of lines, `#` before a heading, with a table below the last."""
    blocks = [
        Block(
            BlockKind.HEADING if line.startswith("#") else BlockKind.PARAGRAPH,
            Place(block=number),
            line.lstrip("# "),
            len(line) - len(line.lstrip("#")),
        )
        for number, line in enumerate(("项目名称：柳堤市协同办公系统", *lines), 1)
    ]
    placed = tuple(Row(row, Place(block=99, row=n)) for n, row in enumerate(rows, 1))
    table = Block(BlockKind.TABLE, Place(block=99), rows=placed)
    return read_proposal(Document("a.docx", "0" * 64, "docx", (*blocks, table)))


@pytest.mark.parametrize("rows", [PRICED, SHORT, PRICED[:-1], SHORT[:-1]])
@pytest.mark.parametrize(
    "lines",
    [
        ("# 功能清单及投资估算",),
        ("# 系统功能模块与经费概算",),
        ("# 建设内容", "表1 功能模块投资概算表（单位：万元）"),
        ("本单位现有系统运行良好。", "# 建设功能清单"),
        ("现有系统已停用。", "# 建设功能清单"),
        ("本单位现有系统运行良好。", "# 三、建设内容", "## （一）功能清单"),
        ("本单位现有系统已停用。建设功能如下：",),
        ("现有系统已停用。",),
        ("# 现有系统改造功能清单",),
        ("本项目依托现有服务器和云资源建设。",),
    ],
)
def test_priced_functions_are_a_function_list(
    lines: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    items = read(*lines, rows=rows).description.items
    assert [(item.text, item.path) for item in items] == [(name, "") for name in FUNCTIONS]
    assert [item.amount for item in items] == [200000, 100000, 150000]


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        (
            "已建系统清单",
            (("系统名称", "主要功能", "投资（万元）"), ("甲系统", "公文流转", "30"), ("乙系统", "会议", "5")),
        ),
        ("现有系统", (("名称", "主要功能", "投资（万元）"), ("甲系统", "公文流转", "30"))),
        (
            "功能设备清单",
            (("设备名称", "规格型号", "功能", "数量", "金额（万元）"), ("柜", "A1", "存放", "2", "3")),
        ),
        ("投资概算", (("序号", "费用名称", "金额（万元）"), ("1", "监理费", "3"), ("", "合计", "3"))),
    ],
)
def test_prices_alone_make_no_function_list(heading: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert read(f"# {heading}", rows=rows).description.items == ()


@pytest.mark.parametrize(
    "line",
    ["本项目建设体育场馆惠民开放系统。", "本项目直接部署海岚省体育局已建的体育场馆系统，不再重复开发。"],
)
def test_a_sentence_is_no_part_of_the_system(line: str) -> None:
    assert {item.path for item in read(line, rows=SHORT).description.items} == {""}
    assert {item.path for item in read(line, "# 建设功能清单", rows=SHORT).description.items} == {""}


def test_a_sentence_may_tell_the_unit_of_money() -> None:
    rows = (("功能模块", "金额"), ("公文流转", "20"), ("会议管理", "10"))
    (first, _) = read("# 功能清单", "金额单位：万元。", rows=rows).description.items
    assert first.amount == 200000


@pytest.mark.parametrize("rows", [PRICED, SHORT])
def test_a_cost_table_of_functions_counts_where_there_is_no_other_list(
    rows: tuple[tuple[str, ...], ...],
) -> None:
    assert [item.text for item in read("# 投资估算", rows=rows).description.items] == FUNCTIONS
