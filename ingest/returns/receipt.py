"""The sheet in a returned workbook that says what it was, what became of it and what is to be mended."""

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ingest.documents.blocks import Block, BlockKind, Document
from ingest.documents.packages import COMMENTS
from ingest.sources.base import Context

SHEET = "载入回执"
MARK = "载入回执（复用图谱）"
"""What the first cell begins with; a sheet of this name without it is the sender's own."""
LABELS = ("文件", "填报单位", "填报周期", "区划", "来源")
TOP = 12
"""Rows at the top among which these stand."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a returned file was when it was read the first time; "" where nothing was known.

    `document` is its path in the load, which names its delivery where unit and period do not.
    """

    document: str
    unit: str = ""
    period: str = ""
    region: str = ""
    source: str = ""

    def rows(self) -> list[tuple[str, str]]:
        """The lines that say so, label and value."""
        values = (self.document, self.unit, self.period, self.region, self.source)
        return [(label, value) for label, value in zip(LABELS, values, strict=True) if value]

    def original(self, document: str) -> str:
        """The document as which a file is read again: the one told, if it only got another suffix.

        Nobody takes the place of another's delivery by naming it.
        """
        first, now = PurePosixPath(self.document), PurePosixPath(document)
        return self.document if now.stem in {first.name, first.stem} else document


def without_receipt(document: Document) -> tuple[Document, Receipt | None]:
    """The document as it was sent, and the receipt that was found in it.

    Block numbers are as before the receipt was put in; its comments are no unread content.
    """
    found = next((block for block in document.blocks if _is_receipt(block)), None)
    if found is None:
        return document, None
    at = found.place.block or 0
    blocks = tuple(
        _renumbered(block, at)
        for block in document.blocks
        if block is not found and block.place.sheet != found.place.sheet
    )
    unread = tuple(note for note in document.unread if note != COMMENTS)
    return replace(document, blocks=blocks, unread=unread), _read(found)


def again(context: Context, receipt: Receipt) -> Context:
    """The context of a returned file: it is the document it was, of the unit, period and region it had."""
    return replace(
        context,
        document=receipt.original(context.document),
        region=context.region or receipt.region,
        before=(receipt.unit, receipt.period),
    )


def _is_receipt(block: Block) -> bool:
    if block.kind is not BlockKind.TABLE or block.text != SHEET or not block.rows:
        return False
    return bool(block.rows[0].cells) and block.rows[0].cells[0].startswith(MARK)


def _renumbered(block: Block, removed: int) -> Block:
    number = block.place.block
    if number is None or number < removed:
        return block
    rows = tuple(replace(row, place=replace(row.place, block=number - 1)) for row in block.rows)
    return replace(block, place=replace(block.place, block=number - 1), rows=rows)


def _read(block: Block) -> Receipt:
    told = {row.cells[0]: row.cells[1].strip() for row in block.rows[1:TOP] if len(row.cells) > 1}
    return Receipt(*(told.get(label, "") for label in LABELS))
