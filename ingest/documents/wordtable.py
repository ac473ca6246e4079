"""Tables of Word documents laid out on their grid."""

from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.documents.blocks import Row
from ingest.documents.grid import Spread, check_width
from ingest.documents.limits import limits
from ingest.documents.wordtext import boxes, children, own_text
from ingest.documents.wordxml import WORD, child_value
from kg.model import Place


@dataclass(slots=True)
class Inside:
    """What stands in the cells of a table and is read behind it: tables with their cells, and text boxes."""

    tables: list[tuple[etree._Element, Place]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


def table_rows(table: etree._Element, block: int, inside: Inside, *, spread: Spread) -> tuple[Row, ...]:
    """The rows of a table, those deleted in a revision left out; what its cells hold goes to `inside`.

    Raises: DocumentError when a row is too wide, or the rows repeat too much.
    """
    rows: list[Row] = []
    for tr in children(table, "tr"):
        if tr.find(f"{WORD}trPr/{WORD}del") is None:
            above = rows[-1].cells if rows else ()
            row, own = _row(tr, above, inside, at=Place(block=block, row=len(rows) + 1))
            rows.append(spread.row(row, own))
    return tuple(rows)


def _row(row: etree._Element, above: tuple[str, ...], inside: Inside, *, at: Place) -> tuple[Row, int]:
    """A row on its grid, and how many cells of its own it has."""
    cells = [""] * _skipped(row)
    down, across, own = list[int](), list[int](), 0
    for cell in children(row, "tc"):
        properties = cell.find(WORD + "tcPr")
        first = len(cells)
        end = first + max(int(child_value(properties, "gridSpan", "1")), 1)
        check_width(end)
        own += 1
        text = "\n".join(filter(None, (own_text(p).strip() for p in children(cell, "p"))))
        if _continues(properties) and first < len(above):
            text = above[first]
            down.extend(range(first, end))
        else:
            across.extend(range(first + 1, end))
        inside.tables.extend((table, replace(at, column=first + 1)) for table in children(cell, "tbl"))
        inside.boxes.extend(box for p in children(cell, "p") for box in boxes(p))
        cells.extend([text] * (end - first))
    return Row(tuple(cells), at, tuple(down), tuple(across)), own


def _skipped(row: etree._Element) -> int:
    """Grid columns left empty before the first cell of a row."""
    value = child_value(row, "trPr/gridBefore", "0")
    return min(int(value), limits().grid_span) if value.isdecimal() and len(value) < 5 else 0


def _continues(properties: etree._Element | None) -> bool:
    merge = properties.find(WORD + "vMerge") if properties is not None else None
    return merge is not None and merge.get(WORD + "val") != "restart"
