"""Tables of a document without pages told by their number, by which a reader finds them."""

import re
from dataclasses import replace

from ingest.documents.blocks import BlockKind, Document
from kg.matching.proposal import Proposal

ROW = re.compile(r"^第\d+段处的表格(?=第\d+行)")


def numbered(proposal: Proposal, document: Document) -> Proposal:
    """The proposal with 第2个表格（第12段处） before the row of each fact and function that a table holds."""
    tables = [block.place.block for block in document.blocks if block.kind is BlockKind.TABLE]
    numbers = {f"第{block}段处的表格": f"第{n}个表格（第{block}段处）" for n, block in enumerate(tables, 1)}

    def told(place: str) -> str:
        return ROW.sub(lambda hit: numbers.get(hit[0], hit[0]), place)

    facts = tuple(replace(fact, place=told(fact.place)) for fact in proposal.facts)
    items = tuple(replace(item, place=told(item.place)) for item in proposal.description.items)
    return replace(proposal, description=replace(proposal.description, items=items), facts=facts)
