"""Lists within an application form: the label at their side, and the row of the form that ends them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.documents.blocks import Row
from ingest.proposal.money.figures import yuan
from ingest.proposal.tables.columns import FIGURES, Header, squeezed
from ingest.proposal.tables.rows import is_subtotal, is_total

ORDINAL = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|[\dA-Za-z]{1,4}(?:[.．-]\d{1,3})*)[）)]?[.．、]?")
"""A cell of numbers, behind which a text over the whole row is a title within the list."""
NARROWEST = 4
"""Columns from which on a row of two cells is no line of a list."""


def beside_label(header: Header, below: Sequence[Row]) -> Header:
    """The header without the first column, where one cell of it stands beside the lines as their label."""
    if not below or set(below[0].down) & set(header.headings) != {0}:
        return header
    kinds = {column: kind for column, kind in header.kinds.items() if column}
    headings = {column: text for column, text in header.headings.items() if column}
    told = tuple(kind for column, kind in header.kinds.items() if column and column in header.headings)
    return replace(header, kinds=kinds, headings=headings, told=told, side=0)


def ends(header: Header, row: Row) -> bool:
    """Whether a row is one of the form around a list: beside another label, or a label and one long cell."""
    columns = range(len(row.cells))
    own = [column for column in columns if column not in row.across and row.cells[column].strip()]
    if header.side is not None:
        sums = any(is_total(row.cells[column]) or is_subtotal(row.cells[column]) for column in own)
        return header.side not in row.down and not sums
    if len(own) != 2 or own[0] != 0 or len(row.across) < max(len(row.cells), NARROWEST) - 2:
        return False
    label, value = (row.cells[column].strip() for column in own)
    numbered = ORDINAL.fullmatch(squeezed(label)) or is_total(label) or is_subtotal(label)
    covered = any(header.kinds.get(column) in FIGURES for column in columns if column >= own[1])
    return covered and not numbered and yuan(value) is None
