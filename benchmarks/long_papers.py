"""Papers of a hundred pages, prose and tables, drawn from a seed: a feasibility study and a notice."""

import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.bench_census import ACTIONS, FIELDS, OBJECTS, PLACES

PAGES = 100
PAGE_CHARS = 560
"""A page of official Chinese papers: 22 lines of 28 signs (GB/T 9704), less headings."""
TABLE_EVERY = 3
TABLE_ROWS = 20
SHARED = ("统一身份认证", "电子印章", "电子证照", "统一消息", "数据共享交换平台", "政务云", "电子档案")
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
PARTS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page, its header first."""

    rows: Sequence[Sequence[str]]


Page = Sequence[str | Table]


def study(seed: int) -> list[Page]:
    """A feasibility study: facts of the head, prose, and function lists with money on every third page."""
    chance = random.Random(seed)
    head = [
        "数字档案综合管理平台建设项目可行性研究报告",
        "项目名称：数字档案综合管理平台建设项目",
        "申报单位：南宁市大数据发展局",
        "总投资：1260万元",
        "建设周期：12个月",
    ]
    return [head, *_pages(chance, _modules)]


def proposal(name: str, unit: str, functions: Sequence[str]) -> list[Page]:
    """A feasibility study of this name and unit that lists these functions, a few on every third page."""
    chance = random.Random(name)
    head = [f"{name}可行性研究报告", f"项目名称：{name}", f"申报单位：{unit}", "建设周期：12个月"]
    each = -(-len(functions) // (PAGES // TABLE_EVERY))
    parts = iter([functions[start : start + each] for start in range(0, len(functions), each)])
    return [head, *_pages(chance, lambda _: _listed(next(parts, ())))]


def notice(seed: int) -> list[Page]:
    """A notice on joint building: prose, and tables of tasks with who leads them on every third page."""
    chance = random.Random(seed)
    head = ["关于印发政务信息化统筹建设工作方案的通知", "各市、县人民政府，自治区人民政府各组成部门："]
    return [head, *_pages(chance, _tasks)]


def prose(seed: int, count: int) -> list[Page]:
    """So many pages of prose without tables."""
    chance = random.Random(seed)
    pages: list[Page] = []
    for _ in range(count):
        page: list[str] = []
        while sum(map(len, page)) < PAGE_CHARS:
            page.append("".join(_sentence(chance) for _ in range(3)))
        pages.append(page)
    return pages


def write_docx(path: Path, pages: Sequence[Page]) -> None:
    """Writes pages with breaks between them."""
    body = BREAK.join("".join(map(_xml, page)) for page in pages)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", PARTS)
        package.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document {WORD}><w:body>{body}</w:body></w:document>',
        )


def chars(pages: Sequence[Page]) -> int:
    """The signs of all paragraphs and cells."""
    return sum(len(cell) for page in pages for part in page for cell in _cells(part))


def _cells(part: str | Table) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    else:
        yield from (cell for row in part.rows for cell in row)


def _xml(part: str | Table) -> str:
    if isinstance(part, str):
        return f"<w:p><w:r><w:t>{escape(part)}</w:t></w:r></w:p>"
    rows = ("".join(f"<w:tc>{_xml(cell)}</w:tc>" for cell in row) for row in part.rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def _pages(chance: random.Random, table: Callable[[random.Random], Table]) -> Iterator[Page]:
    for number in range(1, PAGES):
        page: list[str | Table] = [f"{number}. {chance.choice(FIELDS)}{chance.choice(OBJECTS)}建设内容"]
        if number % TABLE_EVERY == 0:
            page.append(table(chance))
        while sum(len(cell) for part in page for cell in _cells(part)) < PAGE_CHARS:
            page.append("".join(_sentence(chance) for _ in range(3)))
        yield page


def _system(chance: random.Random) -> str:
    return f"{chance.choice(PLACES)}{chance.choice(FIELDS)}{chance.choice(OBJECTS)}管理系统"


def _sentence(chance: random.Random) -> str:
    organ, lists = (
        f"{chance.choice(PLACES)}{chance.choice(FIELDS)}局",
        "、".join(_function(chance) for _ in range(4)),
    )
    return chance.choice(
        (
            f"由{organ}建设{_system(chance)}，提供{lists}等功能。",
            f"{_system(chance)}应当与{_system(chance)}对接，统一调用{chance.choice(SHARED)}。",
            f"各级部门要加强{chance.choice(OBJECTS)}数据的归集和治理，按季度报送进展情况，不得自行改变口径。",
            f"{organ}负责{_system(chance)}的运行维护，每年组织一次应急演练，并向社会公开结果。",
            f"拟复用{chance.choice(SHARED)}，与{_system(chance)}实现数据共享，减少材料重复提交。",
        )
    )


def _function(chance: random.Random) -> str:
    return f"{chance.choice(OBJECTS)}{chance.choice(ACTIONS)}"


def _modules(chance: random.Random) -> Table:
    rows = [
        (str(n), f"{chance.choice(OBJECTS)}子系统", _function(chance), f"支持{_function(chance)}", str(n + 1))
        for n in range(1, TABLE_ROWS + 1)
    ]
    return Table([("序号", "子系统", "功能模块", "功能描述", "金额（万元）"), *rows])


def _listed(functions: Sequence[str]) -> Table:
    rows = [(str(n), text, "2") for n, text in enumerate(functions, start=1)]
    return Table([("序号", "功能模块", "金额（万元）"), *rows])


def _tasks(chance: random.Random) -> Table:
    rows = [
        (str(n), f"建设{_system(chance)}", f"{chance.choice(PLACES)}{chance.choice(FIELDS)}局", "2026年底")
        for n in range(1, TABLE_ROWS + 1)
    ]
    return Table([("序号", "任务", "牵头单位", "完成时限"), *rows])
