"""Functions that running text names: lists without a word for their kind, chapters named by a bare line."""

import pytest

from ingest.documents.blocks import Block, BlockKind
from ingest.proposal.prose.items import prose_items
from ingest.proposal.sections import placed
from kg.model import Place


def told(*lines: str) -> list[str]:
    kinds = [BlockKind.HEADING if line.startswith("#") else BlockKind.PARAGRAPH for line in lines]
    blocks = [
        Block(kind, Place(block=n), line.lstrip("# "), len(line) - len(line.lstrip("#")))
        for n, (kind, line) in enumerate(zip(kinds, lines, strict=True), 1)
    ]
    items, _ = prose_items(list(placed(blocks)))
    return [f"{item.path}/{item.text}".strip("/") for item in items]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("巡护子系统实现轨迹上传、隐患上报、任务派发。", ["轨迹上传", "隐患上报", "任务派发"]),
        ("本项目建设苗木登记、移植审批、养护考核。", ["苗木登记", "移植审批", "养护考核"]),
        ("公众端主要提供名木查询、认养申请。", ["名木查询", "认养申请"]),
        ("平台支持：病害识别、专家会诊、处置跟踪；手机端可实现扫码巡检、拍照上报。", [
            "病害识别", "专家会诊", "处置跟踪", "扫码巡检", "拍照上报"]),
    ],
)  # fmt: skip
def test_a_sentence_may_end_with_its_list(sentence: str, names: list[str]) -> None:
    assert told("# 三、建设内容", sentence) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "监管子系统供市、县两级使用。",
        "平台提供对市、对县、对乡的服务。",
        "系统支持通过短信、按需推送、向公众公开。",
        "本项目建设覆盖全市，由各单位共同推进。",
    ],
)
def test_other_rows_of_words_are_no_functions(sentence: str) -> None:
    assert told("# 三、建设内容", sentence) == []


def test_such_a_list_counts_only_where_it_is_told_what_is_built() -> None:
    assert told("# 二、组织机构", "原系统提供轨迹上传、隐患上报、任务派发。") == []


@pytest.mark.parametrize("line", ["建设内容", "系统功能：", "建设任务", "功能需求"])
def test_a_bare_line_may_name_the_chapter_of_titles_that_count_anew(line: str) -> None:
    lines = (
        line,
        "# 一、巡护中心",
        "1.轨迹上传",
        "2.隐患上报",
        "# 二、养护中心",
        "1.派单",
        "# 三、投资概算",
        "1.软件费",
    )
    assert told("建设单位概况", *lines) == ["巡护中心/轨迹上传", "巡护中心/隐患上报", "养护中心/派单"]


def test_without_such_a_line_titles_tell_nothing() -> None:
    assert told("# 一、巡护中心", "1.轨迹上传", "2.隐患上报") == []
