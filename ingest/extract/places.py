"""Joins the blocks of a document into one text and leads spans of it back to their blocks."""

from bisect import bisect_right
from dataclasses import dataclass, replace

from ingest.documents.blocks import Block, BlockKind
from kg.model import Place


@dataclass(frozen=True, slots=True)
class Joined:
    """The prose of a document; `starts` are the offsets at which its blocks begin."""

    text: str
    starts: tuple[int, ...]
    blocks: tuple[Block, ...]

    def at(self, offset: int) -> int:
        """Returns the number of the block an offset falls into, from 0."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def place(self, start: int, end: int) -> Place:
        """Returns the place of a span, with offsets counted within its block."""
        number = self.at(start)
        first = self.starts[number]
        return replace(self.blocks[number].place, start=start - first, end=end - first)


def joined(blocks: tuple[Block, ...]) -> Joined:
    """Returns headings and paragraphs as one text, a line each; tables have readers of their own."""
    prose = tuple(block for block in blocks if block.kind is not BlockKind.TABLE and block.text)
    starts, at = [], 0
    for block in prose:
        starts.append(at)
        at += len(block.text) + 1
    return Joined("\n".join(block.text for block in prose), tuple(starts), prose)
