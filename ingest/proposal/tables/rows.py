"""Rows of tables that are no lines of their own: sums, titles over other rows, blanks."""

import re
from functools import lru_cache

from ingest.documents.blocks import Row
from ingest.proposal.sections import bare
from ingest.proposal.tables.columns import TRANSLATED, squeezed
from ingest.proposal.wording import tables
from ingest.sources.endings import END, ending_of

TAIL = re.compile(r"[（(【\[：:].*$")
NOTE = re.compile(
    r"(?:附?注|备注|说明|填表说明|填报说明|填写说明|编制说明|报价说明|测算说明|notes?|remarks?)\s*(?:\d*\s*[:：]|\d+[.、])",
    re.IGNORECASE,
)
LABELLED = re.compile("[：:]")
LONGEST = 14
"""Signs of a cell that may end with the word of a sum (养老档案子系统小计)."""


def is_total(text: str) -> bool:
    """Whether a cell says that its row is the sum of the whole table."""
    return _word(text) in tables().totals


def is_grand_total(text: str) -> bool:
    """Whether a cell says that its row sums up the whole project, not only its table."""
    return _word(text) in tables().grand


def is_subtotal(text: str) -> bool:
    """Whether a cell says that its row is the sum of some rows."""
    word = _word(text)
    ends = len(word) <= LONGEST and word.endswith(("小计", "合计", "subtotal"))
    return not is_total(text) and (word in tables().subtotals or ends)


@lru_cache(maxsize=4096)
def _word(text: str) -> str:
    return TRANSLATED.sub("", TAIL.sub("", squeezed(bare(text)))).lower()


def is_note(row: Row) -> bool:
    """Whether a row is a note on the table (注：…), or tells who filled it in (经办人：…)."""
    own = [cell.strip() for column, cell in enumerate(row.cells) if column not in row.merged and cell.strip()]
    signed = len(own) > 0 and LABELLED.search(own[0]) is not None and ending_of(own[0]) == END
    return signed or (len(own) == 1 and bool(NOTE.match(own[0])))


def title_of(row: Row) -> str:
    """The text of a row that one cell fills from edge to edge, "" for other rows."""
    own = [cell.strip() for column, cell in enumerate(row.cells) if column not in row.merged and cell.strip()]
    full = len(own) == 1 and len(row.across) >= len(row.cells) - 1 > 0
    return " ".join(own[0].split()) if full else ""
