"""Secrecy markings: a marked file is refused before anything of it is kept.

Source: 国家秘密定密管理 and GB/T 9704-2012 7.2.2, by which the grade stands on the first page, with a star
and its term; covers, headers and file names are marked the same way in practice.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.documents.blocks import Block, BlockKind
from kg.errors import DocumentError

FIRST = 30
"""Blocks that make up the first page of a file that knows no pages."""
FIRST_ROWS = 5
"""Rows at the top of a sheet where titles stand."""
FORM_ROWS = 20
"""Rows of a form on the first page."""
GRADE = r"(?:[绝絕]\s*密|[机機]\s*密|[秘祕]\s*密)"
OTHER = r"(?<!商业)(?<!工作)(?<!个人)(?<!技术)(?<!国家)(?<!军事)"
STAR = r"[★☆⭐✩✪✫✬✭✮✯✰＊*]"
"""As set, and as fonts and recognisers of print put it."""
TERM = r"(?:[\d一二三五十]{1,3}\s*(?:年|个?\s*月)|长期|启用前)"
OPEN, CLOSE = r"[\[【（(〔《\s]*", r"[\]】）)〕》\s]*"
STARRED = re.compile(rf"{OTHER}{GRADE}\s*{STAR}")
GRADED = re.compile(
    rf"(?:密\s*级|等\s*级)\s*[:：]?\s*{OPEN}{GRADE}(?:级|件)?(?=$|[\s★☆＊*\]】）)〕》,，;；。\d])"
)
ALONE = re.compile(rf"^{OPEN}{GRADE}(?:级|件)?{CLOSE}(?:{STAR}?\s*{TERM})?{CLOSE}$")
MARK = re.compile(rf"^{OPEN}{GRADE}\s*(?:{STAR}\s*(?:{TERM})?|{TERM}){CLOSE}$")
EDGE = r"[\]\[】【（）()〔〕《》_\-—.·★☆\s]"
NAMED = re.compile(rf"(?:^|{EDGE}){GRADE}(?:级|件|版)?(?:{EDGE}|$)")
TITLED = re.compile(rf"^{OPEN}{GRADE}\s*{STAR}\s*(?:{TERM})?{CLOSE}$")
INNER = re.compile(
    rf"^{OPEN}(?:密\s*级\s*[:：]\s*)?(?:工作秘密|内部(?:资料|文件|材料|使用|参考|事项|发行)?){CLOSE}"
    rf"(?:{STAR}.*|[，,、；;！!\s]*(?:注意|妥善|不得|严禁|请勿|不宜|仅限|限).{{0,12}})?$"
)
INNER_NAMED = re.compile(rf"(?:^|{EDGE})(?:工作秘密|内部(?:资料|文件|材料|使用)?)(?:{EDGE}|$)")


MARKED = ("文件带有国家秘密标志，不予读取和保存", "涉密文件不得在本系统处理，请按保密规定办理")
INTERNAL = "文件标注为内部或工作秘密，请按规定控制知悉范围"


def check_secrecy(name: str, blocks: Sequence[Block], beside: Sequence[str] = ()) -> tuple[str, ...]:
    """Notes on inner markings. Raises: DocumentError, quoting nothing, for 绝密, 机密 or 秘密.

    Looked at are the file name, the first page, every line or cell that consists of a marking with its star
    or term, as running heads and covers of annexes have it, and what stands `beside` the text: titles,
    drawings, comments.
    """
    lines = [*_first_lines(blocks), *beside]
    if (
        is_marked(name)
        or any(map(NAMED.search, beside))
        or any(STARRED.search(line) or GRADED.search(line) or ALONE.match(line) for line in lines)
        or any(MARK.match(block.text) for block in blocks)
        or any(TITLED.match(cell) for cell in _cells(blocks))
    ):
        raise DocumentError(*MARKED)
    inner = INNER_NAMED.search(_stem(name)) or any(INNER.match(line) for line in lines)
    return (INTERNAL,) if inner else ()


def is_marked(name: str) -> bool:
    """Whether the name of a file or of a folder bears a marking."""
    stem = _stem(name)
    return bool(NAMED.search(stem) or STARRED.search(stem))


def check_lines(lines: Iterable[str]) -> None:
    """Looks for a marking at the top of a file of data, where grades may be values like any other.

    Raises: DocumentError for a marking with its star, or a line that consists of one with its term.
    """
    if any(STARRED.search(line) or MARK.match(line.strip("# \t")) for line in lines):
        raise DocumentError(*MARKED)


def _stem(name: str) -> str:
    return name.rsplit(".", 1)[0]


def _cells(blocks: Sequence[Block]) -> Iterator[str]:
    """Every cell that may be a marking."""
    for block in blocks:
        for row in block.rows:
            yield from (cell.strip() for cell in row.cells if "密" in cell)


def _first_lines(blocks: Sequence[Block]) -> list[str]:
    """The texts of the first page, of headers, and of the first rows of each sheet."""
    lines: list[str] = []
    for index, block in enumerate(blocks):
        first = block.place.page == 1 or (block.place.page is None and index < FIRST)
        if block.kind is not BlockKind.TABLE:
            lines += block.text.split("\n") if first or block.place.sheet else []
        elif first or block.place.sheet:
            rows = block.rows[: FIRST_ROWS if block.place.sheet else FORM_ROWS]
            lines += [block.text, *(line for row in rows for cell in row.cells for line in cell.split("\n"))]
            lines += [" ".join(dict.fromkeys(row.cells)) for row in rows]
    return [line.strip() for line in lines if line.strip()]
