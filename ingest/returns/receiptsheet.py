"""The receipt as a sheet: what the file was, how its rows ended, and a line for each thing to mend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.documents.sheetscan import column_letters
from ingest.report import Rows
from ingest.returns.marks import Grade, Mark
from ingest.returns.parts import SHEETS, rooted
from ingest.returns.receipt import MARK, Receipt
from ingest.returns.styling import Styles

S = f"{{{SHEETS}}}"
HOW = (
    "本表由系统生成，请勿改动。请按下列各条修改（单元格已着色并加批注），"
    "修改后连同本表保存，按原来的单位和批次重新提交，即替换上次报送的内容。"
)
KEPT = "原文件为旧格式，已另存为 xlsx，字体、颜色和公式未保留"
HEAD = ("序号", "工作表", "位置", "程度", "问题", "怎样修改")
WIDTHS = (12, 22, 10, 10, 60, 50)
MOST = 5000
"""Lines of things to mend at most; a sheet with more of them is wrong as a whole."""
Line = tuple[Sequence[str], Grade | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What a receipt says: the file, its rows, the load's date, and whether its format could be kept."""

    receipt: Receipt
    rows: Rows
    today: str
    marks: Sequence[Mark]
    rebuilt: bool = False


def receipt_sheet(told: Told, styles: Styles) -> etree._Element:
    """The XML of the sheet."""
    root = rooted("worksheet", SHEETS)
    columns = etree.SubElement(root, f"{S}cols")
    for number, width in enumerate(WIDTHS, 1):
        span = {"min": str(number), "max": str(number), "width": str(width), "customWidth": "1"}
        etree.SubElement(columns, f"{S}col", span)
    data, plain = etree.SubElement(root, f"{S}sheetData"), styles.wrapped()
    for number, (cells, grade) in enumerate(_lines(told), 1):
        row = etree.SubElement(data, f"{S}row", r=str(number))
        style = styles.coloured(plain, grade) if grade else plain
        for column, text in enumerate(cells, 1):
            _cell(row, f"{column_letters(column)}{number}", text, style=style if text else plain)
    merges = etree.SubElement(root, f"{S}mergeCells", count="2")
    for number in (1, 2):
        etree.SubElement(merges, f"{S}mergeCell", ref=f"A{number}:F{number}")
    return root


def _lines(told: Told) -> Iterator[Line]:
    yield (MARK,), None
    yield (HOW,), None
    for pair in told.receipt.rows():
        yield pair, None
    rows = told.rows
    yield ("载入日期", told.today), None
    result = f"读取 {rows.read} 行：写入 {rows.written}，未变 {rows.unchanged}，退回 {rows.rejected}"
    yield ("结果", result), None
    if told.rebuilt:
        yield ("说明", KEPT), None
    yield (), None
    if not told.marks:
        yield ("没有需要修改之处",), None
        return
    yield HEAD, None
    for number, mark in enumerate(told.marks[:MOST], 1):
        where = mark.cell or (f"第 {mark.row} 行" if mark.row else "")
        yield (str(number), mark.sheet or "", where, mark.grade.word, mark.problem, mark.remedy), mark.grade
    if len(told.marks) > MOST:
        yield (f"其余 {len(told.marks) - MOST} 条从略",), None


def _cell(row: etree._Element, place: str, text: str, *, style: int) -> None:
    cell = etree.SubElement(row, f"{S}c", r=place, s=str(style), t="inlineStr")
    holder = etree.SubElement(etree.SubElement(cell, f"{S}is"), f"{S}t")
    holder.text = "".join(char if char.isprintable() or char == "\n" else " " for char in text)
    holder.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
