"""What a source hands to the pipeline: rows as records grouped by delivery, and everything it refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from ingest.documents.blocks import Document
from kg.model import Record


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a file besides its content; "" where nothing is known.

    `document` is the path relative to what was loaded, `dated` the ISO date it was said on, `today` stands
    in for it when neither the file nor the caller names one. `region`, `reporter` and `period` come from
    the caller; `before` tells unit and period under which a returned file was read the first time.
    """

    document: str
    today: str
    dated: str = ""
    region: str = ""
    reporter: str = ""
    period: str = ""
    folder: str = ""
    before: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row (or, with sheet and row None, one file) that was not loaded, why, and what to do."""

    file: str
    sheet: str | None
    row: int | None
    reason: str
    remedy: str

    def to_json(self) -> dict[str, object]:
        return {
            "file": self.file,
            "sheet": self.sheet,
            "row": self.row,
            "reason": self.reason,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should look at although the row was loaded: a value kept as text, a repaired row.

    `cell` is where it stands on the sheet (D5) where one cell alone is meant, `remedy` what to write there.
    """

    file: str
    sheet: str | None
    row: int | None
    text: str
    cell: str | None = None
    remedy: str = ""

    def to_json(self) -> dict[str, object]:
        told: dict[str, object] = {"file": self.file, "sheet": self.sheet, "row": self.row, "text": self.text}
        more = {"cell": self.cell, "remedy": self.remedy}
        return told | {name: value for name, value in more.items() if value}


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A column that no mapping knows: how many cells are filled, and one of them."""

    file: str
    sheet: str | None
    column: str
    filled: int
    sample: str

    def to_json(self) -> dict[str, object]:
        return {
            "file": self.file,
            "sheet": self.sheet,
            "column": self.column,
            "filled": self.filled,
            "sample": self.sample,
        }


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column whose header is no alias: the field as which it was read, and that field's usual header."""

    file: str
    sheet: str | None
    column: str
    field: str
    read_as: str

    def to_json(self) -> dict[str, object]:
        return {
            "file": self.file,
            "sheet": self.sheet,
            "column": self.column,
            "field": self.field,
            "read_as": self.read_as,
        }


@dataclass(frozen=True, slots=True)
class Lot:
    """The records of one delivery within one file; unit and period None when the document itself is it."""

    key: str
    unit: str | None
    period: str | None
    said_on: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as its source read it. `records` and `rejected` together are every row that was read."""

    lots: tuple[Lot, ...]
    rejected: tuple[Rejection, ...] = ()
    warnings: tuple[Note, ...] = ()
    repaired: tuple[Note, ...] = ()
    unmapped: tuple[Unmapped, ...] = ()
    mapped: tuple[Mapped, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


class Source(Protocol):
    """One kind of file: whether a document is one, and what it says."""

    @property
    def name(self) -> str:
        """The source's name, as claims and reports give it."""
        ...

    def recognises(self, document: Document) -> bool:
        """Whether the document's own content shows that it is of this kind."""
        ...

    def read(self, document: Document, context: Context) -> Reading:
        """Every row of the document, as records or with the reason why not."""
        ...
