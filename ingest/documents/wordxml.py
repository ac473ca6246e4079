"""XML parts of Word packages parsed within the caps of size, depth and entities."""

import zipfile
import zlib
from posixpath import join, normpath

from lxml import etree

from ingest.documents.limits import limits
from ingest.documents.nodes import check_nodes
from ingest.documents.packages import BOMB, CORRUPT, HEAD, Package
from kg.errors import DocumentError

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
NESTED = ("文档嵌套层次过深", "请用办公软件另存后再提交")


def parse(package: Package, name: str) -> etree._Element:
    """The root of a part; the strict namespace is read as the usual one. Raises: DocumentError."""
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False
    )
    depth = 0
    try:
        check_nodes(package, name)
        with package.archive.open(name) as stream:
            while data := stream.read(HEAD):
                parser.feed(data)
                for event, element in parser.read_events():
                    depth += 1 if event == "start" else -1
                    if depth > limits().depth:
                        raise DocumentError(*NESTED)
                    if event == "end" and isinstance(element, etree._Element):
                        _check_span(element)
        root: etree._Element = parser.close()
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _refusal(str(error)) from error
    return _usual(root) if str(root.tag).startswith(STRICT) else root


def optional(package: Package, name: str) -> etree._Element | None:
    """The root of a part that a package may lack. Raises: DocumentError."""
    return parse(package, name) if name in package.names() else None


def related_parts(package: Package, part: str) -> dict[str, str]:
    """The names of the parts that a part points to, by the ids it uses for them. Raises: DocumentError."""
    folder, _, leaf = part.rpartition("/")
    root = optional(package, f"{folder}/_rels/{leaf}.rels")
    targets: dict[str, str] = {}
    for relation in root if root is not None else ():
        target = str(relation.get("Target") or "")
        path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        targets[str(relation.get("Id") or "")] = path
    return targets


def _refusal(message: str) -> DocumentError:
    """What the parser's own caps on depth and text length mean to the sender."""
    if "depth" in message:
        return DocumentError(*NESTED)
    return DocumentError(*(BOMB if "huge" in message.lower() or "too long" in message else CORRUPT))


def _check_span(element: etree._Element) -> None:
    if element.tag in {WORD + "gridSpan", STRICT + "gridSpan"}:
        value = str(element.get(WORD + "val") or element.get(STRICT + "val") or "1")
        if not value.isdecimal() or len(value) > 4 or int(value) > limits().grid_span:
            raise DocumentError(f"表格跨列数异常（gridSpan={value[:12]}）", "请修正该表格后另存再提交")


def _usual(root: etree._Element) -> etree._Element:
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.replace(STRICT, WORD)
            for key, value in list(element.attrib.items()):
                if str(key).startswith(STRICT):
                    element.set(str(key).replace(STRICT, WORD), value)
    return root


def child_value(parent: etree._Element | None, path: str, default: str = "") -> str:
    """The `w:val` of a descendant named by a path of tags (`pPr/pStyle`); the default when there is none."""
    for tag in path.split("/"):
        parent = parent.find(WORD + tag) if parent is not None else None
    return default if parent is None else str(parent.get(WORD + "val") or default)


def is_on(parent: etree._Element | None, path: str) -> bool:
    """Whether a switch such as bold or hidden is set: present and not turned off."""
    for tag in path.split("/"):
        parent = parent.find(WORD + tag) if parent is not None else None
    return parent is not None and parent.get(WORD + "val") not in {"0", "false", "off", "none"}
