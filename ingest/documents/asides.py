"""Words of a file that stand beside its text: titles, drawings on sheets, comments, notes on pages."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from ingest.documents.encoding import decode
from ingest.documents.packages import HEAD, Package, open_package
from ingest.documents.wordxml import parse
from kg.errors import DocumentError

PARTS = re.compile(
    r"docProps/(?:core|custom)\.xml|word/comments\d*\.xml"
    r"|xl/(?:drawings/drawing|(?:comments/)?comments?|threadedComments/threadedComment)\d*\.xml"
    r"|OFD\.xml|(?:.*/)?Annots?/.*\.xml"
)
PACKED = frozenset({"docx", "xlsx", "ofd"})
TITLES = ("Title", "Subject", "Keywords")
TITLE = re.compile(r"<title[^>]*>([^<]*)</title", re.IGNORECASE)
PARAGRAPHS = frozenset(
    {"p", "comment", "text", "threadedComment", "property"}
    | {"TextObject", "Appearance", "Title", "Subject", "Keyword"}
)
"""Elements whose words belong together; every child of the properties is one of its own."""


def asides(path: Path, form: str) -> tuple[str, ...]:
    """The words in reading order, each once; none of a kind of file that keeps none so.

    What cannot be parsed here is left out: it is no text either.
    """
    if form == "html":
        with path.open("rb") as stream:
            title = TITLE.search(decode(stream.read(HEAD)))
        return (title[1].strip(),) if title else ()
    if form == "pdf":
        return tuple(_titles(path))
    if form not in PACKED:
        return ()
    with open_package(path) as package:
        names = [name for name in package.names() if PARTS.fullmatch(name)]
        return tuple(dict.fromkeys(text for name in names for text in _texts(package, name)))


def _titles(path: Path) -> Iterator[str]:
    """What the properties of a PDF call it."""
    # Loaded when such a file comes, as its readers are.
    from ingest.documents.pdffile import opened

    with opened(path) as document:
        yield from filter(None, (document.get_metadata_value(name).strip() for name in TITLES))


def _texts(package: Package, name: str) -> Iterator[str]:
    try:
        root = parse(package, name)
    except DocumentError:
        return
    own = root if name.endswith("core.xml") else root.iter()
    for element in own:
        if name.endswith("core.xml") or _local(element) in PARAGRAPHS:
            text = "".join(str(part) for part in element.itertext()).strip()
            if text:
                yield text


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
