"""The state of reporting as a workbook to be sent on: deliveries, units that are late, changes."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font

from api.reports.fixed import without_clock
from kg.exchange.csv import guarded
from queries.deliveries.review import Reporting

SHEETS = (
    (
        "报送情况",
        ("填报单位", "区划", "填报周期", "来源", "文件", "行数", "材料日期", "最近载入", "载入次数"),
    ),
    ("未报送", ("单位", "最近报送的周期", "已知系统数", "情况")),
    ("变化", ("填报单位", "情况", "系统", "编号", "对比周期")),
)


def reporting_workbook(told: Reporting) -> bytes:
    """The workbook; the same state gives the same bytes, and no cell is run as a formula."""
    deliveries = (
        (d.unit, d.region, d.period, d.source, "、".join(d.documents), d.rows, d.said_on, d.loaded, d.loads)
        for d in told.deliveries
    )
    late = (
        (one.unit, one.last_period, one.systems, "本期未报" if one.last_period else "从未报送")
        for one in told.late
    )
    changes = ((one.unit, one.kind, one.name, one.id, one.before) for one in told.changes)
    book = Workbook()
    book.remove(book.worksheets[0])
    for (title, header), rows in zip(SHEETS, (deliveries, late, changes), strict=True):
        _fill(book, title, header, rows=rows)
    saved = io.BytesIO()
    book.save(saved)
    return without_clock(saved.getvalue())


def _fill(
    book: Workbook, title: str, header: Sequence[str], *, rows: Iterable[Sequence[str | int | None]]
) -> None:
    sheet = book.create_sheet(title)
    sheet.append(list(header))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([None if value is None else guarded(value) for value in row])
    sheet.freeze_panes = "A2"
    for letter in "ACEI":
        sheet.column_dimensions[letter].width = 28
