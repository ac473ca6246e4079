"""The header of a binary Word document: its streams and where its tables stand. Source: MS-DOC 2.5."""

import struct
from dataclasses import dataclass

from ingest.documents.ole import Container
from ingest.documents.packages import CORRUPT, LOCKED
from kg.errors import DocumentError

OLD = ("Word 95 或更早版本的文件，无法读取", "请用办公软件打开，另存为 docx 后再提交")
WORD, NEWEST_TABLE, ENCRYPTED = 0xA5EC, 0x0200, 0x0100
WORD_97 = 0x00C1
"""The lowest number of the format (nFib) that has pieces in a table stream."""
COUNTS, PAIRS = 0x4C, 0x9A
CHARACTER_PAGES, PARAGRAPH_PAGES, PIECES = 12, 13, 33
"""Places of offset and length in the list that begins at `PAIRS`."""
STORIES = ("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")


@dataclass(frozen=True, slots=True)
class Header:
    """The two streams of a document, and how many characters each of its stories has, in their order."""

    text: bytes
    tables: bytes
    counts: tuple[int, ...]

    def table(self, number: int) -> bytes:
        """One of the tables that the header points to; empty where it has none."""
        start, length = struct.unpack_from("<II", self.text, PAIRS + 8 * number)
        return self.tables[start : start + length]


def read_header(container: Container) -> Header:
    """The header of the document in a container. Raises: DocumentError when locked, older or damaged."""
    text = container.stream("WordDocument") or b""
    if len(text) < PAIRS + 8 * (PIECES + 1):
        raise DocumentError(*CORRUPT)
    magic, version = struct.unpack_from("<HH", text)
    flags = struct.unpack_from("<H", text, 10)[0]
    if magic != WORD or version < WORD_97:
        raise DocumentError(*(OLD if version < WORD_97 else CORRUPT))
    if flags & ENCRYPTED:
        raise DocumentError(*LOCKED)
    tables = container.stream("1Table" if flags & NEWEST_TABLE else "0Table") or b""
    counts = struct.unpack_from(f"<{len(STORIES)}I", text, COUNTS)
    return Header(text, tables, counts)
