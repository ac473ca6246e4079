"""What a load did, row by row: the run report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.sources.base import Mapped, Note, Rejection, Unmapped


@dataclass(frozen=True, slots=True)
class Rows:
    """How source rows ended: read = written + unchanged + rejected."""

    written: int = 0
    unchanged: int = 0
    rejected: int = 0

    @property
    def read(self) -> int:
        """All rows; none is lost."""
        return self.written + self.unchanged + self.rejected

    def __add__(self, other: "Rows") -> "Rows":
        return Rows(
            self.written + other.written, self.unchanged + other.unchanged, self.rejected + other.rejected
        )

    def to_json(self) -> dict[str, int]:
        """The counts by name."""
        return {
            "read": self.read,
            "written": self.written,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """How many entities or relations a load wrote, found unchanged, and took from the open view."""

    written: int = 0
    unchanged: int = 0
    swept: int = 0

    def to_json(self) -> dict[str, int]:
        """The counts by name."""
        return {"written": self.written, "unchanged": self.unchanged, "swept": self.swept}


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file: the source it was read as ("" when unknown) and how its rows ended."""

    file: str
    source: str
    rows: Rows

    def to_json(self) -> dict[str, Any]:
        """One line of the report's `files`."""
        return {"file": self.file, "source": self.source, "rows": self.rows.to_json()}


@dataclass(frozen=True, slots=True)
class NotReportedAgain:
    """A thing of an older period that the unit's newer one no longer names."""

    unit: str
    period: str
    id: str
    name: str

    def to_json(self) -> dict[str, Any]:
        """The work item as the report shows it."""
        return {"unit": self.unit, "period": self.period, "id": self.id, "name": self.name}


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook handed back: where it lies and how many things are marked; or, with `path` "", why not."""

    file: str
    path: str
    marks: int
    reason: str = ""

    def to_json(self) -> dict[str, Any]:
        """One line of the report's `returned`."""
        told: dict[str, Any] = {"file": self.file, "path": self.path or None, "marks": self.marks}
        return told | ({"reason": self.reason} if self.reason else {})


@dataclass(frozen=True, slots=True)
class RunReport:
    """The outcome of one load.

    `status` is complete; refused when a delivery was turned away; failed when nothing could be loaded.
    `run` is None when nothing was written: nothing could be loaded, or it was a dry run. `to_review` counts
    the mentions of the whole graph that a person is asked to judge, None when nothing was changed.
    """

    run: int | None
    status: str
    dry_run: bool
    entities: Facts = field(default_factory=Facts)
    relations: Facts = field(default_factory=Facts)
    files: Sequence[FileReport] = ()
    rejected: Sequence[Rejection] = ()
    unmapped: Sequence[Unmapped] = ()
    mapped: Sequence[Mapped] = ()
    warnings: Sequence[Note] = ()
    repaired: Sequence[Note] = ()
    not_reported_again: Sequence[NotReportedAgain] = ()
    to_review: int | None = None
    returned: Sequence[Returned] = ()

    @property
    def rows(self) -> Rows:
        """All rows of all files."""
        return sum((file.rows for file in self.files), Rows())

    def to_json(self) -> dict[str, Any]:
        """The report as `kg ingest --json` prints it."""
        return {
            "run": None if self.run is None else str(self.run),
            "status": self.status,
            "dry_run": self.dry_run,
            "rows": self.rows.to_json(),
            "entities": self.entities.to_json(),
            "relations": self.relations.to_json(),
            "files": [file.to_json() for file in self.files],
            "rejected": [row.to_json() for row in self.rejected],
            "unmapped": [column.to_json() for column in self.unmapped],
            "mapped": [column.to_json() for column in self.mapped],
            "warnings": [note.to_json() for note in self.warnings],
            "repaired": [note.to_json() for note in self.repaired],
            "not_reported_again": [item.to_json() for item in self.not_reported_again],
            "to_review": self.to_review,
            "returned": [one.to_json() for one in self.returned],
        }
