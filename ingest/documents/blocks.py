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
    """One table row: cell texts with merged cells filled in, and where it stands."""

    cells: tuple[str, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph or table in reading order. `level` is 1.. for headings, 0 otherwise."""

    kind: BlockKind
    place: Place
    text: str = ""
    level: int = 0
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `unread` names in Chinese what could not be read (a scanned page, a macro)."""

    path: str
    sha256: str
    media: str
    blocks: tuple[Block, ...]
    unread: tuple[str, ...] = ()
