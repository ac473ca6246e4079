"""Comments on the cells of a sheet: their texts in one part, the boxes that show them in another."""

import re

from lxml import etree

from ingest.documents.sheetscan import column_number
from ingest.returns.parts import LINKS, SHEETS, Parts, rooted

S, R = f"{{{SHEETS}}}", f"{{{LINKS}}}"
AUTHOR = "载入回执"
VML, OFFICE, EXCEL = (
    f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel")
)
V, X = f"{{{VML}}}", f"{{{EXCEL}}}"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
BEHIND = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
     "extLst", "AlternateContent"}
)  # fmt: skip
"""What may stand behind the link to the boxes of comments. Source: ECMA-376 18.3.1.99."""
WIDE, PLACE = 3, re.compile(r"([A-Z]+)(\d+)")


def remove_comments(parts: Parts, sheet: str) -> None:
    """Takes the comments of an earlier return off a sheet."""
    name = parts.related(sheet, "comments")
    drawing = parts.related(sheet, "vmlDrawing")
    if name is None or name not in parts.names():
        return
    root = parts.tree(name)
    ours = {str(n) for n, one in enumerate(root.iter(f"{S}author")) if (one.text or "") == AUTHOR}
    gone = [one for one in root.iter(f"{S}comment") if one.get("authorId") in ours]
    for one in gone:
        _drop(one)
    places = {_at(str(one.get("ref"))) for one in gone}
    if drawing in parts.names() and drawing is not None and places:
        for shape in list(parts.tree(drawing).iter(f"{V}shape")):
            if (_number(shape, "Row"), _number(shape, "Column")) in places:
                _drop(shape)


def add_comments(parts: Parts, sheet: str, texts: dict[str, str]) -> None:
    """Puts a comment on each cell (by place, D5); one that bears one already gets the text behind it."""
    comments, boxes = _comments(parts, sheet), _boxes(parts, sheet)
    listed = comments.find(f"{S}commentList")
    authors = comments.find(f"{S}authors")
    if listed is None or authors is None:
        raise KeyError("commentList")
    author = _author(authors)
    known = {str(one.get("ref")): one for one in listed}
    for place, text in sorted(texts.items(), key=lambda item: _at(item[0])):
        if place in known:
            _write(known[place], "\n" + text)
            continue
        made = etree.SubElement(listed, f"{S}comment", ref=place, authorId=str(author))
        etree.SubElement(made, f"{S}text")
        _write(made, text)
        _box(boxes, place, lines=2 + len(text) // 14)
    listed[:] = sorted(listed, key=lambda one: _at(str(one.get("ref"))))


def _comments(parts: Parts, sheet: str) -> etree._Element:
    name = parts.related(sheet, "comments")
    if name is None:
        name = parts.unused("xl/comments", ".xml")
        root = rooted("comments", SHEETS)
        etree.SubElement(root, f"{S}authors")
        etree.SubElement(root, f"{S}commentList")
        parts.add(name, root)
        parts.declare(name, COMMENTS_TYPE)
        parts.relate(sheet, "comments", name)
    return parts.tree(name)


def _boxes(parts: Parts, sheet: str) -> etree._Element:
    root = parts.tree(sheet)
    name = parts.related(sheet, "vmlDrawing") if root.find(f"{S}legacyDrawing") is not None else None
    if name is None:
        name = parts.unused("xl/drawings/vmlDrawing", ".vml")
        made = etree.Element("xml", nsmap={"v": VML, "o": OFFICE, "x": EXCEL})
        kind = etree.SubElement(made, f"{V}shapetype", id="_x0000_t202", coordsize="21600,21600",
                                path="m,l,21600r21600,l21600,xe")  # fmt: skip
        kind.set(f"{{{OFFICE}}}spt", "202")
        parts.add(name, made)
        parts.declare(name, VML_TYPE)
        link = etree.Element(f"{S}legacyDrawing")
        link.set(f"{R}id", parts.relate(sheet, "vmlDrawing", name))
        after = (n for n, one in enumerate(root) if etree.QName(one).localname in BEHIND)
        root.insert(next(after, len(root)), link)
    return parts.tree(name)


def _author(authors: etree._Element) -> int:
    names = [one.text or "" for one in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, f"{S}author").text = AUTHOR
        return len(names)
    return names.index(AUTHOR)


def _write(comment: etree._Element, text: str) -> None:
    holder = comment.find(f"{S}text")
    if holder is None:
        holder = etree.SubElement(comment, f"{S}text")
    run = etree.SubElement(etree.SubElement(holder, f"{S}r"), f"{S}t")
    run.text = text
    run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _box(boxes: etree._Element, place: str, *, lines: int) -> None:
    row, column = _at(place)
    shape = etree.SubElement(boxes, f"{V}shape", id=f"_x0000_s{90000 + len(boxes)}", type="#_x0000_t202",
                             style="position:absolute;width:220pt;height:80pt;visibility:hidden",
                             fillcolor="#ffffe1")  # fmt: skip
    client = etree.SubElement(shape, f"{X}ClientData", ObjectType="Note")
    etree.SubElement(client, f"{X}MoveWithCells")
    corner = (column + 1, 15, max(row - 1, 0), 10, column + 1 + WIDE, 15, max(row - 1, 0) + lines, 4)
    etree.SubElement(client, f"{X}Anchor").text = ",".join(map(str, corner))
    etree.SubElement(client, f"{X}AutoFill").text = "False"
    etree.SubElement(client, f"{X}Row").text = str(row)
    etree.SubElement(client, f"{X}Column").text = str(column)


def _at(place: str) -> tuple[int, int]:
    """Row and column of a place (D5), both from 0; the first cell for what is no place."""
    match = PLACE.match(place)
    return (int(match[2]) - 1, column_number(match[1].encode()) - 1) if match else (0, 0)


def _number(shape: etree._Element, name: str) -> int:
    text = next((one.text or "" for one in shape.iter(f"{X}{name}")), "")
    return int(text) if text.strip().isdecimal() else -1


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
