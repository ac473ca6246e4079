"""Checks every file of a batch and groups what belongs together; what is finished is not checked again."""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from api.batch.folder import Finished, Folder
from ingest.discovery import Found
from ingest.packed import unpacked
from ingest.proposal.handed import given_up, handed_in
from ingest.workers import ALONE, Team
from kg.matching.proposal import Proposal
from kg.store.base import GraphReader
from queries.check import CheckContext, check
from queries.check.coverage import basis
from queries.policy import load_policy
from queries.season import Submission, season

Report = dict[str, Any]
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

    reports: list[Report]
    season: dict[str, Any]
    again: int
    batch: bool

    def to_json(self) -> dict[str, Any]:
        """The report of one file, or the reports of several with their groups."""
        return self.reports[0] if len(self.reports) == 1 else {"reports": self.reports, **self.season}


@dataclass(frozen=True, slots=True)
class Estate:
    """What the batch is compared with."""

    reader: GraphReader
    context: CheckContext


def check_batch(
    paths: Sequence[Path],
    estate: Estate,
    *,
    out: Path | None = None,
    told: Told = quiet,
    team: Team = ALONE,
) -> Checked:
    """Checks files, folders and zips; a file that cannot be read has a report without verdict.

    With `out` each report is written there as soon as it is finished. One that already stands there, of the
    same file on the same basis, is not made again. `team` reads files ahead of the checking.
    """
    with unpacked(paths) as found:
        alone = _is_alone(paths, found)
        folder = Folder(out, alone=alone) if out else None
        done = list(_checked(found, estate, folder, told=told, team=team))
    submissions = [Submission(report["file"], proposal) for report, proposal, _ in done]
    told(GROUPING, 0, 1)
    files = [report["file"] for report, _, _ in done]
    before = folder.refused(files) if folder else ()
    grouped = season(submissions, context=estate.context, reader=estate.reader, before=before).to_json()
    told(GROUPING, 1, 1)
    reports = [report for report, _, _ in done]
    return Checked(reports, grouped, sum(again for _, _, again in done), batch=not alone)


def _is_alone(paths: Sequence[Path], found: Sequence[Found]) -> bool:
    return len(found) == 1 and len(paths) == 1 and found[0].path == paths[0].absolute()


def _checked(
    found: Sequence[Found], estate: Estate, folder: Folder | None, *, told: Told, team: Team
) -> Iterator[tuple[Report, Proposal, bool]]:
    told(STAGE, 0, len(found))
    with closing(team.map(handed_in, found, died=given_up)) as proposals:
        for number, (file, proposal) in enumerate(zip(found, proposals, strict=True), start=1):
            finished = folder.finished(file.document) if folder else None
            again = finished is not None and _stands(finished, proposal, estate.context)
            report = finished.report if finished and again else _report(file, proposal, estate)
            if folder and not again:
                folder.write(report)
            yield report, proposal, again
            told(STAGE, number, len(found))


def _stands(finished: Finished, proposal: Proposal, context: CheckContext) -> bool:
    """Whether a finished report is what a check would say now: the same bytes on the same basis."""
    now = json.loads(json.dumps(basis(proposal, context, load_policy())))
    return bool(proposal.sha256) and finished.report["basis"] == now


def _report(file: Found, proposal: Proposal, estate: Estate) -> Report:
    told = check(estate.reader, proposal, context=estate.context).to_json()
    return told | {"file": file.document}
