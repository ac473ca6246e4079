"""Large and wide documents that people do write are read whole beside those made to do harm."""

from pathlib import Path

import pytest

from ingest.documents.nodes import nodes
from ingest.documents.reader import read_document
from kg.errors import DocumentError
from tests.unit.ingest.documents.hostile import docx
from tests.unit.ingest.documents.samples import paragraph

ADDRESS = "南宁市青秀区民族大道路北段"


def page(path: Path, body: str) -> Path:
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return path


def test_report_of_many_hundred_pages_is_read_whole(tmp_path: Path) -> None:
    style = '<w:ind w:left="420"/><w:rPr><w:b/></w:rPr>'
    body = "".join(paragraph(f"第{n}条各县区应在{n % 28 + 1}日前报送材料", style) for n in range(24_000))
    assert len(read_document(docx(tmp_path / "long.docx", body)).blocks) == 24_000


def test_inventory_of_many_thousand_short_cells_is_read_whole(tmp_path: Path) -> None:
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{paragraph(f'{row * cell % 977}')}</w:tc>" for cell in range(12))
        + "</w:tr>"
        for row in range(2_500)
    )
    (table,) = read_document(docx(tmp_path / "list.docx", f"<w:tbl>{rows}</w:tbl>")).blocks
    assert (len(table.rows), len(table.rows[-1].cells)) == (2_500, 12)


def test_titles_merged_over_a_wide_table_on_every_page_are_read(tmp_path: Path) -> None:
    title = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr>%s</w:tc></w:tr>'
    rows = "".join(title % paragraph(f"{n}号县区汇总") for n in range(1_500))
    (table,) = read_document(docx(tmp_path / "titles.docx", f"<w:tbl>{rows}</w:tbl>")).blocks
    assert table.rows[7].cells == ("7号县区汇总",) * 63


def test_page_that_spans_more_columns_than_it_has_is_read(tmp_path: Path) -> None:
    table = "<table><tr><td colspan=1000>统计</td></tr><tr><td>水务</td><td>交通</td></tr></table>"
    (read,) = read_document(page(tmp_path / "over.html", table)).blocks
    assert read.rows[0].cells[:2] == ("统计", "统计")
    assert read.rows[1].cells == ("水务", "交通")


def test_unit_merged_down_ten_thousand_rows_is_repeated_in_all(tmp_path: Path) -> None:
    rest = "".join(f"<tr><td>{n}</td></tr>" for n in range(9_999))
    table = f"<table><tr><td rowspan=0>{ADDRESS}</td><td>首</td></tr>{rest}</table>"
    (read,) = read_document(page(tmp_path / "down.html", table)).blocks
    assert {row.cells[0] for row in read.rows} == {ADDRESS}


def test_cells_side_by_side_are_read_up_to_the_widest_table(tmp_path: Path) -> None:
    (read,) = read_document(page(tmp_path / "a.html", f"<table><tr>{'<td>a</td>' * 512}</tr></table>")).blocks
    assert len(read.rows[0].cells) == 512
    with pytest.raises(DocumentError, match="超过512列"):
        read_document(page(tmp_path / "b.html", f"<table><tr>{'<td>a</td>' * 513}</tr></table>"))


def test_list_with_blank_columns_to_the_end_of_the_sheet_is_read_and_filled_ones_are_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("系统名称,单位" + "," * 9_000 + "\n水务平台,水务局\n", encoding="utf-8")
    assert read_document(path).blocks[0].rows[0].cells[:2] == ("系统名称", "单位")
    path.write_text("系统名称,单位\n" + "水务," * 600 + "\n", encoding="utf-8")
    with pytest.raises(DocumentError, match="第2行超过512列；请检查分隔符"):
        read_document(path)


def test_long_quoted_cell_of_many_commas_is_one_column(tmp_path: Path) -> None:
    (tmp_path / "quoted.csv").write_text('名称,说明\n平台,"' + "甲," * 700 + '"\n', encoding="utf-8")
    assert len(read_document(tmp_path / "quoted.csv").blocks[0].rows[1].cells) == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (b"<a/>", 1),
        (b"<a>x</a>", 1),
        (b"<a b=\"1\" c='2'><!-- d --></a>", 4),
        ("等号=与“引号”不算".encode(), 0),
    ],
)
def test_tags_and_attributes_are_counted_once(text: bytes, count: int) -> None:
    assert nodes(text) == count
