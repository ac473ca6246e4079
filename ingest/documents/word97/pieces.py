"""The characters of a binary Word document, put together from its pieces. Source: MS-DOC 2.4.1."""

import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from ingest.documents.packages import CORRUPT
from ingest.documents.word97.header import PIECES, Header
from kg.errors import DocumentError

NARROW = 0x40000000
"""The bit of a piece's offset that says: one byte a character, offset doubled."""
PROPERTIES, TABLE = 1, 2


@dataclass(frozen=True, slots=True)
class Text:
    """All characters in order, and where each piece begins: its first character, its offset, its width."""

    characters: str
    starts: tuple[int, ...]
    pieces: tuple[tuple[int, int], ...]

    def offset(self, character: int) -> int:
        """Where in its stream a character stands."""
        number = bisect_right(self.starts, character) - 1
        start, width = self.pieces[number]
        return start + (character - self.starts[number]) * width


def read_text(header: Header) -> Text:
    """The text of a document, all its stories one after the other. Raises: DocumentError when damaged."""
    table = _piece_table(header.table(PIECES))
    count = (len(table) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", table)
    falls = any(before > after for before, after in pairwise(bounds))
    # No two pieces share a byte, so that there are never more characters than bytes.
    if count < 1 or falls or bounds[-1] > len(header.text):
        raise DocumentError(*CORRUPT)
    texts, pieces = list[str](), list[tuple[int, int]]()
    for number in range(count):
        length = bounds[number + 1] - bounds[number]
        told = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)[0]
        narrow = bool(told & NARROW)
        start, width = ((told & ~NARROW) // 2, 1) if narrow else (told, 2)
        data = header.text[start : start + length * width]
        text = data.decode("cp1252" if narrow else "utf-16-le", "replace")
        # A sign beyond the basic plane is two characters here; lengths must stay those of the file.
        texts.append(_as_long(text, length))
        pieces.append((start, width))
    return Text("".join(texts), bounds[:-1], tuple(pieces))


def _as_long(text: str, length: int) -> str:
    """The text with each sign of two units followed by a filler, which is dropped in the end."""
    if len(text) < length:
        text = "".join(char + "\0" if ord(char) > 0xFFFF else char for char in text)
    return text[:length].ljust(length, "\0")


def _piece_table(found: bytes) -> bytes:
    """The table of pieces behind the properties that stand before it."""
    at = 0
    while at + 5 <= len(found):
        if found[at] == TABLE:
            length = struct.unpack_from("<I", found, at + 1)[0]
            return found[at + 5 : at + 5 + length]
        if found[at] != PROPERTIES:
            break
        at += 3 + int(struct.unpack_from("<H", found, at + 1)[0])
    raise DocumentError(*CORRUPT)
