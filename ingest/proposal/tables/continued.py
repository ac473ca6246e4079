"""Tables that a line says to go on from the one before, put together as one."""

from collections.abc import Iterable
from dataclasses import replace

from ingest.documents.blocks import Block, BlockKind
from ingest.documents.lines import is_continuation_mark


def joined(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with each table as wide behind such a line (续表3-2) added to the table above it."""
    found: list[Block] = []
    for block in blocks:
        marked = len(found) > 1 and is_continuation_mark(found[-1].text.strip())
        above = found[-2] if marked else None
        if block.kind is BlockKind.TABLE and above and above.rows and _width(above) == _width(block):
            found[-2:] = [replace(above, rows=(*above.rows, *block.rows))]
        else:
            found.append(block)
    return found


def _width(block: Block) -> int:
    return max((len(row.cells) for row in block.rows), default=0)
