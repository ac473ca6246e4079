"""Scanned pages pasted into Word documents as pictures."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from ingest.documents.reader import read_document
from ingest.documents.recognition import Picture, Word
from ingest.documents.sandbox import Sandbox
from kg.errors import DocumentError
from tests.unit.ingest.documents.samples import Printer, paragraph, part
from tests.unit.ingest.documents.scans import pictures

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:a="{MAIN}" xmlns:r="{RELATIONS}"'
LISTED = "http://schemas.openxmlformats.org/package/2006/relationships"


def pasted(path: Path, pages: Sequence[Path], *, before: str = "") -> Path:
    """A Word document with text and behind it each picture."""
    drawings = "".join(
        f'<w:p><w:r><w:drawing><a:blip {SPACES} r:embed="p{n}"/></w:drawing></w:r></w:p>'
        for n in range(len(pages))
    )
    links = "".join(
        f'<Relationship Id="p{n}" Type="{RELATIONS}/image" Target="media/{page.name}"/>'
        for n, page in enumerate(pages)
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", part("document", f"<w:body>{before}{drawings}</w:body>"))
        listed = f'<Relationships xmlns="{LISTED}">{links}</Relationships>'
        package.writestr("word/_rels/document.xml.rels", listed)
        for page in pages:
            package.write(page, f"word/media/{page.name}")
    return path


def blank(path: Path, size: tuple[int, int]) -> Path:
    Image.new("L", size, 255).save(path)
    return path


def found(picture: Picture) -> list[Word]:
    return [Word("供水平台", 300, 100, 80, 20)]


@pytest.mark.slow
def test_scanned_pages_in_a_word_document_are_read_behind_its_text(printer: Printer, tmp_path: Path) -> None:
    rows = [("序号", "功能", "金额"), ("1", "水质监测", "12")]
    printed = printer.text("建设单位：云江市水务局").table(rows).save()
    path = pasted(tmp_path / "a.docx", pictures(printed, tmp_path), before=paragraph("项目名称：供水平台"))
    sandbox = Sandbox()
    try:
        blocks = sandbox.read(path).blocks
    finally:
        sandbox.close()
    assert [(b.text, b.scanned, b.place.block, b.place.page) for b in blocks[:2]] == [
        ("项目名称：供水平台", False, 1, None),
        ("建设单位：云江市水务局", True, 2, None),
    ]
    assert [row.cells for row in blocks[2].rows] == rows
    assert [(row.place.block, row.place.row) for row in blocks[2].rows] == [(3, 1), (3, 2)]


def test_only_pictures_in_the_shape_of_a_page_are_read_and_it_is_said(tmp_path: Path) -> None:
    pages = [
        blank(tmp_path / "logo.png", (300, 420)),
        blank(tmp_path / "diagram.png", (1600, 700)),
        blank(tmp_path / "page.png", (1240, 1754)),
    ]
    document = read_document(pasted(tmp_path / "a.docx", pages, before=paragraph("正文")), recognise=found)
    assert [(b.text, b.scanned) for b in document.blocks] == [("正文", False), ("供水平台", True)]
    assert document.unread[-1] == "1幅整页图片为扫描件，由文字识别（OCR）读出，请对照原件核对"


def test_scanned_pages_stay_unread_without_a_recogniser_and_it_is_said(tmp_path: Path) -> None:
    page = blank(tmp_path / "page.png", (1240, 1754))
    document = read_document(pasted(tmp_path / "a.docx", [page], before=paragraph("正文")))
    assert "含1幅整页扫描图片，未读（needs_ocr）" in document.unread[-1]
    with pytest.raises(DocumentError, match="needs_ocr"):
        read_document(pasted(tmp_path / "b.docx", [page]))


def test_damaged_picture_is_left_out(tmp_path: Path) -> None:
    whole = blank(tmp_path / "page.png", (1240, 1754))
    cut = tmp_path / "cut.png"
    cut.write_bytes(whole.read_bytes()[:60])
    (tmp_path / "none.png").write_bytes(b"no picture")
    path = pasted(tmp_path / "a.docx", [cut, tmp_path / "none.png"], before=paragraph("正文"))
    assert [b.text for b in read_document(path, recognise=found).blocks] == ["正文"]


def test_picture_too_large_to_unpack_is_left_out(tmp_path: Path) -> None:
    Image.new("1", (20_000, 14_200)).save(tmp_path / "huge.png")
    path = pasted(tmp_path / "a.docx", [tmp_path / "huge.png"], before=paragraph("正文"))
    assert [b.text for b in read_document(path, recognise=found).blocks] == ["正文"]
