"""Text of Word paragraphs, and their children behind content controls and insertions."""

from collections.abc import Iterator

from lxml import etree

from ingest.documents.wordxml import WORD, is_on

COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VML = "{urn:schemas-microsoft-com:vml}"
FALLBACK = COMPATIBLE + "Fallback"
BOX = WORD + "txbxContent"
SKIPPED = frozenset(
    WORD + tag for tag in ("del", "delText", "instrText", "delInstrText", "moveFrom", "rPr", "pPr", "rt")
)
WRAPPERS = frozenset(
    WORD + tag for tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "hyperlink")
)
BLANKS = frozenset(WORD + tag for tag in ("tab", "br", "cr", "ptab"))


def own_text(element: etree._Element) -> str:
    """Text as after accepting all revisions, without field codes and the boxes anchored in it."""
    parts: list[str] = []
    for child in element:
        if child.tag in SKIPPED or child.tag in {BOX, FALLBACK}:
            continue
        if child.tag in {WORD + "t", MATH + "t"}:
            parts.append(child.text or "")
        elif child.tag in BLANKS:
            parts.append(" ")
        elif child.tag == WORD + "noBreakHyphen":
            parts.append("-")
        else:
            parts.append(own_text(child))
    return "".join(parts)


def children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children of a tag, also those wrapped in content controls and insertions."""
    for child in parent:
        if child.tag == WORD + tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, tag)


def boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored in an element, each once, without the boxes inside them."""
    for child in element:
        if child.tag == BOX:
            yield child
        elif child.tag != FALLBACK:
            yield from boxes(child)


def watermarks(root: etree._Element) -> Iterator[str]:
    """The words set as art or across the page in a header."""
    for path in root.iter(VML + "textpath"):
        if text := str(path.get("string") or "").strip():
            yield text


def is_bold(paragraph: etree._Element) -> bool:
    """Whether every run that shows text is set bold."""
    shown = [run for run in paragraph.iter(WORD + "r") if (run.findtext(WORD + "t") or "").strip()]
    return bool(shown) and all(is_on(run, "rPr/b") for run in shown)


def is_revised(root: etree._Element) -> bool:
    """Whether a part holds insertions, deletions or moves that nobody has accepted yet."""
    return next(root.iter(*(WORD + tag for tag in ("ins", "del", "moveFrom", "moveTo"))), None) is not None
