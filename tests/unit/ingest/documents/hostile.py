"""Files made to harm their reader: small to send, large or endless to read."""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from openpyxl import Workbook

from tests.unit.ingest.documents.oldoffice import ole, sheet_records, xls
from tests.unit.ingest.documents.samples import paragraph, part

MEGA = 1 << 20
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOOK = (
    f'<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}">'
    '<sheets><sheet name="清单" sheetId="1" r:id="r1"/></sheets></workbook>'
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def docx(path: Path, body: str, *, before: str = "", after: Iterable[tuple[str, str]] = ()) -> Path:
    """A Word package with raw XML as its body, and anything before its root and beside it."""
    return _package(
        path, {"word/document.xml": before + part("document", f"<w:body>{body}</w:body>")} | dict(after)
    )


def xlsx(path: Path, data: str, *, before: str = "", after: Iterable[tuple[str, str]] = ()) -> Path:
    """A workbook with raw XML as the rows of its only sheet."""
    sheet = f'{before}<worksheet xmlns="{SHEET}"><sheetData>{data}</sheetData></worksheet>'
    parts = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": sheet,
    }
    return _package(path, parts | dict(after))


def _package(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts.items():
            package.writestr(name, xml)
    return path


def wide_span(folder: Path) -> Path:
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="200000000"/></w:tcPr></w:tc>'
    return docx(folder / "span.docx", f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")


def deep_tables(folder: Path) -> Path:
    return docx(folder / "deep.docx", "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000)


def deep_controls(folder: Path) -> Path:
    return docx(folder / "controls.docx", "<w:sdt>" * 190 + paragraph("x") * 10 + "</w:sdt>" * 189)


def word_entity(folder: Path) -> Path:
    return docx(folder / "entity.docx", paragraph("&x;"), before=FILE)


def word_laughs(folder: Path) -> Path:
    return docx(folder / "laughs.docx", paragraph("&d;"), before=LAUGHS)


def wide_doctype(folder: Path) -> Path:
    path = folder / "utf16.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", (FILE + part("document", "&x;")).encode("utf-16"))
    return path


def late_doctype(folder: Path) -> Path:
    comment = f"<!--{'x' * 100_000}-->"
    return docx(folder / "late.docx", paragraph("&x;"), before=comment + FILE)


def word_bomb(folder: Path) -> Path:
    return docx(folder / "bomb.docx", paragraph("a" * 20_000_000))


def sheet_bomb(folder: Path) -> Path:
    return xlsx(
        folder / "bomb.xlsx", '<row r="1"><c r="A1" t="str"><v>' + "a" * 20_000_000 + "</v></c></row>"
    )


def hidden_bomb(folder: Path) -> Path:
    data = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return xlsx(folder / "hidden.xlsx", data, after=[("xl/customData.bin", "a" * 20_000_000)])


def sheet_entity(folder: Path) -> Path:
    data = '<row r="1"><c r="A1" t="str"><v>&x;</v></c></row>'
    return xlsx(folder / "entity.xlsx", data, before=FILE)


def strings_entity(folder: Path) -> Path:
    strings = f'{LAUGHS}<sst xmlns="{SHEET}"><si><t>&d;</t></si></sst>'
    return xlsx(folder / "strings.xlsx", "", after=[("xl/sharedStrings.xml", strings)])


def many_parts(folder: Path) -> Path:
    return docx(folder / "parts.docx", paragraph("x"), after=[(f"word/p{n}.xml", "") for n in range(5000)])


def full_sparse_sheet(folder: Path) -> Path:
    ends = (f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="SR{n}"><v>{n}</v></c></row>' for n in range(1, 8201))
    book = Workbook()
    book["Sheet"]["A1"] = 1
    book.save(folder / "plain.xlsx")
    with zipfile.ZipFile(folder / "plain.xlsx") as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    head, _, tail = parts["xl/worksheets/sheet1.xml"].partition("<sheetData>")
    rest = tail.partition("</sheetData>")[2]
    parts["xl/worksheets/sheet1.xml"] = f"{head}<sheetData>{''.join(ends)}</sheetData>{rest}"
    return _package(folder / "sparse.xlsx", parts)


def far_corners(folder: Path) -> Path:
    (folder / "corners.xls").write_bytes(
        xls(("清单", False, sheet_records({(0, 0): "a", (65535, 255): "b"})))
    )
    return folder / "corners.xls"


def circular_container(folder: Path) -> Path:
    data = bytearray(ole(Workbook=b"x" * 9000))
    data[512 + 4 * 3 : 512 + 4 * 4] = (2).to_bytes(4, "little")
    (folder / "circle.xls").write_bytes(bytes(data))
    return folder / "circle.xls"


def cut_package(folder: Path) -> Path:
    path = docx(folder / "cut.docx", paragraph("x" * 5000))
    path.write_bytes(path.read_bytes()[:-60])
    return path


def spoilt_package(folder: Path) -> Path:
    path = docx(folder / "spoilt.docx", paragraph(os.urandom(4000).hex()))
    data = bytearray(path.read_bytes())
    data[900:910] = b"\0" * 10
    path.write_bytes(bytes(data))
    return path


def commas(folder: Path) -> Path:
    (folder / "commas.csv").write_bytes(b"," * 20 * MEGA)
    return folder / "commas.csv"


def deep_page(folder: Path) -> Path:
    (folder / "deep.html").write_text("<table><tr><td>" * 3000, encoding="utf-8")
    return folder / "deep.html"


def pdf_bomb(folder: Path) -> Path:
    packed = zlib.compress(zlib.compress(b" " * 150 * MEGA, 1), 1)
    return _pdf(folder / "bomb.pdf", b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>" % len(packed), packed)


def pdf_of_many_pages(folder: Path) -> Path:
    return _pdf(folder / "pages.pdf", b"<</Length 1>>", b" ", pages=3000)


def _pdf(path: Path, content: bytes, data: bytes, *, pages: int = 1) -> Path:
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 4 + pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        content + b"stream\n" + data + b"\nendstream",
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>"] * pages,
    ]
    numbered = b"".join(b"%d 0 obj%s endobj\n" % (n, body) for n, body in enumerate(objects, 1))
    path.write_bytes(b"%PDF-1.7\n" + numbered + b"trailer<</Root 1 0 R>>\n%%EOF")
    return path


def large(folder: Path) -> Path:
    path = folder / "large.pdf"
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(200 * MEGA)
    return path


REFUSED: dict[Callable[[Path], Path], str] = {
    wide_span: "跨列",
    deep_tables: "嵌套",
    deep_controls: "损坏|嵌套",
    word_entity: "DOCTYPE",
    word_laughs: "DOCTYPE",
    wide_doctype: "DOCTYPE",
    late_doctype: "DOCTYPE",
    word_bomb: "压缩",
    sheet_bomb: "压缩",
    hidden_bomb: "压缩",
    sheet_entity: "DOCTYPE",
    strings_entity: "DOCTYPE",
    many_parts: "压缩",
    full_sparse_sheet: "单元格过多",
    far_corners: "单元格过多",
    circular_container: "损坏",
    cut_package: "损坏",
    spoilt_package: "损坏",
    commas: "列",
    deep_page: "嵌套",
    pdf_bomb: "没有可读的文字|损坏|用时|异常",
    pdf_of_many_pages: "页数超过",
    large: "超过 100 MB",
}
"""Each file and what its refusal says."""
