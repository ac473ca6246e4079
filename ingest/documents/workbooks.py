"""Excel workbooks: one table block per sheet, every row at its sheet and row."""

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet

from ingest.documents.blocks import Block, BlockKind, Row
from ingest.documents.cells import cell_text
from ingest.documents.grid import Merge, fill
from ingest.documents.limits import limits
from ingest.documents.packages import CORRUPT, Package, active_parts, open_package
from kg.errors import DocumentError
from kg.model import Place

BEYOND = "超出行列上限的单元格未读"
REFERENCE = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


def read_xlsx(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The sheets of an xlsx or xlsm and what was left unread. Raises: DocumentError."""
    with open_package(path) as package:
        sparse, formulas = _scan(package)
        notes = active_parts(package.names())
    if sparse or formulas:
        blocks, more = _by_openpyxl(path)
        notes += (BEYOND,) if sparse else ()
    else:
        blocks, more = _by_calamine(path)
    return blocks, notes + more


def read_xls(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The sheets of a binary xls. Raises: DocumentError."""
    return _by_calamine(path)


def _scan(package: Package) -> tuple[bool, bool]:
    """Whether any cell stands beyond the dense limits, and whether there are formulas."""
    caps, sparse, formulas = limits(), False, False
    for name in package.names():
        if not name.lower().endswith((".xml", ".rels")):
            continue
        stream, rest = package.stream(name), b""
        while data := stream.read():
            text = rest + data
            if name.startswith("xl/worksheets/"):
                formulas = formulas or bool(FORMULA.search(text))
                sparse = sparse or any(
                    int(row) > caps.rows or column_number(column) > caps.columns
                    for column, row in REFERENCE.findall(text)
                )
            rest = text[-200:]
    return sparse, formulas


def column_number(letters: bytes) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _by_calamine(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    try:
        book = python_calamine.load_workbook(str(path))
        visible = python_calamine.SheetVisibleEnum.Visible
        hidden = tuple(s.name for s in book.sheets_metadata if s.visible != visible)
        blocks: list[Block] = []
        for meta in book.sheets_metadata:
            if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            grid = sheet.to_python(skip_empty_area=False)
            lines = {n: [cell_text(v) for v in row] for n, row in enumerate(grid, 1)}
            found = sheet.merged_cell_ranges or ()
            merges = [Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in found]
            blocks.append(_sheet(meta.name, lines, merges, block=len(blocks) + 1))
    except python_calamine.PasswordError as error:
        raise DocumentError("文件已加密", "请去掉密码后再提交") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise DocumentError(*CORRUPT) from error
    return tuple(blocks), tuple(f"工作表“{name}”为隐藏表，已读取" for name in hidden)


def _by_openpyxl(path: Path) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Row by row, for sheets too sparse for a dense grid and for sheets whose formulas are kept as text."""
    blocks: list[Block] = []
    hidden: list[str] = []
    with open_package(path) as package, path.open("rb") as one, path.open("rb") as two:
        values = openpyxl.load_workbook(one, read_only=True, data_only=True, keep_links=False)
        texts = openpyxl.load_workbook(two, read_only=True, data_only=False, keep_links=False)
        with closing(values), closing(texts):
            for sheet in values.worksheets:
                if sheet.sheet_state != "visible":
                    hidden.append(f"工作表“{sheet.title}”为隐藏表，已读取")
                rows = dict(_sparse(_rows(sheet), _rows(texts[sheet.title])))
                merges = _ranges(package, str(getattr(sheet, "_worksheet_path", "")))
                blocks.append(_sheet(sheet.title, rows, merges, block=len(blocks) + 1))
    return tuple(blocks), tuple(hidden)


def _ranges(package: Package, part: str) -> list[Merge]:
    if part not in package.names():
        return []
    found = MERGE.findall(package.bytes(part))
    return [Merge(int(r1), column_number(c1) - 1, int(r2), column_number(c2) - 1) for c1, r1, c2, r2 in found]


def _rows(sheet: Worksheet) -> Iterator[tuple[object, ...]]:
    return sheet.iter_rows(max_row=limits().rows, max_col=limits().columns, values_only=True)


def _sparse(
    values: Iterable[tuple[object, ...]], texts: Iterable[tuple[object, ...]]
) -> Iterator[tuple[int, list[str]]]:
    """Non-empty rows with their numbers; a formula without a stored value stays as its text."""
    caps, cells = limits(), 0
    for number, (row, written) in enumerate(zip(values, texts, strict=False), 1):
        if written.count(None) == len(written):
            continue
        line = [cell_text(v if v is not None else w) for v, w in zip(row, written, strict=False)][
            : caps.columns
        ]
        while line and not line[-1]:
            line.pop()
        cells += len(line)
        if cells > caps.cells:
            raise DocumentError("表格单元格过多", "请拆分为多个文件后再提交")
        if line:
            yield number, line


def _sheet(name: str, lines: dict[int, list[str]], merges: Iterable[Merge], *, block: int) -> Block:
    marks = fill(lines, merges)
    rows = tuple(
        Row(tuple(line), Place(sheet=name, row=number, block=block), *marks.get(number, ()))
        for number, line in sorted(lines.items())
    )
    return Block(BlockKind.TABLE, Place(sheet=name, block=block), name, 0, rows)
