"""Small real files: PDF pages set with reportlab, Word packages of plain XML."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
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
