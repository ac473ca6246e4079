"""The table over all proposals of a batch, and over its groups, as a workbook."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from api.batch.folder import folder_name
from api.reports import words
from api.reports.fixed import without_clock
from kg.exchange.csv import guarded

Row = Sequence[str | int | float | None]
PROPOSALS = (
    ("序号", 6), ("文件", 28), ("项目名称", 36), ("单位", 22), ("结论", 12), ("申报金额（元）", 16),
    ("建议核减（元）", 16), ("首位候选", 32), ("候选单位", 22), ("关系", 10), ("得分", 8), ("待核实", 40),
    ("分组", 10), ("理由", 60), ("前一版本", 30), ("报告", 34),
)  # fmt: skip
GROUPS = (
    ("组号", 6), ("类型", 14), ("文件", 28), ("项目名称", 36), ("单位", 22), ("金额（元）", 16), ("阶段", 14),
    ("合计（元）", 16), ("可避免（元）", 16), ("理由", 80),
)  # fmt: skip
LONGEST = 2_000
"""Signs of a cell; the reports hold the rest."""
HEAD = PatternFill("solid", fgColor="EEF3F8")


def summary_workbook(reports: Sequence[Mapping[str, Any]], season: Mapping[str, Any]) -> bytes:
    """The workbook; no text of it is run as a formula, and the same batch gives the same bytes."""
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "材料"
    numbers, versions = numbers_of(season), _versions(season)
    rows = [_proposal(r, groups=numbers.get(r["file"], ()), version=versions.get(r["file"])) for r in reports]
    _fill(first, PROPOSALS, [(number, *row) for number, row in enumerate(rows, start=1)])
    _fill(book.create_sheet("分组"), GROUPS, list(_groups(season)))
    saved = io.BytesIO()
    book.save(saved)
    return without_clock(saved.getvalue())


def numbers_of(season: Mapping[str, Any]) -> dict[str, list[int]]:
    """The numbers of the groups in which each file stands."""
    found: dict[str, list[int]] = {}
    for group in season["groups"]:
        for member in group["members"]:
            if not member["stage"]:
                found.setdefault(member["file"], []).append(group["number"])
    return found


def _versions(season: Mapping[str, Any]) -> dict[str, str]:
    return {
        file: f"同批另有版本，以 {one['last']} 为准"
        if file != one["last"]
        else f"同批的最后版本，前有 {before}"
        for one in season["versions"]
        for before in ["、".join(one["files"][:-1])]
        for file in one["files"]
    }


def _proposal(report: Mapping[str, Any], *, groups: Sequence[int], version: str | None) -> Row:
    told, file = report["proposal"], report["file"]
    best = report["candidates"][0] if report["candidates"] else None
    earlier = report.get("earlier_version")
    return (
        file,
        told["name"],
        told["department"],
        report["verdict"] or "未作结论",
        told["budget"] if told["budget"] is not None else report["money"].get("modules"),
        report["money"].get("cut"),
        best["name"] if best else None,
        best["department"] if best else None,
        words.kind(best["kind"]) if best else None,
        best["score"] if best else None,
        "；".join(report["to_verify"]),
        "、".join(map(str, groups)),
        "；".join(text for text, _ in words.grouped(report["reasons"])),
        version or (words.earlier(earlier)[0] if earlier else None),
        folder_name(file),
    )


def _groups(season: Mapping[str, Any]) -> Iterator[Row]:
    for group in season["groups"]:
        for member in group["members"]:
            yield (
                group["number"],
                words.group(group["kind"]),
                member["file"] or "（知识库）",
                member["name"],
                member["department"],
                member["money"],
                member["stage"],
                group["money"],
                group["avoidable"],
                "；".join(group["reasons"]),
            )


def _fill(sheet: Any, columns: Sequence[tuple[str, int]], rows: Sequence[Row]) -> None:
    sheet.append([title for title, _ in columns])
    for row in rows:
        sheet.append([_cell(value) for value in row])
    for cell, (_, width) in zip(sheet[1], columns, strict=True):
        cell.font, cell.fill = Font(bold=True), HEAD
        sheet.column_dimensions[cell.column_letter].width = width
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def _cell(value: str | float | None) -> str | int | float | None:
    if not isinstance(value, str):
        return value
    text = "".join(char for char in value if char in "\n\t" or ord(char) >= 32)
    told = guarded(text[:LONGEST])
    assert isinstance(told, str)
    return told or None
