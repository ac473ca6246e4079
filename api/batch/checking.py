"""Checks every file of a batch and groups what belongs together; what is finished is not checked again."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from api.batch.desk import Estate, Judged, Task, given_up, judge, seated
from api.batch.folder import Folder
from api.settings import Settings
from ingest.discovery import Found
from ingest.packed import unpacked
from ingest.workers import ALONE, Team
from queries.season import Submission, season

STAGE = "查重"
GROUPING = "比对各份材料"


class Told(Protocol):
    """Hears the stage of the work in Chinese, how much of it is done, and how much there is."""

    def __call__(self, stage: str, done: int, total: int, /) -> None: ...


def quiet(_stage: str, _done: int, _total: int, /) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The reports of a batch in the order of their files, and what belongs together (`groups`, `versions`).

    `again` of them were taken as finished before; `batch` tells whether more was given than one file.
    """

    reports: list[dict[str, Any]]
    season: dict[str, Any]
    again: int
    batch: bool

    def to_json(self) -> dict[str, Any]:
        """The report of one file, or the reports of several with their groups."""
        return self.reports[0] if len(self.reports) == 1 else {"reports": self.reports, **self.season}


@dataclass(frozen=True, slots=True)
class Staff:
    """Who judges: `team` with workers that open the estate of `settings`, by default this process alone."""

    team: Team = ALONE
    settings: Settings | None = None


def check_batch(
    paths: Sequence[Path],
    estate: Estate,
    *,
    out: Path | None = None,
    told: Told = quiet,
    staff: Staff | None = None,
) -> Checked:
    """Checks files, folders and zips; a file that cannot be read has a report without verdict.

    With `out` each report is written there as soon as it is finished. One that already stands there, of the
    same file on the same basis, is not made again.
    """
    with unpacked(paths) as found, seated(estate):
        alone = _is_alone(paths, found)
        folder = Folder(out, alone=alone) if out else None
        judged = list(_judged(found, folder, told=told, staff=staff or Staff()))
    files = [one.report["file"] for one in judged]
    told(GROUPING, 0, 1)
    grouped = season(
        [Submission(file, one.proposal) for file, one in zip(files, judged, strict=True)],
        context=estate.context,
        reader=estate.reader,
        before=folder.refused(files) if folder else (),
    )
    told(GROUPING, 1, 1)
    again = sum(one.again for one in judged)
    return Checked([one.report for one in judged], grouped.to_json(), again, batch=not alone)


def _is_alone(paths: Sequence[Path], found: Sequence[Found]) -> bool:
    return len(found) == 1 and len(paths) == 1 and found[0].path == paths[0].absolute()


def _judged(found: Sequence[Found], folder: Folder | None, *, told: Told, staff: Staff) -> Iterator[Judged]:
    tasks = [Task(file, folder.of(file.document) if folder else None, staff.settings) for file in found]
    told(STAGE, 0, len(tasks))
    with closing(staff.team.map(judge, tasks, died=given_up)) as answers:
        for number, one in enumerate(answers, start=1):
            yield one
            told(STAGE, number, len(tasks))
