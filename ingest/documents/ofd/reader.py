"""OFD documents as blocks: the words of each page put together as lines and tables."""

from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from lxml import etree

from ingest.documents.blocks import Block
from ingest.documents.laidout import laid_out
from ingest.documents.limits import limits
from ingest.documents.lines import without_running_heads
from ingest.documents.ofd.drawing import MOST_LINES, Drawing
from ingest.documents.ofd.tables import grids
from ingest.documents.packages import COMMENTS, CORRUPT, PICTURES, Package, open_package
from ingest.documents.pageblocks import page_blocks
from ingest.documents.pages import Page, parts_of
from ingest.documents.wordxml import parse
from kg.errors import DocumentError

ROOT = "OFD.xml"
ASIDE = (("/Signs/", "含电子签章，未验证"), ("/Annots/", COMMENTS))
"""Folders whose parts are not read, and the notes that say so."""
DRAWN = "第{}页线条过多，表格未能按表读取，已按文字读取"


def read_ofd(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks of a document in reading order and what was left unread. Raises: DocumentError."""
    with open_package(path) as package:
        names, notes = set(package.names()), list[str]()
        pages: list[Page] = []
        for document in _documents(package, names):
            for drawing in _drawings(package, names, document):
                number = len(pages) + 1
                if number > limits().pdf_pages:
                    raise DocumentError(f"页数超过 {limits().pdf_pages} 页", "请拆分后再提交")
                dense = len(drawing.lines) > MOST_LINES
                notes += [DRAWN.format(number)] if dense else []
                notes += [PICTURES] if drawing.images else []
                tables = [] if dense else grids(drawing.lines)
                pages.append(Page(number, parts_of(laid_out(tables, drawing.words, page=number))))
        notes += [note for mark, note in ASIDE if any(mark in name for name in names)]
    return page_blocks(without_running_heads(pages)), tuple(dict.fromkeys(notes))


def _documents(package: Package, names: set[str]) -> Iterator[str]:
    """The main part of each document in the file. Raises: DocumentError where there is none."""
    found = [_at(ROOT, one.text) for one in parse(package, ROOT).iter("{*}DocRoot")]
    if not any(name in names for name in found):
        raise DocumentError(*CORRUPT)
    yield from (name for name in found if name in names)


def _drawings(package: Package, names: set[str], document: str) -> Iterator[Drawing]:
    """What each page of a document shows, that of its templates first."""
    root = parse(package, document)
    located = {str(one.get("ID")): _at(document, one.get("BaseLoc")) for one in root.iter("{*}TemplatePage")}
    templates: dict[str, etree._Element] = {}
    for page in (one for pages in root.iterchildren("{*}Pages") for one in pages.iterchildren("{*}Page")):
        name = _at(document, page.get("BaseLoc"))
        if name not in names:
            raise DocumentError(*CORRUPT)
        content, drawing = parse(package, name), Drawing()
        for used in content.iterchildren("{*}Template"):
            template = located.get(str(used.get("TemplateID")))
            if template in names and template is not None:
                if template not in templates:
                    templates[template] = parse(package, template)
                drawing.take(templates[template])
        drawing.take(content)
        yield drawing


def _at(part: str, place: object) -> str:
    """The part that a place named in another part means; nothing outside the package is ever a part of it."""
    text = str(place or "").strip()
    return normpath(text.lstrip("/") if text.startswith("/") else join(dirname(part), text))
