"""Scanned pages: read by the recogniser into lines and ruled tables, each block marked."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.documents.blocks import Row
from ingest.documents.cellboxes import Box, box_rows
from ingest.documents.continued import joined_rows
from ingest.documents.drawnlines import drawn_tables
from ingest.documents.limits import limits
from ingest.documents.printed import printed_parts
from ingest.documents.reader import read_document
from ingest.documents.recognition import Picture, Word, recogniser
from ingest.documents.sandbox import Sandbox
from ingest.documents.upright import upright
from kg.errors import DocumentError
from kg.model import Place
from tests.unit.ingest.documents.samples import Printer, coded, picture
from tests.unit.ingest.documents.scans import scanned

HEADER = ("序号", "模块", "功能", "金额（万元）")
ROWS = [HEADER, ("1", "监测", "水质监测", "12.5"), ("2", "", "压力预警", "30"), ("合计", "", "", "42.5")]
SPANS = [((1, 1), (1, 2)), ((0, 3), (2, 3))]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    found = Sandbox()
    yield found
    found.close()


def paper(height: int = 400, width: int = 600) -> Picture:
    return np.full((height, width, 3), 255, np.uint8)


def ruled(picture: Picture, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    for y in (top, bottom):
        picture[y : y + 2, left : right + 2] = 0
    for x in (left, right):
        picture[top : bottom + 2, x : x + 2] = 0


def word(text: str, x: float, y: float, *, tilt: float = 0.0, score: float = 1.0) -> Word:
    return Word(text, x, y, 20.0 * len(text), 20.0, tilt, score)


def test_scanned_page_is_read_in_the_child_with_its_table_and_each_block_is_marked(
    printer: Printer, sandbox: Sandbox, tmp_path: Path
) -> None:
    printed = printer.text("项目名称：云江市智慧供水平台").table(ROWS, SPANS).save()
    document = sandbox.read(scanned(printed, tmp_path / "scan.pdf"))
    line, table = document.blocks
    assert (line.text, line.scanned, line.place.page) == ("项目名称：云江市智慧供水平台", True, 1)
    assert [row.cells[:3] for row in table.rows] == [
        ("序号", "模块", "功能"),
        ("1", "监测", "水质监测"),
        ("2", "监测", "压力预警"),
        ("合计", "合计", "合计"),
    ]
    assert [row.cells[3] for row in table.rows[1:]] == ["12.5", "30", "42.5"]
    assert (table.rows[2].down, table.rows[3].across, table.scanned) == ((1,), (1, 2), True)
    assert document.unread == ("第1页为扫描件，由文字识别（OCR）读出，请对照原件核对",)


@pytest.mark.slow
@pytest.mark.parametrize("turned", [1, 2, 3])
def test_page_that_lies_on_a_side_or_on_its_head_is_read_upright(
    printer: Printer, sandbox: Sandbox, tmp_path: Path, turned: int
) -> None:
    printed = printer.text("项目名称：云江市智慧供水平台", "建设单位：云江市水务局").table(ROWS, SPANS).save()
    blocks = sandbox.read(scanned(printed, tmp_path / "scan.pdf", turned=turned)).blocks
    assert [block.text for block in blocks[:2]] == ["项目名称：云江市智慧供水平台", "建设单位：云江市水务局"]
    assert [row.cells[2] for row in blocks[2].rows[:3]] == ["功能", "水质监测", "压力预警"]


@pytest.mark.slow
def test_pages_with_text_are_read_as_text_beside_scanned_ones(
    printer: Printer, sandbox: Sandbox, tmp_path: Path
) -> None:
    first = printer.text("项目名称：云江市智慧供水平台").save("first.pdf")
    printer.story.clear()
    second = scanned(printer.text("建设单位：云江市水务局").save("second.pdf"), tmp_path / "scan.pdf")
    with pypdfium2.PdfDocument(first) as whole, pypdfium2.PdfDocument(second) as more:
        whole.import_pages(more)
        whole.save(tmp_path / "mixed.pdf")
    blocks = sandbox.read(tmp_path / "mixed.pdf").blocks
    assert [(b.text, b.place.page, b.scanned) for b in blocks] == [
        ("项目名称：云江市智慧供水平台", 1, False),
        ("建设单位：云江市水务局", 2, True),
    ]


def test_child_gives_back_what_it_took_to_read_a_picture(
    printer: Printer, sandbox: Sandbox, tmp_path: Path
) -> None:
    sandbox.read(scanned(printer.text("供水").save(), tmp_path / "scan.pdf"))
    (tmp_path / "a.txt").write_text("水务平台", encoding="utf-8")
    assert sandbox.read(tmp_path / "a.txt").blocks[0].text == "水务平台"


def test_picture_on_which_nothing_is_found_is_told(printer: Printer, tmp_path: Path) -> None:
    path = scanned(printer.text("供水").save(), tmp_path / "scan.pdf")
    with pytest.raises(DocumentError, match="第1页均为扫描图像，文字识别未读出文字"):
        read_document(path, recognise=lambda picture: [])


@pytest.mark.slow
def test_pages_beyond_those_that_may_be_recognised_are_told(tmp_path: Path) -> None:
    pages, path = limits().scan_pages + 2, tmp_path / "scan.pdf"
    canvas = Canvas(str(path), pagesize=(100, 100))
    for _ in range(pages):
        picture(tmp_path, canvas)
        canvas.showPage()
    canvas.save()
    seen = list[Picture]()

    def found(picture: Picture) -> list[Word]:
        seen.append(picture[:1])
        return [word("供水平台", 300, 100)]

    document = read_document(path, recognise=found)
    assert len(seen) == limits().scan_pages
    assert (
        f"第{pages - 1}—{pages}页为扫描图像，超过可识别的{limits().scan_pages}页，未读" in document.unread[0]
    )


def test_page_whose_font_has_lost_its_characters_is_read_off_its_picture(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(coded(b"<0041> <0041> <e041> <0042> <0042> <e042>"))
    document = read_document(tmp_path / "a.pdf", recognise=lambda picture: [word("供水平台", 300, 100)])
    assert [(block.text, block.scanned) for block in document.blocks] == [("供水平台", True)]


def test_recogniser_is_there_with_its_extra_and_reads_blank_paper_as_nothing() -> None:
    recognise = recogniser()
    assert recognise is not None
    assert recognise(paper()) == []


@pytest.mark.parametrize(
    ("boxes", "cells"),
    [
        ([(50, 50, 250, 150), (250, 50, 550, 150)], 2),
        ([(50, 50, 250, 150), (250, 50, 550, 100), (250, 100, 550, 150)], 3),
        ([(50, 50, 550, 150)], 0),
        ([(50, 50, 120, 90), (120, 50, 180, 90)], 0),
    ],
    ids=["two columns", "merged downwards", "frame", "too small"],
)
def test_cells_of_a_table_are_found_by_its_lines(boxes: list[tuple[int, int, int, int]], cells: int) -> None:
    picture = paper()
    for box in boxes:
        ruled(picture, box)
    found = drawn_tables(picture)
    assert [len(table) for table in found] == ([cells] if cells else [])


def test_table_open_at_its_sides_has_its_outer_columns() -> None:
    picture = paper()
    for y in (50, 100, 150):
        picture[y : y + 2, 50:550] = 0
    for x in (200, 400):
        picture[50:150, x : x + 2] = 0
    (table,) = drawn_tables(picture)
    assert len({cell[0] for cell in table}) == 3
    assert len({cell[1] for cell in table}) == 2


def test_words_are_lines_above_between_and_below_tables() -> None:
    picture = paper()
    ruled(picture, (50, 100, 250, 200))
    ruled(picture, (250, 100, 550, 200))
    words = [
        word("下面", 100, 300),
        word("云江市", 80, 52),
        word("供水平台", 160, 50),
        word("附件", 400, 51),
        word("水质", 120, 130),
        word("监测", 120, 155),
        word("30", 400, 150),
    ]
    first, table, last = printed_parts(picture, words, page=3)
    assert (first.lines, last.lines) == (("云江市供水平台 附件",), ("下面",))
    assert [(row.cells, row.place.page) for row in table.rows] == [(("水质监测", "30"), 3)]


def test_run_of_signs_over_two_cells_is_parted_at_the_line_between_them() -> None:
    picture = paper()
    for box in ((50, 100, 150, 200), (150, 100, 250, 200), (250, 100, 550, 200)):
        ruled(picture, box)
    run = Word("三级在用2024", 180, 150, 200, 20)
    (table,) = (part for part in printed_parts(picture, [run], page=1) if part.rows)
    assert [row.cells for row in table.rows] == [("三级", "在用20", "24")]


def test_bow_of_a_seal_makes_no_column() -> None:
    picture = paper()
    for y in (50, 90, 130):
        ruled(picture, (50, y, 250, y + 40))
        ruled(picture, (250, y, 550, y + 40))
    for step in range(3600):
        angle = np.deg2rad(step / 10)
        x, y = int(400 + 120 * np.cos(angle)), int(150 + 120 * np.sin(angle))
        picture[y : y + 4, x : x + 4] = 0
    (table,) = drawn_tables(picture)
    assert sorted({cell[0] for cell in table}) == pytest.approx([50.5, 250.5], abs=2)


def test_header_repeated_on_a_scanned_page_is_known_though_one_cell_is_read_otherwise() -> None:
    def rows(*cells: tuple[str, ...]) -> list[Row]:
        return [Row(one, Place(page=1, block=1, row=n)) for n, one in enumerate(cells, 1)]

    above = rows(("序号", "模块", "功能", "金额(万元)"), ("1", "监测", "水质", "3"))
    below = rows(("序号", "模块", "功能", "金额（方元）"), ("2", "监测", "水压", "3"))
    assert [row.cells[0] for row in joined_rows(above, below, scanned=True)] == ["序号", "1", "2"]
    assert len(joined_rows(above, below, scanned=False)) == 4
    assert len(joined_rows(above, below[1:], scanned=True)) == 3


def test_merge_from_above_is_taken_from_the_row_in_which_it_starts() -> None:
    texts: dict[Box, str] = {
        (0, 0, 10, 30): "监测",
        (10, 0, 20, 10): "水质",
        (10, 10, 20, 20): "压力",
        (10, 20, 20, 30): "流量",
    }
    rows = box_rows(texts, page=1)
    assert [row.cells for row in rows] == [("监测", "水质"), ("监测", "压力"), ("监测", "流量")]
    assert [row.down for row in rows] == [(), (0,), (0,)]


def test_tilted_words_are_set_straight_with_their_picture() -> None:
    tilted = [word("项目名称云江市智慧供水平台", 300, 100, tilt=0.02), word("建设单位", 100, 300, tilt=0.02)]
    picture, words = upright(paper(), lambda picture: tilted)
    assert picture.shape == (400, 600, 3)
    assert [round(one.tilt, 6) for one in words] == [0, 0]


def test_poorly_read_page_is_tried_in_all_four_positions_and_the_best_is_taken() -> None:
    answers: list[Callable[[], list[Word]]] = [
        lambda: [word("x", 50, 50, score=0.5)],
        lambda: [word("y", 50, 50, score=0.6)],
        lambda: [word("供水平台", 50, 50, score=0.97)],
        lambda: [word("z", 50, 50, score=0.7)],
    ]
    turns = iter(answers)
    picture, words = upright(paper(), lambda picture: next(turns)())
    assert [one.text for one in words] == ["供水平台"]
    assert picture.shape == (400, 600, 3)
