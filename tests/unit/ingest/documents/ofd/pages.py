"""OFD packages written part by part: pages of words and ruled tables, templates, several documents."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 4.0
"""Millimetres of a sign."""


def text(words: str, x: float, y: float, *, more: str = "") -> str:
    """A text object whose first sign stands at this place."""
    steps, base = " ".join([str(SIZE)] * (len(words) - 1)), SIZE * 0.8
    return (
        f'<ofd:TextObject ID="1" Font="1" Size="{SIZE}" Boundary="{x} {y} {SIZE * len(words)} {SIZE}" {more}>'
        f'<ofd:TextCode X="0" Y="{base}" DeltaX="{steps}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def line(x: float, y: float, wide: float, tall: float) -> str:
    """A straight line from a place, so far to the right or down."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x} {y} {wide + 1} {tall + 1}" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>M 0 0 L {wide} {tall}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(rows: Sequence[Sequence[str]], x: float, y: float, *, wide: float = 50, tall: float = 8) -> str:
    """A ruled table; a cell "<" is one with the cell to its left, "^" with the one above."""
    parts = [line(x, y, wide * len(rows[0]), 0), line(x, y, 0, tall * len(rows))]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            left, top = x + wide * c, y + tall * r
            below = rows[r + 1][c] if r + 1 < len(rows) else ""
            right = row[c + 1] if c + 1 < len(row) else ""
            parts += [] if below == "^" else [line(left, top + tall, wide, 0)]
            parts += [] if right == "<" else [line(left + wide, top, 0, tall)]
            parts += [] if cell in {"<", "^"} else [text(cell, left + 2, top + 2)]
    return "".join(parts)


def page(content: str, *, template: str = "") -> str:
    """A page part."""
    return (
        f"<ofd:Page {NAMESPACE}>{template}<ofd:Content><ofd:Layer ID='3'>{content}</ofd:Layer>"
        "</ofd:Content></ofd:Page>"
    )


def ofd(path: Path, *pages: str, template: str = "", parts: dict[str, str] | None = None) -> Path:
    """A package of these pages, each with the template if there is one; `parts` are put in as they are."""
    used = '<ofd:Template TemplateID="9" ZOrder="Background"/>' if template else ""
    common = '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/>' if template else ""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/P{n}/Content.xml"/>' for n in range(len(pages)))
    written = {
        "OFD.xml": f'<ofd:OFD {NAMESPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {NAMESPACE}><ofd:CommonData>{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/P{n}/Content.xml": page(one, template=used) for n, one in enumerate(pages)},
        **({"Doc_0/Tpls/T.xml": page(template)} if template else {}),
        **(parts or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in written.items():
            archive.writestr(name, content)
    return path
