"""The cells of one sheet's XML: found by row and column, put in where they are wanting."""

import re

from lxml import etree

from ingest.documents.sheetscan import column_letters, column_number
from ingest.returns.parts import SHEETS

S = f"{{{SHEETS}}}"
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class SheetCells:
    """The cells of a sheet; rows and cells without a number of their own follow those before them."""

    def __init__(self, root: etree._Element) -> None:
        """Takes the root of a sheet. Raises: KeyError where it has no cells at all."""
        data = root.find(f"{S}sheetData")
        if data is None:
            raise KeyError("sheetData")
        self._data = data
        self._rows: dict[int, etree._Element] = {}
        number = 0
        for row in data.iterchildren(f"{S}row"):
            number = int(row.get("r") or number + 1)
            row.set("r", str(number))
            self._rows[number] = row

    def filled(self, row: int) -> list[etree._Element]:
        """The cells of a row that hold something, from the left."""
        found = self._rows.get(row)
        return [] if found is None else [cell for cell in self._cells(found).values() if len(cell)]

    def cell(self, place: str) -> etree._Element:
        """The cell at a place (D5), a blank one where there was none. Raises: ValueError for no place."""
        match = PLACE.fullmatch(place)
        if match is None:
            raise ValueError(place)
        column, number = column_number(match[1].encode()), int(match[2])
        row = self._rows.get(number)
        if row is None:
            row = self._rows[number] = etree.Element(f"{S}row", r=str(number))
            before = sum(1 for known in self._rows if known < number)
            self._data.insert(before, row)
        cells = self._cells(row)
        if column not in cells:
            made = etree.Element(f"{S}c", r=place)
            row.insert(sum(1 for known in cells if known < column), made)
            return made
        return cells[column]

    def _cells(self, row: etree._Element) -> dict[int, etree._Element]:
        found: dict[int, etree._Element] = {}
        column = 0
        for cell in row.iterchildren(f"{S}c"):
            match = PLACE.fullmatch(str(cell.get("r") or ""))
            column = column_number(match[1].encode()) if match else column + 1
            cell.set("r", f"{column_letters(column)}{row.get('r')}")
            found[column] = cell
        return found
