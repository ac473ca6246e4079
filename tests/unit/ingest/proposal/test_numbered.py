"""Rows of tables told by the number of their table, where no page does."""

from pathlib import Path

from ingest.proposal.files import read_proposal_file
from ingest.sources.stated import place_in
from kg.model import Place
from tests.unit.ingest.documents.samples import paragraph, write_word


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


def test_functions_of_a_word_document_say_in_which_table_and_row_they_stand(tmp_path: Path) -> None:
    head = f"<w:tbl>{row('项目名称', '云江市智慧供水平台')}{row('建设单位', '云江市水务局')}</w:tbl>"
    rows = row("序号", "功能模块", "投资（万元）") + row("1", "水质监测", "12") + row("2", "压力预警", "30")
    path = write_word(tmp_path / "a.docx", head + paragraph("功能清单") + f"<w:tbl>{rows}</w:tbl>")
    proposal = read_proposal_file(path)
    assert [item.place for item in proposal.description.items] == [
        "第2个表格（第3段处）第2行",
        "第2个表格（第3段处）第3行",
    ]
    assert {fact.kind: fact.place for fact in proposal.facts}["name"] == "第1个表格（第1段处）第1行"


def test_place_told_by_the_number_of_its_table_is_understood() -> None:
    assert place_in("第2个表格（第3段处）第4行") == Place(block=3, row=4)
    assert place_in("第3段") == Place(block=3)
