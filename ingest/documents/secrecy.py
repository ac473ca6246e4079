"""Secrecy markings: a marked file is refused before anything of it is kept."""

import re

from ingest.documents.blocks import Block, BlockKind
from kg.errors import DocumentError

FIRST = 12
TERM = r"(?:\d{1,2}|[一二三五十]{1,3})\s*[年月]|长期"
SECRET = re.compile(rf"(?:绝\s*密|机\s*密|秘\s*密)\s*(?:★|☆|[★☆]?\s*(?:{TERM}))")
ALONE = re.compile(r"^\s*(?:密\s*级\s*[:：]\s*)?(?:绝\s*密|机\s*密|秘\s*密)\s*[★☆]?\s*$")
NAMED = re.compile(r"(?:^|[（(\[【_\-])(?:绝密|机密|秘密)(?:[）)\]】_\-★]|$)")
INNER = re.compile(r"^\s*(?:密\s*级\s*[:：]\s*)?(?:工作秘密|内部(?:资料|文件|使用)?)\s*(?:[★☆].*)?$")


def check_secrecy(name: str, blocks: tuple[Block, ...]) -> tuple[str, ...]:
    """Notes on inner markings. Raises: DocumentError, quoting nothing, for 绝密, 机密 or 秘密."""
    lines = _first_lines(blocks)
    stem = name.rsplit(".", 1)[0]
    if NAMED.search(stem) or SECRET.search(stem) or any(SECRET.search(x) or ALONE.match(x) for x in lines):
        raise DocumentError(
            "文件带有国家秘密标志，不予读取和保存", "涉密文件不得在本系统处理，请按保密规定办理"
        )
    return ("文件标注为内部或工作秘密，请按规定控制知悉范围",) if any(INNER.match(x) for x in lines) else ()


def _first_lines(blocks: tuple[Block, ...]) -> list[str]:
    """The texts of the first page, of headers, and of the first rows of each sheet."""
    lines = [b.text for b in blocks[:FIRST] if b.kind is not BlockKind.TABLE]
    lines += [b.text for b in blocks if b.place.page == 1 and b.kind is not BlockKind.TABLE]
    for block in blocks:
        if block.kind is BlockKind.TABLE and (block.place.sheet or (block.place.block or 0) <= FIRST):
            lines += [block.text, *(cell for row in block.rows[:3] for cell in row.cells)]
    return lines
