"""Judges one file of a batch, in this process or in a worker of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from api.batch.folder import finished_report, is_on
from api.graph import Graph
from api.reports import write_reports
from api.settings import Settings
from ingest.discovery import Found
from ingest.proposal.handed import handed_in
from ingest.reading import ENDED
from kg.matching.proposal import Proposal
from kg.store.base import GraphReader
from queries.check import CheckContext, check
from queries.check.coverage import basis
from queries.policy import load_policy


@dataclass(frozen=True, slots=True)
class Estate:
    """What the files are compared with."""

    reader: GraphReader
    context: CheckContext


@dataclass(frozen=True, slots=True)
class Task:
    """A file to judge; `folder` is where its report is written, None for nowhere.

    `settings` say which estate a worker opens, None where no worker will be asked.
    """

    file: Found
    folder: Path | None
    settings: Settings | None


@dataclass(frozen=True, slots=True)
class Judged:
    """The report on a file and the proposal in it; `again` where the report was finished before."""

    report: dict[str, Any]
    proposal: Proposal
    again: bool


_here: list[Estate] = []
"""The estate of this process: the one it was seated at, or in a worker the one it has opened."""


@contextmanager
def seated(estate: Estate) -> Iterator[None]:
    """What this process judges in the block, it judges by this estate."""
    before = list(_here)
    _here[:] = [estate]
    try:
        yield
    finally:
        _here[:] = before


def judge(task: Task) -> Judged:
    """The report on a file, written to its folder unless it stands there on the same basis."""
    estate = _estate(task.settings)
    proposal = handed_in(task.file)
    now = basis(proposal, estate.context, load_policy())
    finished = finished_report(task.folder, task.file.document) if task.folder else None
    if finished and is_on(finished, now):
        return Judged(finished, proposal, again=True)
    told = check(estate.reader, proposal, context=estate.context).to_json()
    report = told | {"file": task.file.document}
    if task.folder:
        write_reports(report, task.folder)
    return Judged(report, proposal, again=False)


def given_up(task: Task) -> Judged:
    """What is told of a file over which a worker ended."""
    return judge(replace(task, file=replace(task.file, refused=ENDED)))


def _estate(settings: Settings | None) -> Estate:
    if not _here:
        assert settings is not None, "a worker was not told which estate to open"
        # The workers share the cores among them.
        threadpool_limits(limits=1)
        view = Graph(settings).view().__enter__()
        _here.append(Estate(view.reader, view.context()))
    return _here[0]
