"""A table that a line says to go on is one with the table above."""

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.proposal.tables.continued import joined
from kg.model import Place


def table(*rows: str) -> Block:
    return Block(BlockKind.TABLE, Place(block=1), rows=tuple(Row(tuple(row.split())) for row in rows))


def line(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, Place(block=1), text)


def test_a_table_behind_such_a_line_is_added_to_the_one_above() -> None:
    found = joined([table("模块 功能", "档案 建档"), line("续表3-2"), table("评价 计分")])
    assert [row.cells[1] for one in found for row in one.rows] == ["功能", "建档", "计分"]
    assert len(found) == 1


def test_tables_of_another_width_or_behind_other_lines_stay_apart() -> None:
    assert len(joined([table("模块 功能"), line("续表3-2"), table("甲 乙 丙")])) == 3
    assert len(joined([table("模块 功能"), line("表3-3"), table("甲 乙")])) == 3
