"""Blocks of text with their places: the one form in which every kind of document leaves its reader."""

from dataclasses import dataclass
from enum import StrEnum

from kg.model import NOWHERE, Place


class BlockKind(StrEnum):
    """What a block is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Row:
    """One table row: its cells, each merged cell repeated in every column it covers, and where it stands.

    `down` and `across` are the 0-based columns, ascending, whose text only repeats the first cell of a merge:
    `down` when that cell stands in a row above, `across` when it stands in this row further left. A cell in
    neither has a text of its own, also when it equals its neighbour; a value is counted once when the cells
    in `merged` are left out. Kinds without merges (csv, md, text) mark nothing.
    """

    cells: tuple[str, ...]
    place: Place = NOWHERE
    down: tuple[int, ...] = ()
    across: tuple[int, ...] = ()

    @property
    def merged(self) -> frozenset[int]:
        """The columns whose text is repeated from another cell."""
        return frozenset((*self.down, *self.across))


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or table in reading order. `level` is 1.. for headings, 0 otherwise.

    `scanned` is set where some of it was read off a picture by a recogniser, which may misread.
    """

    kind: BlockKind
    place: Place
    text: str = ""
    level: int = 0
    rows: tuple[Row, ...] = ()
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `unread` names in Chinese what could not be read (a scanned page, a macro)."""

    path: str
    sha256: str
    media: str
    blocks: tuple[Block, ...]
    unread: tuple[str, ...] = ()
