"""What application forms tell in long cells beside a label: what is to be built."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ingest.documents.blocks import Block, BlockKind
from ingest.proposal.sections import Placed, bare
from ingest.proposal.tables.columns import BRACKETS, squeezed
from ingest.proposal.tables.grids import Grid, GridKind
from ingest.proposal.wording import prose
from ingest.sources.values import NUMBERED

LABEL = 14
"""Signs of a label; longer cells are values."""


def cell_blocks(tables: Iterable[Grid]) -> Iterator[Placed]:
    """The lines of such cells as paragraphs of a chapter named by the label."""
    for grid in tables:
        for row in grid.rows if grid.kind in (GridKind.LOOSE, GridKind.OTHER) else ():
            cells = [cell for column, cell in enumerate(row.cells) if column not in row.merged]
            for label, value in pairwise(cells):
                name = BRACKETS.sub("", squeezed(bare(label))).rstrip(":：")
                if name and len(name) <= LABEL and name.endswith(prose().sections) and value.strip():
                    for line in _lines(value):
                        yield Placed(Block(BlockKind.PARAGRAPH, row.place, line), (name,))


def _lines(value: str) -> Iterator[str]:
    """The lines of a cell, parted where a number begins within one."""
    parts = (part.strip() for line in value.splitlines() for part in NUMBERED.split(line))
    yield from filter(None, parts)
