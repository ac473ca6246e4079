"""The plan to retire or replace a system as a workbook: what is affected, and whom to tell."""

import io
from collections.abc import Iterator

from openpyxl import Workbook

from api.labels import basis_label, step_label, type_label
from api.reports.fixed import without_clock
from kg.exchange.csv import guarded
from queries.what_if import WhatIf

Row = tuple[str | int | float, ...]
AFFECTED = ("单位", "受影响的系统", "类型", "第几层", "经由", "依据", "出处", "ID")
NOTICES = ("单位", "联系方式", "系统数", "受影响的系统", "通知内容")
UNCOVERED = ("替代方没有的功能或能力", "最接近的", "得分")


def what_if_workbook(plan: WhatIf) -> bytes:
    """The workbook; no text of it is run as a formula, and the same plan gives the same bytes."""
    book = Workbook(write_only=True)
    sheets: list[tuple[str, tuple[str, ...], Iterator[Row]]] = [
        ("通知清单", NOTICES, _notices(plan)),
        ("受影响的系统", AFFECTED, _affected(plan)),
    ]
    if plan.replacement:
        sheets.append(("替代缺口", UNCOVERED, ((u.text, u.nearest, u.score) for u in plan.uncovered)))
    for title, header, rows in sheets:
        sheet = book.create_sheet(title)
        sheet.append(header)
        for row in rows:
            sheet.append([guarded(cell) for cell in row])
    saved = io.BytesIO()
    book.save(saved)
    return without_clock(saved.getvalue())


def _notices(plan: WhatIf) -> Iterator[Row]:
    for notice in plan.notices:
        names = "、".join(one.entity.name for one in notice.affected)
        contacts = "；".join(notice.contacts) or "没有登记联系方式"
        yield notice.department or "单位不明", contacts, len(notice.affected), names, notice.text


def _affected(plan: WhatIf) -> Iterator[Row]:
    names = {one.id: one.name for one in (plan.found.root, *(item.entity for item in plan.found.items))}
    for item in plan.found.items:
        way = [
            " ".join((names.get(step.source, ""), step_label(step.type), names.get(step.target, "")))
            for step in item.path
        ]
        last = item.path[-1]
        bases = "、".join(basis_label(one.basis) for one in last.bases) or basis_label(last.basis)
        where = item.department or "单位不明", item.entity.name, type_label(item.entity.type), item.hop
        yield *where, "；".join(way), bases, last.claim, str(item.entity.id)
