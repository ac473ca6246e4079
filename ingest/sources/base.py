"""What every source is given and what it hands back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from ingest.documents.blocks import Document
from ingest.report import Note, UnmappedColumn
from kg.model import Claim, Place, Record


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file comes from.

    `document` is its path relative to the path given to the load, `said_on` an ISO date, `dated` whether
    a person gave that date, `region` a GB/T 2260 code or "". `reporter` and `period` are as given with the
    load, None when not; `folder` is the name of the folder it lies in, "" for a file named by itself.
    """

    document: str
    sha256: str
    said_on: str
    dated: bool = False
    region: str = ""
    reporter: str | None = None
    period: str | None = None
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """One file: its path, and its blocks where it is a document (None for data files: jsonl, yaml)."""

    path: Path
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One source row as a record, with the unit that reports it and the period where it is known."""

    record: Record
    unit: str | None = None
    period: str | None = None


@dataclass(slots=True)
class Reading:
    """What a source read out of one file; every row is said or rejected."""

    said: list[Said] = field(default_factory=list)
    rejected: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    repaired: list[Note] = field(default_factory=list)
    unmapped: list[UnmappedColumn] = field(default_factory=list)


Read = Callable[[Material, Origin], Reading]


def claim_at(source: str, origin: Origin, place: Place, *, rule: str, said_on: str | None = None) -> Claim:
    """The claim of a row of this file."""
    return Claim(
        source=source,
        document=origin.document,
        said_on=said_on or origin.said_on,
        place=place,
        rule=rule,
        sha256=origin.sha256,
    )
