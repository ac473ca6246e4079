"""Which place a document speaks for: that of the body that issues or signs it."""

import re
from collections.abc import Iterator

from ingest.documents.blocks import Block, Document
from kg.registry import Region, infer_region
from kg.registry.context import place_in

HEAD = 6
TAIL = 6
"""Blocks at either end among which the title, and the signature, stand."""
TITLE = re.compile(
    r"^([\u4e00-\u9fff]{2,40}?)(?:关于|印发|转发|[（(]?(?:19|20)\d{2}|公告|通告|通知|文件$|政务信息化|信息化)"
)
SIGNED = re.compile(
    r"^([\u4e00-\u9fff]{2,30}(?:政府|办公室|办公厅|厅|局|委|委员会|部|办|中心|管委会))\s*(?:[（(].{0,8}[）)])?$"
)


def issuer_place(document: Document) -> Region | None:
    """The division of the body named in the title or the signature; None where none is certain.

    Of namesakes (朝阳区人民政府) the one counts whose city or province the document names.
    """
    text = "\n".join(block.text for block in document.blocks)
    for body in (*_titled(document.blocks[:HEAD]), *_signed(document.blocks[-TAIL:])):
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
