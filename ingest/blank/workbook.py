"""A blank form as a workbook: headers, choices to pick from, an example row that no load takes."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ingest.blank.fields import Column, Form
from kg.ontology import ValueKind

ROWS = 2000
"""Rows that offer the choices; a unit with more systems copies the last one downwards."""
LABELS, HEADER, EXAMPLE = 2, 3, 4
"""Rows of the form: unit and period, the headers, the example."""
LONGEST_LIST = 255
"""Characters of a list of choices within a cell's rule. Source: ECMA-376 18.3.1.32, as Excel reads it."""
PROMPT = 255
EXPLAINED = "填写说明"
MUST = "*"
HEAD, SAMPLE = PatternFill("solid", fgColor="FFDDEBF7"), PatternFill("solid", fgColor="FFF2F2F2")
NOTES = (
    "带 * 的栏目必须填写。",
    "第 2 行写明填报单位全称和填报周期（如 2025 或 2025上半年），写在冒号后面。",
    "同一单位同一周期再次报送即替换上次的内容。",
    "序号为“示例”的一行不会载入，可以删除，也可以照着填写。",
    "不要合并单元格，不要增加合计行，不要改动表头；没有的栏目可以整列留空或删除。",
)


def form_workbook(form: Form, *, reporter: str = "", period: str = "") -> bytes:
    """The form as xlsx, its unit and period filled in where they are given."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = form.sheet
    sheet["A1"], sheet["A1"].font = form.title, Font(bold=True, size=16)
    half = len(form.columns) // 4
    sheet.cell(LABELS, 1, f"填报单位：{reporter}")
    sheet.cell(LABELS, half + 1, f"填报周期：{period}")
    for number, column in enumerate(form.columns, 1):
        _column(sheet, number, column)
    sheet.freeze_panes = f"C{EXAMPLE}"
    _explain(book.create_sheet(EXPLAINED), form)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def _column(sheet: Worksheet, number: int, column: Column) -> None:
    letter = get_column_letter(number)
    sheet.column_dimensions[letter].width = column.width
    head = sheet.cell(HEADER, number, column.header + MUST * column.required)
    head.font, head.fill = Font(bold=True), HEAD
    head.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    sample = sheet.cell(EXAMPLE, number, column.example or None)
    sample.font, sample.fill = Font(italic=True, color="FF7F7F7F"), SAMPLE
    rule = _rule(column)
    rule.promptTitle, rule.prompt = column.header[:32], column.explanation[:PROMPT]
    rule.showInputMessage = True
    rule.add(f"{letter}{EXAMPLE + 1}:{letter}{EXAMPLE + ROWS}")
    sheet.add_data_validation(rule)


def _rule(column: Column) -> DataValidation:
    """What a cell of the column takes: a choice, an amount, or anything."""
    listed = ",".join(column.choices)
    if listed and len(listed) <= LONGEST_LIST:
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        rule.errorTitle, rule.error = column.header[:32], column.explanation[:PROMPT]
        rule.showErrorMessage = True
        return rule
    if column.declared and column.declared.kind in {ValueKind.MONEY, ValueKind.INTEGER}:
        rule = DataValidation(operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        rule.type = "decimal" if column.declared.kind is ValueKind.MONEY else "whole"
        rule.errorTitle, rule.error, rule.showErrorMessage = column.header[:32], column.explanation, True
        return rule
    return DataValidation(allow_blank=True)


def _explain(sheet: Worksheet, form: Form) -> None:
    """One line for each column, in a single cell: beside its explanation a header would pass for a form."""
    lines = [EXPLAINED, *(f"{number}. {note}" for number, note in enumerate(NOTES, 1))]
    for column in form.columns:
        must = "必填。" if column.required else ""
        example = f"例：{column.example}" if column.example and column.field != "number" else ""
        lines.append(f"【{column.header}】{must}{column.explanation}{example}")
    for number, text in enumerate(lines, 1):
        cell = sheet.cell(number, 1, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["A1"].font = Font(bold=True, size=14)
    sheet.column_dimensions["A"].width = 110
