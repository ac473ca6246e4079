"""Census workbooks in several messy layouts, as units really send them."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from examples.generate.systems import System
from examples.generate.vocabulary import components, words

NOTE = "示例数据（虚构），不代表任何真实单位和系统"
EPOCH = datetime(2026, 1, 1)  # noqa: DTZ001 - workbook properties take naive times
Rows = Iterable[Sequence[object]]


def write_workbook(path: Path, title: str, rows: Rows) -> None:
    """One sheet with these rows; the clock is taken out, so the bytes depend on the rows alone."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
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
    """Title and note rows, header in row 4, money in 万元, blank rows and a repeated header."""
    header = [
        "序号",
        "信息系统名称",
        "建设单位",
        "地区",
        "主要功能",
        "总投资（万元）",
        "建设性质",
        "运行状态",
        "上线时间",
    ]
    header += ["网络环境", "等保级别", "复用组件", "对接系统", "负责人意见"]
    yield [f"{words()['province']}政务信息系统普查表"]
    yield [NOTE]
    yield ["填表说明：系统名称填全称，投资填万元"]
    yield header
    for number, s in enumerate(systems, start=1):
        if number == 20:
            yield [None] * len(header)
            yield header
        row: list[object] = [number, s.name, s.owner, s.city, "、".join(s.functions), float(s.budget)]
        row += [
            s.kind,
            s.status,
            s.launched,
            s.network,
            s.grade,
            "、".join(s.reuses),
            "、".join(s.linked),
            "同意",
        ]
        yield row


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
