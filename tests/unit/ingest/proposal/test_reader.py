"""Proposals are read from their tables first, and say so when nothing could be read."""

from decimal import Decimal

from ingest.documents.blocks import Block, BlockKind, Document, Row
from ingest.proposal.reader import read_proposal
from kg.model import Place


def document(*blocks: Block) -> Document:
    return Document("a.docx", "0" * 64, "docx", blocks)


def line(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, Place(block=1), text)


def test_function_table_gives_items_paths_and_yuan() -> None:
    cells = (
        ("子系统", "功能模块", "功能说明", "金额（万元）"),
        ("监测", "水位", "采集", "20"),
        ("合计", "合计", "", "20"),
    )
    table = Block(
        BlockKind.TABLE,
        Place(block=2),
        rows=tuple(Row(c, Place(block=2, row=n)) for n, c in enumerate(cells, 1)),
    )
    proposal = read_proposal(document(line("建设单位：某市水务局"), line("总投资：320.5万元"), table))
    (item,) = proposal.description.items
    assert (item.text, item.path, item.amount) == ("水位", "监测", Decimal(200000))
    assert proposal.budget == Decimal(3205000)
    assert proposal.description.department == "某市水务局"


def test_reuse_and_replacement_are_named_in_full() -> None:
    found = read_proposal(document(line("本项目复用市统一身份认证平台，替换原有水务管理系统。"))).description
    assert found.uses == ("市统一身份认证平台",)
    assert found.replaces == ("水务管理系统",)


def test_no_function_found_is_said() -> None:
    proposal = read_proposal(document(line("天气很好。")))
    assert proposal.description.items == ()
    assert any("未读出功能清单" in note for note in proposal.unread)


def priced(*rows: tuple[str, ...]) -> Document:
    cells = (("子系统", "功能点", "金额（万元）"), *rows)
    table = Block(
        BlockKind.TABLE,
        Place(block=2),
        rows=tuple(Row(row, Place(block=2, row=n)) for n, row in enumerate(cells, 1)),
    )
    return document(line("建设单位：某市水务局"), table)


def test_amounts_of_single_lines_stay_with_them() -> None:
    items = read_proposal(priced(("监测", "水位", "20"), ("监测", "雨量", "15"))).description.items
    assert [item.amount for item in items] == [Decimal(200000), Decimal(150000)]


def test_two_lines_of_one_price_are_two_amounts() -> None:
    items = read_proposal(priced(("监测", "水位", "20"), ("监测", "雨量", "20"))).description.items
    assert [item.amount for item in items] == [Decimal(200000), Decimal(200000)]


def test_reuse_of_a_shared_component_is_no_declared_deployment() -> None:
    uses = read_proposal(document(line("本项目复用市统一身份认证平台，替换旧登录系统。"))).description
    assert uses.declared == ""
    assert uses.uses == ("市统一身份认证平台",)
    deploys = read_proposal(document(line("本项目二次部署甲市已建成的校园安全系统。"))).description
    assert "二次部署" in deploys.declared
