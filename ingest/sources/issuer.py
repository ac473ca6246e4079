"""Which place a document speaks for: that of the body that issues or signs it."""

import re
from collections.abc import Iterator

from ingest.documents.blocks import Block, Document
from kg.registry import Region, infer_region, leading_region
from kg.registry.context import place_in

HEAD = 6
TAIL = 6
"""Blocks at either end among which the title, and the signature, stand."""
ORGAN = r"(?:政府|办公室|办公厅|厅|局|委|委员会|部|办|中心|管委会|大会|常委会)"
TITLE = re.compile(
    rf"^([\u4e00-\u9fff]{{2,40}}?{ORGAN})(?:关于|印发|转发|[（(]?(?:19|20)\d{{2}}|公告|通告|通知|文件$|政务信息化|信息化)"
)
PAPER = re.compile(
    r"^(.{4,60}?(?:条例|规定|办法|规划|方案|意见|计划|细则|通知|公告|报告|批复|决定))(?:\s*[（(].*)?$"
)
"""The title of a paper that names no body: it speaks for the division whose full name it begins with."""
SIGNED = re.compile(rf"^([\u4e00-\u9fff]{{2,30}}{ORGAN})\s*(?:[（(].{{0,8}}[）)])?$")
KINDS = ("自治区", "省", "市", "区", "县", "旗", "州", "盟")


def issuer_place(document: Document) -> Region | None:
    """The division of the body named in the title or the signature; None where none is certain.

    Of namesakes (朝阳区人民政府) the one counts whose city or province the document names.
    """
    text = "\n".join(block.text for block in document.blocks)
    head, tail = document.blocks[:HEAD], document.blocks[-TAIL:]
    for body in (*_titled(head), *_signed(tail), *_papers(head)):
        named = place_in(body, text)
        if named is not None:
            deeper = infer_region(body)
            return deeper if deeper and deeper.code.startswith(named.code.rstrip("0")) else named
    return None


def _titled(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if found := TITLE.match(block.text.strip()):
            yield found[1]


def _signed(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in reversed(blocks):
        if found := SIGNED.match(block.text.strip()):
            yield found[1]


def _papers(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        head = leading_region(block.text.strip())
        # 杭州湾大桥 is not of 杭州: a short name may begin another word.
        if head.endswith(KINDS) and (found := PAPER.match(block.text.strip())):
            yield found[1]
