"""Files made to harm their reader: small to send, large or endless to read."""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from openpyxl import Workbook
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

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
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
ONE_PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
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
    return _objects(path, *objects)


def large(folder: Path) -> Path:
    path = folder / "large.pdf"
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(200 * MEGA)
    return path


def gigabyte(folder: Path) -> Path:
    """A text of one gigabyte in a megabyte."""
    head = part("document", f"<w:body>{paragraph('')}").partition("</w:t>")[0]
    return _inflating(folder / "gigabyte.docx", {"word/document.xml": head}, size=1024 * MEGA)


def endless_string(folder: Path) -> Path:
    """A workbook of a few hundred kilobytes with one string of 400 MB."""
    parts = {
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/worksheets/sheet1.xml": "<worksheet/>",
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}"><si><t>',
    }
    return _inflating(folder / "string.xlsx", parts, size=400 * MEGA)


def _inflating(path: Path, parts: dict[str, str], *, size: int) -> Path:
    """A package whose last part ends in so many equal bytes, written without holding or packing them all."""
    name, head = parts.popitem()
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    begun = packer.compress(head.encode()) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b"a" * MEGA) + packer.flush(zlib.Z_FULL_FLUSH)
    data = begun + block * (size // MEGA) + packer.flush()
    info = zipfile.ZipInfo(name)
    info.CRC, info.compress_type = 0, zipfile.ZIP_DEFLATED
    info.file_size, info.compress_size = len(head) + size, len(data)
    with zipfile.ZipFile(_package(path, parts), "a") as package:
        written, info.header_offset = package.fp, package.start_dir
        assert written is not None
        written.seek(info.header_offset)
        written.write(info.FileHeader() + data)
        package.start_dir = written.tell()
        package.filelist.append(info)
        package.NameToInfo[name] = info
        package._didModify = True  # type: ignore[attr-defined]  # makes it write its directory anew
    return path


def climbing_part(folder: Path) -> Path:
    return docx(folder / "climbing.docx", paragraph("x"), after=[("../../../tmp/evil.xml", "x")])


def rooted_part(folder: Path) -> Path:
    return docx(folder / "rooted.docx", paragraph("x"), after=[("/etc/cron.d/evil", "x")])


def locked_package(folder: Path) -> Path:
    data = ole(EncryptionInfo=b"x" * 5000, EncryptedPackage=os.urandom(9000))
    (folder / "locked.docx").write_bytes(data)
    return folder / "locked.docx"


def locked_pdf(folder: Path) -> Path:
    canvas = Canvas(str(folder / "locked.pdf"), encrypt=StandardEncryption("open-me"))
    canvas.drawString(72, 700, "x")
    canvas.save()
    return folder / "locked.pdf"


def pages_of_themselves(folder: Path) -> Path:
    """A tree of pages whose branch is its own branch."""
    return _objects(folder / "circle.pdf", CATALOG, b"<</Type/Pages/Kids[2 0 R]/Count 9>>")


def pages_that_are_not_there(folder: Path) -> Path:
    """A tree that says it has two billion pages."""
    return _objects(folder / "count.pdf", CATALOG, b"<</Type/Pages/Kids[9 0 R]/Count 2000000000>>")


def directories_in_a_circle(folder: Path) -> Path:
    """Two cross-reference tables each of which names the other as the one before it."""
    head = b"%%PDF-1.7\n1 0 obj%s endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n" % CATALOG
    table = b"xref\n0 1\n0000000000 65535 f \ntrailer<</Size 3/Root 1 0 R/Prev %010d>>\n"
    first, second = len(head), len(head) + len(table % 0)
    data = head + table % second + table % first + b"startxref\n%d\n%%%%EOF" % second
    (folder / "xref.pdf").write_bytes(data)
    return folder / "xref.pdf"


def deep_arrays(folder: Path) -> Path:
    deep = b"[" * 200_000 + b"]" * 200_000
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Deep %s>>" % deep
    return _objects(folder / "arrays.pdf", CATALOG, ONE_PAGE, page)


def forms_of_themselves(folder: Path) -> Path:
    """A drawing that draws itself, twice each time."""
    own = b"/Resources<</XObject<</F 4 0 R>>>>"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]%s/Length 10>>" % own
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % own
    drawing = form + b"stream\n/F Do /F Do\nendstream"
    return _objects(folder / "forms.pdf", CATALOG, ONE_PAGE, page, drawing)


def huge_picture(folder: Path) -> Path:
    """A page that is a picture of 1.6 thousand million points in a few kilobytes."""
    size = b"/Width 40000/Height 40000/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode"
    data = zlib.compress(b"\0" * MEGA)
    image = b"<</Type/XObject/Subtype/Image%s/Length %d>>stream\n%s\nendstream" % (size, len(data), data)
    own = b"/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%s>>" % own
    drawing = b"<</Length 27>>stream\n595 0 0 842 0 0 cm /F Do   \nendstream"
    return _objects(folder / "picture.pdf", CATALOG, ONE_PAGE, page, image, drawing)


def _objects(path: Path, *objects: bytes) -> Path:
    numbered = b"".join(b"%d 0 obj%s endobj\n" % (n, body) for n, body in enumerate(objects, 1))
    path.write_bytes(b"%PDF-1.7\n" + numbered + b"trailer<</Root 1 0 R>>\n%%EOF")
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
    gigabyte: "压缩",
    endless_string: "压缩",
    climbing_part: "路径",
    rooted_part: "路径",
    locked_package: "加密",
    locked_pdf: "加密",
    pages_of_themselves: "损坏",
    pages_that_are_not_there: "损坏",
    directories_in_a_circle: "损坏",
    huge_picture: "均为扫描图像",
    deep_arrays: "没有可读的文字|损坏",
}
"""Each file and what its refusal says."""
