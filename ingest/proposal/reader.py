"""Reads a proposal out of a document."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from ingest.documents.blocks import Block, BlockKind, Document
from ingest.documents.headings import heading_level
from ingest.proposal.money import unit_of, yuan
from ingest.proposal.prose import declared, named_after, prose_items
from ingest.proposal.tables import table_items
from ingest.proposal.wording import wording
from kg.matching.description import Description
from kg.matching.proposal import Proposal

NO_FUNCTIONS = "未读出功能清单（无可识别的功能表、功能标题或列举）"
FROM_TEXT = 0.7
LABEL = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d.]+[）)、.]?)?\s*([^：:\s]{2,12}(?:[（(].{1,6}[）)])?)\s*[：:]\s*(.+)$"
)
TOTAL = re.compile(
    r"(?:总投资|总概算|总预算|投资概算|预算金额)(?:约?为?|共计?|合计)?\s*(?:人民币)?\s*(\d[\d,.]*\s*(?:亿元|万元|元))"
)
YEARS = re.compile(r"20\d\d")


def read_proposal(document: Document) -> Proposal:
    """The proposal in a document; what is not said stays empty, and no function found is told in `unread`."""
    blocks = document.blocks
    facts = _facts(blocks)
    items = table_items(blocks)
    confidence = 1.0 if items else FROM_TEXT
    items = items or prose_items(blocks)
    unread = document.unread if items else (*document.unread, NO_FUNCTIONS)
    description = Description(
        id=document.sha256,
        name=facts.get("name") or _title(blocks, document),
        text="\n".join(block.text for block in blocks if block.kind is not BlockKind.TABLE),
        items=items,
        department=facts.get("department", ""),
        region=facts.get("region", ""),
        period="/".join(dict.fromkeys(YEARS.findall(facts.get("period", "")))),
        uses=named_after(blocks, wording().uses),
        replaces=named_after(blocks, wording().replaces),
        declared=declared(blocks),
    )
    return Proposal(
        description, document.path, document.sha256, _budget(facts, blocks), facts.get("build_kind"),
        facts.get("fund_source"), facts.get("grade"), unread, confidence,
    )  # fmt: skip


def _facts(blocks: tuple[Block, ...]) -> dict[str, str]:
    """Facts by kind, the first time each is said; the unit of a money label goes with its value."""
    found: dict[str, str] = {}
    for label, value in _pairs(blocks):
        for kind, words in wording().facts.items():
            if re.sub(r"[（(].*", "", label) in words and value:
                unit = unit_of(label) if kind == "budget" and not unit_of(value) else ""
                found.setdefault(kind, value + unit)
    return found


def _pairs(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            for row in block.rows:
                cells = ["".join(cell.split()) for cell in row.cells]
                yield from ((a.rstrip("：:"), b) for a, b in pairwise(cells) if a != b)
        elif match := LABEL.match(block.text):
            yield match[1], match[2].strip().rstrip("。；")


def _title(blocks: tuple[Block, ...], document: Document) -> str:
    """The first short line that names a project or system, else the name of the file."""
    lines = (
        block.text
        for block in blocks[:10]
        if block.kind is not BlockKind.TABLE and not heading_level(block.text)
    )
    names = (
        re.sub(r"(?:建设方案|可行性研究报告|项目建议书|实施方案|申报书|方案)$", "", x)
        for x in lines
        if len(x) < 50
    )
    return next(
        (n for n in names if re.search(r"(?:系统|平台|项目|工程|建设)$", n)), Path(document.path).stem
    )


def _budget(facts: dict[str, str], blocks: tuple[Block, ...]) -> Decimal | None:
    if amount := yuan(facts.get("budget", "")):
        return amount
    found = (TOTAL.search(block.text) for block in blocks if block.kind is BlockKind.PARAGRAPH)
    return next((yuan(match[1]) for match in found if match), None)
