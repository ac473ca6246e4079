"""What the XML of a workbook tells before it is read: how far cells reach, merges, formulas not computed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from ingest.documents.grid import Merge
from ingest.documents.limits import limits
from ingest.documents.packages import Package
from ingest.documents.wordxml import parse, related_parts

CELL = re.compile(rb'<(?:\w+:)?c\b[^<>]*?\br="([A-Z]{1,3})(\d{1,7})"[^<>]*?(/?)>')
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b[^<>]*?(?:/>|>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\b[^<>]*?(/>|>[^<]*<))?"
)
MARGIN = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^<>]*>([^<]+)")
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
STARTS = (b"<c ", b":c ", b"<mergeCell ", b":mergeCell ", b"Header", b"Footer")
LONGEST = 1 << 17
"""Bytes of one cell beyond which it is not kept whole between two reads."""


@dataclass(slots=True)
class SheetScan:
    """One sheet: its last row and column with content, cells beyond the limits, merges (columns from 0).

    `formulas` holds those without a stored value, by row and column (from 1 and 0), `margins` what is printed
    above and below each page.
    """

    rows: int = 0
    columns: int = 0
    beyond: int = 0
    first_beyond: str = ""
    merges: list[Merge] = field(default_factory=list)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    margins: list[str] = field(default_factory=list)

    @property
    def is_sparse(self) -> bool:
        """Whether a grid from A1 to the last cell would be too large to build."""
        return bool(self.beyond) or self.rows * self.columns > limits().cells

    def take(self, text: bytes) -> None:
        """Adds what a stretch of the sheet's XML says."""
        caps = limits()
        for letters, digits, empty in CELL.findall(text):
            row, column = int(digits), column_number(letters)
            if empty:
                continue
            if row > caps.rows or column > caps.columns:
                self.beyond += 1
                self.first_beyond = self.first_beyond or (letters + digits).decode()
            else:
                self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        for left, top, right, bottom in MERGE.findall(text):
            self.merges.append(
                Merge(int(top), column_number(left) - 1, int(bottom), column_number(right) - 1)
            )
        self.margins += [unescape(said.decode("utf-8", "replace")) for said in MARGIN.findall(text)]
        for attributes, formula, value in FORMULA.findall(text):
            self._take_formula(attributes, formula, value)

    def _take_formula(self, attributes: bytes, formula: bytes, value: bytes) -> None:
        place = PLACE.search(attributes)
        stored = len(value) > 2 or (value and b't="str"' in attributes)
        if place and not stored:
            text = unescape(formula.decode("utf-8", "replace"))
            self.formulas[int(place[2]), column_number(place[1]) - 1] = f"={text}" if text else ""


def scan(package: Package) -> dict[str, SheetScan]:
    """The sheets of a workbook by part name; inflates every part once, so that all sizes are counted.

    Raises: DocumentError over a limit.
    """
    found: dict[str, SheetScan] = {}
    for name in package.names():
        if "/media/" in name:
            continue
        sheet = found.setdefault(name, SheetScan()) if name.startswith("xl/worksheets/") else None
        for text in _stretches(package, name):
            if sheet is not None:
                sheet.take(text)
    return found


def _stretches(package: Package, name: str) -> Iterator[bytes]:
    """The bytes of a part in pieces that cut no cell in two."""
    stream, rest = package.stream(name, cap=limits().sheet_bytes), b""
    while data := stream.read():
        text = rest + data
        cut = text.rfind(b"<", 0, max(text.rfind(start) for start in STARTS) + 1)
        cut = cut if cut >= 0 and len(text) - cut < LONGEST else len(text)
        yield text[:cut]
        rest = text[cut:]
    yield rest


def column_number(letters: bytes) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """1 → A, 16384 → XFD."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_parts(package: Package, workbook: str) -> dict[str, str]:
    """The part of each sheet by its name. Raises: DocumentError."""
    targets = related_parts(package, workbook)
    parts: dict[str, str] = {}
    for element in parse(package, workbook).iter("{*}sheet"):
        key = next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), "")
        parts[str(element.get("name") or "")] = targets.get(key, "")
    return parts
