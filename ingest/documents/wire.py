"""Documents and refusals as JSON, for the way back from the child that read them."""

import json
from pathlib import Path
from typing import Any

from ingest.documents.blocks import Block, BlockKind, Document, Row
from kg.errors import DocumentError
from kg.model import Place

ALIVE = "\n"
"""An empty line: the child is at work on a picture of a page, and its time counts from here."""
COORDINATES = ("sheet", "row", "column", "page", "block", "start", "end")


def answer(path: Path, result: Document | DocumentError) -> str:
    """One line of JSON telling a document or a refusal."""
    if isinstance(result, DocumentError):
        told: dict[str, object] = {"refused": [result.reason, result.remedy, result.file or path.name]}
    else:
        blocks = [_block(block) for block in result.blocks]
        told = {"sha256": result.sha256, "media": result.media, "unread": result.unread, "blocks": blocks}
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"))


def _block(block: Block) -> list[object]:
    rows = [_row(row) for row in block.rows]
    told: list[object] = [block.kind.value, _place(block.place), block.text, block.level, rows]
    return [*told, block.scanned] if block.scanned else told


def _row(row: Row) -> list[object]:
    told: list[object] = [row.cells, _place(row.place)]
    return [*told, row.down, row.across] if row.merged else told


def _place(place: Place) -> list[object]:
    return [getattr(place, name) for name in COORDINATES]


def understood(path: Path, line: str) -> Document:
    """The document of an answer. Raises: DocumentError when it was refused."""
    told = json.loads(line)
    if "refused" in told:
        raise DocumentError(*told["refused"])
    blocks = tuple(
        Block(BlockKind(kind), Place(*place), text, level, tuple(map(_understood_row, rows)), *scanned)
        for kind, place, text, level, rows, *scanned in told["blocks"]
    )
    return Document(str(path), told["sha256"], told["media"], blocks, tuple(told["unread"]))


def _understood_row(told: list[Any]) -> Row:
    cells, place, *merges = told
    down, across = merges or ((), ())
    return Row(tuple(cells), Place(*place), tuple(down), tuple(across))
