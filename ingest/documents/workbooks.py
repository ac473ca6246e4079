"""Excel workbooks: one table block per sheet, every row at its sheet and row."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import python_calamine

from ingest.documents.biff import scan_records
from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.cells import cell_text
from ingest.documents.folio import is_page_number
from ingest.documents.formats import MAIN
from ingest.documents.grid import Merge, fill
from ingest.documents.limits import limits
from ingest.documents.packages import CORRUPT, LOCKED, MACROS, active_parts, open_package
from ingest.documents.sheetscan import SheetScan, column_letters, scan, sheet_parts
from kg.errors import DocumentError
from kg.model import Place

STRAY = 1000
"""Cells beyond the limits up to which they count as strays and are left out; more are data."""
CODE = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[A-Za-z])')
"""A code in a printed header: font, size, colour, page, date, file. Source: ECMA-376 18.3.1.46."""
PAGES_ONLY = re.compile(r"[第共页\W_]*")
"""What is left of page numbers without their codes."""
Lines = dict[int, list[str]]


def read_xlsx(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The sheets of an xlsx or xlsm and what was left unread. Raises: DocumentError."""
    with open_package(path) as package:
        scans = scan(package)
        workbook = next(name for name in package.names() if MAIN["xlsx"].fullmatch(name))
        parts = sheet_parts(package, workbook)
        notes = active_parts(package.names())
    sheets = {name: scans.get(part, SheetScan()) for name, part in parts.items()}
    for name, found in sheets.items():
        if found.beyond > STRAY:
            raise DocumentError(
                f"工作表“{name}”超过{limits().rows}行或{limits().columns}列", "请拆分为多个文件后再提交"
            )
    blocks, hidden = _read(path, sheets)
    margins = {name: found.margins for name, found in sheets.items()}
    return _with_margins(blocks, margins), notes + hidden + tuple(_scan_notes(sheets))


def read_xls(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The sheets of a binary xls and what was left unread. Raises: DocumentError."""
    told = scan_records(path.read_bytes())
    blocks, hidden = _read(path, {})
    margins = zip((block.text for block in blocks), told.margins, strict=False)
    return _with_margins(blocks, dict(margins)), (MACROS,) * told.macros + hidden


def _with_margins(blocks: tuple[Block, ...], margins: Mapping[str, Sequence[str]]) -> tuple[Block, ...]:
    """The sheets, behind them what they print above and below each page, without page numbers and dates."""
    said = [
        Block(BlockKind.PARAGRAPH, Place(sheet=name), text)
        for name, texts in margins.items()
        for text in dict.fromkeys(part for code in texts for part in _margin_parts(code))
    ]
    number = len(blocks)
    return blocks + tuple(replace(b, place=replace(b.place, block=number + n)) for n, b in enumerate(said, 1))


def _margin_parts(code: str) -> list[str]:
    """The words of a printed header; `&L`, `&C` and `&R` begin its three parts, other codes are no words."""
    parts = (CODE.sub("", part).strip() for part in re.split("&[LCR]", code))
    return [part for part in parts if not PAGES_ONLY.fullmatch(part) and not is_page_number(part)]


def _scan_notes(sheets: dict[str, SheetScan]) -> Iterator[str]:
    for name, found in sheets.items():
        if found.beyond:
            yield f"工作表“{name}”{found.first_beyond}等{found.beyond}个单元格超出行列上限，未读"
        if found.formulas:
            row, column = next(iter(found.formulas))
            place = f"{column_letters(column + 1)}{row}"
            yield (
                f"工作表“{name}”{place}等{len(found.formulas)}处公式没有保存计算结果，未计算，"
                "请用办公软件打开并保存后再提交"
            )


def _read(path: Path, sheets: dict[str, SheetScan]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    try:
        book = python_calamine.load_workbook(str(path))
        visible = python_calamine.SheetVisibleEnum.Visible
        hidden = tuple(
            f"工作表“{s.name}”为隐藏表，已读取" for s in book.sheets_metadata if s.visible != visible
        )
        blocks: list[Block] = []
        for meta in book.sheets_metadata:
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
                found = sheets.get(meta.name)
                if found is not None and found.is_sparse:
                    lines, merges = _sparse(path, meta.name, found), found.merges
                else:
                    lines, merges = _dense(book, meta.name, found)
                blocks.append(_sheet(meta.name, lines, merges, block=len(blocks) + 1))
    except python_calamine.PasswordError as error:
        raise DocumentError(*LOCKED) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise DocumentError(*CORRUPT) from error
    return tuple(blocks), hidden


def _dense(
    book: python_calamine.CalamineWorkbook, name: str, found: SheetScan | None
) -> tuple[Lines, list[Merge]]:
    """The texts of a sheet by row number, and its merges."""
    sheet = book.get_sheet_by_name(name)
    grid = sheet.to_python(skip_empty_area=False)
    lines = {number: [cell_text(value) for value in row] for number, row in enumerate(grid, 1)}
    if found is not None:
        _tell(lines, found)
        return lines, found.merges
    ranges = sheet.merged_cell_ranges or ()
    return lines, [Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges]


def _tell(lines: Lines, found: SheetScan) -> None:
    """Puts the text of a formula where it has no stored value."""
    for (row, column), formula in found.formulas.items():
        line = lines.setdefault(row, [])
        line.extend("" for _ in range(column + 1 - len(line)))
        line[column] = line[column] or formula


def _sparse(path: Path, name: str, found: SheetScan) -> Lines:
    """The filled rows of a sheet too far apart for a grid, read one by one within the limits."""
    lines: Lines = {}
    cells = 0
    with path.open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        with closing(book):
            rows = book[name].iter_rows(max_row=limits().rows, max_col=limits().columns, values_only=True)
            for number, row in enumerate(rows, 1):
                if row.count(None) == len(row):
                    continue
                line = _trimmed(row)
                cells += len(line)
                if cells > limits().cells:
                    raise DocumentError(f"工作表“{name}”单元格过多", "请拆分为多个文件后再提交")
                lines[number] = line
    _tell(lines, found)
    return lines


def _trimmed(row: tuple[object, ...]) -> list[str]:
    width = max(index for index, value in enumerate(row) if value is not None) + 1
    return [cell_text(value) for value in row[:width]]


def _sheet(name: str, lines: Lines, merges: Iterable[Merge], *, block: int) -> Block:
    marks = fill(lines, merges)
    rows = tuple(
        Row(tuple(line), Place(sheet=name, row=number, block=block), *marks.get(number, ()))
        for number, line in sorted(lines.items())
    )
    return Block(BlockKind.TABLE, Place(sheet=name, block=block), name, 0, rows)
