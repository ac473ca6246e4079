"""Census workbooks in several messy layouts, as units really send them."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook

from examples.generate.systems import System
from examples.generate.vocabulary import components, words

NOTE = "示例数据（虚构），不代表任何真实单位和系统"
EPOCH = datetime(2026, 1, 1)  # noqa: DTZ001 - workbook properties take naive times
Rows = Iterable[Sequence[object]]


def write_workbook(path: Path, title: str, rows: Rows, *, merged: Iterable[str] = ()) -> None:
    """One sheet with these rows and merged ranges; without the clock, so the rows alone make the bytes."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    for letter in "BCDEF":
        sheet.column_dimensions[letter].width = 24
    book.properties.created = book.properties.modified = EPOCH
    saved = io.BytesIO()
    book.save(saved)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(fixed(saved.getvalue()))


def fixed(package: bytes) -> bytes:
    """A zip package with one date on all its entries."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _without_clock(content)
            copy.writestr(entry, content)
    return target.getvalue()


def _without_clock(core: bytes) -> bytes:
    text = core.decode("utf-8")
    for tag in ("dcterms:created", "dcterms:modified"):
        start, end = text.find(f"<{tag}"), text.find(f"</{tag}>")
        if start >= 0:
            opening = text.index(">", start) + 1
            text = f"{text[:opening]}2026-01-01T00:00:00Z{text[end:]}"
    return text.encode("utf-8")


def by_city(systems: Sequence[System]) -> dict[str, list[System]]:
    """The systems of each city."""
    return {city: [system for system in systems if system.city == city] for city in words()["cities"]}


def layout_wide(systems: Sequence[System]) -> Rows:
    """Title and notes, header in row 4, money in 万元, a blank row, header again, a shifted row, a sum."""
    header = [
        "序号",
        "信息系统名称",
        "建设单位",
        "地区",
        "主要功能",
        "总投资（万元）",
        "建设性质",
        "运行状态",
    ]
    header += ["上线时间", "网络环境", "等保级别", "复用组件", "对接系统", "负责人意见"]
    yield [f"{words()['province']}政务信息系统普查表"]
    yield [NOTE]
    yield ["填表说明：系统名称填全称，投资填万元"]
    yield header
    for number, s in enumerate(systems, start=1):
        if number == 20:
            yield [None] * len(header)
            yield header
        row: list[object] = [number, s.name, s.owner, s.city, "、".join(s.functions), float(s.budget)]
        row += [s.kind, s.status, s.launched, s.network, s.grade]
        yield [*row, "、".join(s.reuses), "、".join(s.linked), "同意"]
    yield [len(systems) + 1, *row[4:], "", "", ""]
    yield ["合计", None, None, None, None, sum(float(s.budget) for s in systems)]


def layout_grouped(systems: Sequence[System]) -> Rows:
    """Sorted by unit, its cell merged (`merged_units`), header in row 5, numbered functions on lines."""
    yield ["应用系统情况摸底表"]
    yield [NOTE]
    yield ["说明：建设资金单位为万元；功能逐行填写"]
    yield []
    yield [
        "责任单位",
        "序号",
        "应用名称",
        "系统功能",
        "建设资金(万元)",
        "使用范围",
        "状态",
        "启用时间",
        "关联系统",
    ]
    unit = ""
    for number, s in enumerate(by_unit(systems), start=1):
        functions = "\n".join(f"{n}.{word}" for n, word in enumerate(s.functions, start=1))
        lead = s.owner if s.owner != unit else None
        unit = s.owner
        yield [lead, number, s.name, functions, s.budget, "全市", s.status, s.launched, "、".join(s.linked)]


def by_unit(systems: Sequence[System]) -> list[System]:
    """The systems with those of one unit together."""
    return sorted(systems, key=lambda system: system.owner)


def merged_units(systems: Sequence[System]) -> list[str]:
    """The ranges of column A that `layout_grouped` merges: the title, and each unit's rows."""
    ranges, row = ["A1:I1"], 6
    for _, group in groupby(by_unit(systems), key=lambda system: system.owner):
        last = row + len(list(group)) - 1
        ranges += [f"A{row}:A{last}"] if last > row else []
        row = last + 1
    return ranges


def layout_intentions(systems: Sequence[System]) -> Rows:
    """Procurement intentions as a procurement site exports them, one row shifted to the left."""
    header = [
        "序号",
        "地区",
        "标题",
        "采购方式",
        "项目类型",
        "发布时间",
        "子序号",
        "采购项目名称",
        "采购需求概况",
    ]
    header += ["预算金额(万元)", "拟面向中小企业预留", "预计采购时间", "备注", "采购单位"]
    yield header
    for number, s in enumerate(systems, start=1):
        title = f"{s.owner}2026年{number}月政府采购意向"
        tail: list[object] = [
            1,
            f"{s.name}升级改造项目",
            f"建设内容包括：{'、'.join(s.functions[:6])}",
            s.budget,
        ]
        tail += ["否", f"2026年{number + 1:02d}月", NOTE, s.owner]
        if number == 4:
            tail = [*tail[1:], None]
        yield [number, s.city, title, "公开招标", "服务", f"2026-0{number}-15", *tail]


def layout_reported(systems: Sequence[System], unit: str, period: str) -> Rows:
    """Unit and period in the title, header in row 3, money in 元, functions on lines of their own."""
    yield [f"政务信息系统自查表　{NOTE}"]
    yield [f"填报单位：{unit}", None, f"填报周期：{period}"]
    yield ["系统名称", "业主单位", "系统功能", "合同金额(元)", "使用范围", "系统状态", "依托平台", "立项时间"]
    for number, s in enumerate(systems):
        money: object = float(s.budget) * 10_000 if number != 3 else "-500000"
        when = "十四五期间" if number == 5 else s.launched
        state = "量子态" if number == 7 else s.status
        yield [s.name, s.owner, "\n".join(s.functions), money, "全市", state, "、".join(s.reuses), when]


def layout_listed(systems: Sequence[System], unit: str, period: str) -> Rows:
    """Unit and period in columns of their own, the unit's cell filled in every row."""
    header = ["序号", "填报单位", "填报周期", "业务系统名称", "责任单位", "主要业务功能", "项目投资（万元）"]
    yield [*header, "系统状态", "关联系统", "备注"]
    for number, s in enumerate(systems, start=1):
        row: list[object] = [number, unit, period, s.name, s.owner, "、".join(s.functions), s.budget]
        yield [*row, s.status, "、".join(s.linked), NOTE]


def layout_plain(systems: Sequence[System]) -> Rows:
    """Header first, other words for the same columns, functions after semicolons."""
    yield ["平台名称", "主管部门", "地市", "功能模块", "投资额(万元)", "当前状态", "对接系统", "备注"]
    for s in systems:
        yield [s.name, s.owner, s.city, "；".join(s.functions), s.budget, s.status, "、".join(s.linked), NOTE]


def layout_components(provider: str) -> Rows:
    """The catalogue of shared components."""
    yield [f"可复用组件目录　{NOTE}"]
    header = ["组件名称", "所属能力", "提供单位", "服务区划", "服务层级", "对外接口", "计价方式", "认定情况"]
    yield [*header, "知识产权归属", "运行状态", "网络环境", "遵循标准"]
    for c in components():
        place, levels = words()["province"], "省级、市级、县级"
        row = [c.name, c.ability, provider, place, levels, "REST 接口", "免费", c.accreditation]
        yield [*row, provider if c.status == "在用" else "", c.status, "政务外网", c.standards]
