"""Marks a workbook in place: every part that needs no mark stays as it was sent, without its macros."""

import re
from collections.abc import Iterable
from pathlib import Path

from lxml import etree

from ingest.documents.formats import MAIN
from ingest.documents.packages import open_package
from ingest.returns.comments import add_comments, remove_comments
from ingest.returns.marks import Mark
from ingest.returns.parts import LINKS, SHEETS, Parts, relations_of, resolved
from ingest.returns.receipt import SHEET
from ingest.returns.receiptsheet import Told, receipt_sheet
from ingest.returns.sheetcells import SheetCells
from ingest.returns.styling import Styles

S, R = f"{{{SHEETS}}}", f"{{{LINKS}}}"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
MACRO = re.compile(r"xl/(?:vbaProject\w*\.bin|vbaData\.xml|macrosheets/.*|_rels/vbaProject\.bin\.rels)")
CORE = "docProps/core.xml"
SELECTED = re.compile(rb'(<(?:\w+:)?sheetView\b[^<>]*?)\s+tabSelected="(?:1|true)"')


def mark_workbook(source: Path, target: Path, told: Told) -> None:
    """Writes the workbook at `source` to `target`, marked and with its receipt as the first sheet.

    Raises: DocumentError, KeyError or ValueError for a workbook whose parts are not as editors write them.
    """
    with open_package(source) as package:
        parts = Parts(package)
        book = next(name for name in parts.names() if MAIN["xlsx"].fullmatch(name))
        styles_part = parts.related(book, "styles")
        if parts.tree(book).tag != f"{S}workbook" or styles_part is None:
            raise KeyError("workbook")
        styles = Styles(parts.tree(styles_part))
        _without_macros(parts, book)
        sheets = _sheets(parts, book)
        if SHEET in sheets:
            styles.clear()
            _remove_receipt(parts, book, sheets)
        for name, part in sheets.items():
            remove_comments(parts, part)
            if marks := [mark for mark in told.marks if mark.sheet == name and mark.row]:
                _mark_sheet(parts, part, styles, marks=marks)
        _add_receipt(parts, book, receipt_sheet(told, styles))
        for part in sheets.values():
            _unselect(parts, part)
        if told.rebuilt:
            _without_time(parts)
        parts.save(target)


def _sheets(parts: Parts, book: str) -> dict[str, str]:
    """The part of each worksheet by its name."""
    links = {
        str(one.get("Id")): resolved(book, str(one.get("Target")))
        for one in parts.tree(relations_of(book))
        if str(one.get("Type")).endswith("/worksheet")
    }
    named = (
        (str(one.get("name")), links.get(str(one.get(f"{R}id"))))
        for one in parts.tree(book).iter(f"{S}sheet")
    )
    return {name: part for name, part in named if part is not None}


def _mark_sheet(parts: Parts, part: str, styles: Styles, *, marks: Iterable[Mark]) -> None:
    cells, texts = SheetCells(parts.tree(part)), dict[str, list[str]]()
    coloured: set[str] = set()
    for mark in marks:
        place, others = _places(cells, mark)
        texts.setdefault(place, []).append(mark.text)
        for one in {place, *others} - coloured:
            cell = cells.cell(one)
            cell.set("s", str(styles.coloured(int(cell.get("s") or 0), mark.grade)))
            coloured.add(one)
    add_comments(parts, part, {place: "\n".join(dict.fromkeys(said)) for place, said in texts.items()})


def _places(cells: SheetCells, mark: Mark) -> tuple[str, list[str]]:
    """The cell that bears the comment of a mark, and those coloured with it."""
    if mark.cell:
        return mark.cell, []
    filled = [str(cell.get("r")) for cell in cells.filled(mark.row or 1)]
    return (filled[0], filled) if filled else (f"A{mark.row}", [])


def _without_macros(parts: Parts, book: str) -> None:
    for name in [name for name in parts.names() if MACRO.fullmatch(name)]:
        parts.unrelate(book, name)
        parts.remove(name)
    for one in parts.tree("[Content_Types].xml"):
        if one.get("PartName") == f"/{book}":
            one.set("ContentType", BOOK_TYPE)


def _without_time(parts: Parts) -> None:
    """Leaves out what says when the copy was made, so that the same file gives the same copy."""
    if CORE in parts.names():
        parts.unrelate("", CORE)
        parts.remove(CORE)


def _remove_receipt(parts: Parts, book: str, sheets: dict[str, str]) -> None:
    """Takes out the receipt of an earlier return, wherever it was moved to."""
    part = sheets.pop(SHEET)
    root = parts.tree(book)
    listed = list(root.iter(f"{S}sheet"))
    at = next(number for number, one in enumerate(listed) if one.get("name") == SHEET)
    holder = listed[at].getparent()
    if holder is not None:
        holder.remove(listed[at])
    _move_names(root, frm=at, by=-1)
    parts.unrelate(book, part)
    parts.remove(part)


def _add_receipt(parts: Parts, book: str, sheet: etree._Element) -> None:
    part = parts.unused("xl/worksheets/receipt", ".xml")
    parts.add(part, sheet)
    parts.declare(part, SHEET_TYPE)
    root = parts.tree(book)
    listed = root.find(f"{S}sheets")
    if listed is None:
        raise KeyError("sheets")
    number = max((int(one.get("sheetId") or 0) for one in listed), default=0) + 1
    made = etree.Element(f"{S}sheet", name=SHEET, sheetId=str(number))
    made.set(f"{R}id", parts.relate(book, "worksheet", part))
    listed.insert(0, made)
    _move_names(root, frm=0, by=1)
    for view in root.iter(f"{S}workbookView"):
        view.attrib.pop("activeTab", "")
        view.attrib.pop("firstSheet", "")


def _move_names(root: etree._Element, *, frm: int, by: int) -> None:
    """Names that hold on one sheet tell it by its place, which has moved."""
    for name in root.iter(f"{S}definedName"):
        place = str(name.get("localSheetId") or "")
        if place.isdecimal() and int(place) >= frm:
            name.set("localSheetId", str(max(int(place) + by, 0)))


def _unselect(parts: Parts, part: str) -> None:
    """Leaves the receipt alone in front: sheets selected together are changed together."""
    if parts.is_parsed(part):
        for view in parts.tree(part).iter(f"{S}sheetView"):
            view.attrib.pop("tabSelected", "")
        return
    data = parts.whole(part)
    if SELECTED.search(data[:65536]):
        parts.put(part, SELECTED.sub(rb"\1", data[:65536]) + data[65536:])
