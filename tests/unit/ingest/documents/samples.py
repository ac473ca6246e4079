"""Small real files: PDF pages set with reportlab, Word packages of plain XML."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import Image
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

FONT = "STSong-Light"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GRID = ("GRID", (0, 0), (-1, -1))
Spans = Sequence[tuple[tuple[int, int], tuple[int, int]]]


class Printer:
    """Sets a PDF from paragraphs, tables and page breaks, with a running head and a page number if asked."""

    def __init__(self, folder: Path) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._folder = folder
        self._style = ParagraphStyle("text", fontName=FONT, fontSize=11, leading=16, wordWrap="CJK")
        self.story: list[Flowable] = []

    def text(self, *paragraphs: str) -> "Printer":
        self.story += [Paragraph(text, self._style) for text in paragraphs]
        return self

    def table(
        self, rows: Sequence[Sequence[str]], spans: Spans = (), *, lines: Sequence[Any] = (GRID,)
    ) -> "Printer":
        style = [
            *((*line, 0.5, colors.black) for line in lines),
            ("FONTNAME", (0, 0), (-1, -1), FONT),
            *(("SPAN", *span) for span in spans),
        ]
        self.story.append(Table([list(row) for row in rows], colWidths=110, style=style))
        return self

    def page(self) -> "Printer":
        self.story.append(PageBreak())
        return self

    def save(self, name: str = "a.pdf", *, head: str = "", foot: str = "", **options: Any) -> Path:
        def draw(canvas: Any, document: Any) -> None:
            canvas.setFont(FONT, 9)
            canvas.drawString(72, 800, head.format(page=document.page))
            canvas.drawString(72, 45, foot)
            canvas.drawCentredString(300, 30, f"— {document.page} —" if head else "")

        path = self._folder / name
        SimpleDocTemplate(str(path), **options).build(self.story, onFirstPage=draw, onLaterPages=draw)
        return path


def write_word(path: Path, body: str, **parts: str) -> Path:
    """Writes a Word package from the XML of its body and of further parts, by their names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", xml)
    return path


def part(tag: str, inner: str) -> str:
    """A part of a Word package with the given root."""
    return f'<w:{tag} xmlns:w="{WORD}">{inner}</w:{tag}>'


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def coded(ranges: bytes) -> bytes:
    """A file that says AB three times in a font whose codes stand for the characters of the ranges."""
    words = b"BT /F 12 Tf 72 700 Td (ABABAB) Tj ET"
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap 2 beginbfrange "
        + ranges
        + b" endbfrange endcmap end"
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(cmap), cmap),
    )
    numbered = b"".join(b"%d 0 obj%s endobj\n" % (n, body) for n, body in enumerate(objects, 1))
    return b"%PDF-1.7\n" + numbered + b"trailer<</Root 1 0 R>>\n%%EOF"


def picture(folder: Path, canvas: Canvas) -> None:
    """Draws a grey picture over a page."""
    path = folder / "scan.png"
    Image.new("L", (60, 80), 128).save(path)
    canvas.drawImage(ImageReader(str(path)), 0, 0, *canvas._pagesize)
