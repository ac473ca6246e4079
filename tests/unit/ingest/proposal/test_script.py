"""Proposals in traditional characters say what their simplified twins say, in their own characters."""

import pytest

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.proposal.reader import read_proposal
from ingest.proposal.script import simplified
from kg.matching.proposal import Proposal
from kg.model import Place
from kg.text import simplify

PAPERS = (
    (
        "南寧市漁港船舶進出港報告系統建設方案",
        "建設單位：南寧市農業農村局",
        "資金來源：市級財政資金",
        "本系統對接廣西漁船動態監控平臺，複用自治區統一身份認證平臺，不另建短信平臺。",
    ),
    (
        "項目名稱：柳州市數字檔案館",
        "申報單位：柳州市檔案館",
        "經費來源：專項債券",
        "系統上線後替換原檔案目錄查詢系統，並調用電子印章系統。",
    ),
    (
        "項目名稱：雲南省煙葉收購系統",
        "建設單位：雲南省煙草局",
        "建設性質：擴建",
        "數據推送至省數據共享交換平臺。",
    ),
    (
        "項目名稱：桂林市遊客服務平臺",
        "建設單位：桂林市文化廣電和旅遊局",
        "等級保護：第三級",
        "平臺通過市統一消息平臺發送短信。",
    ),
)


def document(*lines: str) -> Document:
    blocks = [Block(BlockKind.PARAGRAPH, Place(block=n), line) for n, line in enumerate(lines, 1)]
    rows = (("序號", "功能模組", "功能點"), ("1", "船舶", "進港登記"), ("2", "船舶", "出港登記"))
    table = Block(BlockKind.TABLE, Place(block=9), rows=tuple(Row(row, Place(block=9)) for row in rows))
    return Document("a.docx", "0" * 64, "docx", (*blocks, table))


def told(proposal: Proposal) -> list[tuple[str, str]]:
    return [(fact.kind, simplify(fact.value)) for fact in proposal.facts]


@pytest.mark.parametrize("lines", PAPERS)
def test_both_scripts_say_the_same(lines: tuple[str, ...]) -> None:
    written, plain = document(*lines), simplified(document(*lines))
    read, twin = read_proposal(written), read_proposal(plain)
    assert told(read) == told(twin)
    assert len(told(read)) >= 4
    assert read.description.region == twin.description.region
    assert len(read.description.region) >= 3
    assert simplify(read.description.declared) == twin.description.declared
    assert (read.build_kind, read.grade) == (twin.build_kind, twin.grade)


@pytest.mark.parametrize("lines", PAPERS)
def test_what_is_told_stands_in_the_paper(lines: tuple[str, ...]) -> None:
    whole = "\n".join(lines)
    read = read_proposal(document(*lines))
    assert [fact.value for fact in read.facts if fact.value not in whole] == []
    assert [(item.path, item.text) for item in read.description.items] == [
        ("船舶", "進港登記"),
        ("船舶", "出港登記"),
    ]
    assert read.description.text == whole


def test_a_simplified_paper_is_read_as_it_is() -> None:
    paper = simplified(document("建设单位：柳州市档案馆"))
    assert simplified(paper) is paper
