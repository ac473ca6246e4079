"""A workbook of the texts of a document, for files whose own format cannot be written back."""

import re
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from ingest.documents.blocks import Block, BlockKind, Document
from ingest.documents.cells import cell_text

NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?")
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE = 31
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def copy_workbook(document: Document, target: Path) -> list[str]:
    """Writes every table of the document to a sheet of its own, each cell where it stood; their names."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for block in document.blocks:
        if block.kind is BlockKind.TABLE:
            title = block.place.sheet or Path(document.path).stem
            _fill(book.create_sheet(FORBIDDEN.sub("_", title)[:LONGEST_TITLE]), block)
    book.save(target)
    return book.sheetnames
    return book.sheetnames


def _fill(sheet: Worksheet, block: Block) -> None:
    for number, row in enumerate(block.rows, 1):
        at = row.place.row or number
        for column, text in enumerate(row.cells, 1):
            if text and column - 1 not in row.merged:
                cell = sheet.cell(at, column)
                assert isinstance(cell, Cell)
                _write(cell, CONTROL.sub(" ", text))
    for top, left, bottom, right in _merges(block):
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _write(cell: Cell, text: str) -> None:
    """The text as a number where that reads the same; never as a formula."""
    if NUMBER.fullmatch(text) and cell_text(float(text)) == text:
        cell.value = float(text)
        return
    cell.value = text
    cell.data_type = "s"


def _merges(block: Block) -> list[tuple[int, int, int, int]]:
    """The merged ranges, told by cells that only repeat others: first row and column, last row and column."""
    rows = {row.place.row or number: row for number, row in enumerate(block.rows, 1)}
    found = []
    for number, row in rows.items():
        for column in range(len(row.cells)):
            if column in row.merged:
                continue
            right, bottom = column, number
            while right + 1 in row.across:
                right += 1
            while bottom + 1 in rows and column in rows[bottom + 1].down:
                bottom += 1
            if right > column or bottom > number:
                found.append((number, column + 1, bottom, right + 1))
    return found
