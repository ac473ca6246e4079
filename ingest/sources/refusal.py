"""Why a sheet is refused whose header no source knows: the header seen and the nearest known words."""

from difflib import get_close_matches

from ingest.documents.blocks import BlockKind, Document, Row
from ingest.sources.mapping import ColumnMapping, plain
from ingest.sources.tables import HEADER_WITHIN
from kg.errors import DocumentError

REASON = "无法识别表头，不知道是哪一类表格"
REMEDY = "请核对表头，或用 --source 指明来源（如 --source census）"
SHOWN = 12
"""Cells of a header that are quoted."""
LONGEST_CELL = 20
"""Characters from which a cell is data and no header."""
NEAR = 0.5
"""Share of common characters (difflib ratio) from which a known word is offered for an unknown one."""


def unknown_header(document: Document, mapping: ColumnMapping, *, forced: bool = False) -> DocumentError:
    """The refusal of a document without a header of the mapping, quoting what stands there instead.

    `forced` says that the caller has named the source already.
    """
    seen = _header_seen(document, mapping)
    remedy = "请核对表头" if forced else REMEDY
    if not seen:
        return DocumentError(REASON, remedy)
    quoted = "、".join(cell[:LONGEST_CELL] for cell in seen[:SHOWN])
    return DocumentError(f"{REASON}；所见表头：{quoted}", f"{_advice(seen, mapping)}{remedy}")


def _header_seen(document: Document, mapping: ColumnMapping) -> list[str]:
    """The cells of the row near the top that looks most like a header: known words first, then many cells."""
    rows = [
        row
        for block in document.blocks
        if block.kind is BlockKind.TABLE
        for row in block.rows[:HEADER_WITHIN]
    ]
    best = max(rows, key=lambda row: _likeness(row, mapping), default=None)
    return list(dict.fromkeys(_texts(best))) if best is not None else []


def _likeness(row: Row, mapping: ColumnMapping) -> tuple[int, int]:
    texts = set(_texts(row))
    words = [text for text in texts if len(text) <= LONGEST_CELL and any(char.isalpha() for char in text)]
    return sum(mapping.meaning(text) is not None for text in texts), len(words)


def _texts(row: Row) -> list[str]:
    return [" ".join(cell.split()) for cell in row.cells if cell.strip()]


def _advice(seen: list[str], mapping: ColumnMapping) -> str:
    """Which known words the unknown ones come near, and that a column of names is wanting."""
    words = [word for row in mapping.fields.values() for word in row.headers]
    near = [
        f"「{cell[:LONGEST_CELL]}」相近的已知表头是「{found[0]}」"
        for cell in seen[:SHOWN]
        if mapping.meaning(cell) is None and (found := get_close_matches(plain(cell), words, 1, NEAR))
    ]
    means = {meaning.field for cell in seen if (meaning := mapping.meaning(cell)) is not None}
    if not means & set(mapping.names):
        known = "、".join(mapping.fields[mapping.names[0]].headers[:3])
        near.append(f"缺少名称一栏（如：{known}）")
    return "；".join(near) + "；" if near else ""
