"""Loads files into a store: read, plan, write, sweep, resolve, report."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from ingest.archive import Archive
from ingest.discovery import Found
from ingest.documents.sandbox import read_isolated
from ingest.garbage import without_collection
from ingest.packed import unpacked
from ingest.plan import Plan, Planned, plan, rows_of
from ingest.reading import FileRead, Options, ReadDocument, read_file, unread_file
from ingest.report import Facts, FileReport, NotReportedAgain, Returned, Rows, RunReport
from ingest.returns.handing import Desk
from ingest.sources.native import reject_loose_ends
from ingest.succession import Missing
from ingest.workers import ALONE, Team
from kg.model import Record, RunId
from kg.store.base import Counts, GraphStore
from kg.store.books import DOCUMENTS, READ
from kg.store.corrections import follow_corrections
from kg.store.resolution import link_mentions, resolve_exactly
from kg.store.unsettled import unsettled

BATCH = 1000
"""Rows in one transaction: whole rows, few enough to hold their facts twice in memory."""

Progress = Callable[[str, int, int], None]


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


def run(
    paths: Sequence[Path],
    store: GraphStore,
    *,
    archive: Archive | None,
    options: Options,
    read: ReadDocument = read_isolated,
    progress: Progress = quiet,
    team: Team = ALONE,
) -> RunReport:
    """Loads files and folders, and reports every row.

    `archive` keeps the raw bytes (None: nowhere), `read` reads a document, `progress` hears the stage in
    Chinese, how much of it is done, and how much there is; `team` reads several files at once, and this
    process alone writes. A file that cannot be read or a delivery that is turned away stops no other. With
    `options.dry_run` nothing is written, neither to the store nor to the archive.
    """
    with without_collection(), unpacked(paths) as found:
        ask = partial(read_file, options=options, read=read)
        with closing(team.map(ask, found, died=unread_file)) as answers:
            kept = None if options.dry_run else archive
            reads = list(_kept(found, answers, archive=kept, progress=progress))
        report = _run(reads, store, options=options, progress=progress)
        if options.returns is None:
            return report
        desk = Desk(options.returns, options.today, read, options.region)
        return replace(report, returned=list(_handed_back(desk, found, reads, report=report)))


def _kept(
    found: Sequence[Found], reads: Iterable[FileRead], *, archive: Archive | None, progress: Progress
) -> Iterator[FileRead]:
    """The files as read, each in the archive when anything was read from it."""
    progress("读取文件", 0, len(found))
    for number, (file, read) in enumerate(zip(found, reads, strict=True), start=1):
        if archive and read.reading.lots:
            archive.keep(file.path)
        yield read
        progress("读取文件", number, len(found))


def _handed_back(
    desk: Desk, found: Sequence[Found], reads: Sequence[FileRead], *, report: RunReport
) -> Iterator[Returned]:
    """The workbooks of the load, each with its own faults and those of its delivery."""
    for file, read, told in zip(found, reads, report.files, strict=True):
        refused = [one for one in report.rejected if one.file == read.document and one.row is None]
        own = {*read.reading.rejected}
        back = desk.hand_back(file, read, told.rows, refused=[one for one in refused if one not in own])
        if back is not None:
            yield back


def _run(reads: Sequence[FileRead], store: GraphStore, *, options: Options, progress: Progress) -> RunReport:
    checked = reject_loose_ends([one.reading for one in reads], store)
    for one, reading in zip(reads, checked, strict=True):
        one.reading = reading
    made = plan([(one.source, lot) for one in reads for lot in one.reading.lots], store)
    outcome = _Outcome(None)
    if any(not planned.refused for planned in made.deliveries):
        outcome = _write(made, store, progress, trial=options.dry_run)
    return _report(reads, made, outcome, dry_run=options.dry_run)


@dataclass(slots=True)
class _Outcome:
    """What became of a plan; `run` is None where nothing could be loaded and for a trial."""

    run: RunId | None
    swept: Counts = field(default_factory=Counts)
    missing: Sequence[NotReportedAgain] = ()
    to_review: int | None = None


def _write(made: Plan, store: GraphStore, progress: Progress, *, trial: bool) -> _Outcome:
    number = store.begin("ingest", trial=trial)
    outcome = _Outcome(None if trial else number)
    try:
        _upsert(made.deliveries, store, number=number, progress=progress)
        changed = _redate(made.deliveries, store, number=number, outcome=outcome)
        outcome.missing = _not_reported_again(made.missing, store)
        if changed:
            progress("归并同一系统", 0, 1)
            follow_corrections(store, number)
            resolve_exactly(store, number)
            link_mentions(store, number)
            outcome.to_review = len(unsettled(store))
            progress("归并同一系统", 1, 1)
    except BaseException:
        store.finish(number, status="failed", summary={})
        raise
    store.finish(number, status="complete", summary=_summary(made))
    return outcome


def _upsert(deliveries: Sequence[Planned], store: GraphStore, *, number: RunId, progress: Progress) -> None:
    """Rows that bring entities first, rows of relations alone after them: their ends stand by then."""
    total = sum(len(planned.fresh) for planned in deliveries)
    done = 0
    for planned in deliveries:
        if planned.records and not planned.fresh and not planned.refused:
            # Its date moves with every reading, or a row taken back later looks overtaken by a newer period.
            store.upsert(number, planned.delivery, [])
    for alone in (False, True):
        for planned in deliveries:
            rows = [record for record in planned.fresh if (not record.entities) == alone]
            for batch in _batches(rows):
                store.upsert(number, planned.delivery, batch)
                done += len(batch)
                progress("写入", done, total)


def _batches(rows: Sequence[Record]) -> Iterator[Sequence[Record]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _redate(deliveries: Iterable[Planned], store: GraphStore, *, number: RunId, outcome: _Outcome) -> bool:
    """Ends what is no longer said or said anew by a newer period; whether the load changed anything."""
    changed = False
    for planned in deliveries:
        changed = changed or bool(planned.fresh or planned.days)
        if planned.days:
            outcome.swept = _sum(outcome.swept, store.redate(number, planned.delivery.key, planned.days))
    return changed


def _not_reported_again(missing: Sequence[Missing], store: GraphStore) -> list[NotReportedAgain]:
    shown = store.get(sorted({one.subject for one in missing}))
    return [
        NotReportedAgain(
            one.delivery.unit or "", one.delivery.period or "", one.subject, shown[one.subject].name
        )
        for one in missing
        if one.subject in shown
    ]


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(one.entities + other.entities, one.relations + other.relations)


def _summary(made: Plan) -> dict[str, object]:
    loaded = [planned for planned in made.deliveries if not planned.refused]
    return {
        "rows": sum(len(planned.fresh) for planned in loaded),
        "deliveries": [planned.delivery.key for planned in loaded],
        DOCUMENTS: {planned.delivery.key: _documents(planned) for planned in loaded if planned.records},
        READ: {planned.delivery.key: planned.delivery.said_on for planned in loaded if not planned.stored},
    }


def _documents(planned: Planned) -> list[str]:
    return sorted({record.claim.document for record in planned.records})


def _report(reads: Sequence[FileRead], made: Plan, outcome: _Outcome, *, dry_run: bool) -> RunReport:
    refused = list(made.rejections())
    files = _files(reads, made)
    rows = sum((file.rows for file in files), Rows())
    status = "refused" if refused else "complete" if rows.written + rows.unchanged else "failed"
    return RunReport(
        run=outcome.run,
        status=status,
        dry_run=dry_run,
        entities=_facts(made.written.entities, made.unchanged.entities, outcome.swept.entities),
        relations=_facts(made.written.relations, made.unchanged.relations, outcome.swept.relations),
        files=files,
        rejected=[row for file in reads for row in file.reading.rejected] + refused,
        unmapped=[column for file in reads for column in file.reading.unmapped],
        mapped=[column for file in reads for column in file.reading.mapped],
        warnings=[note for file in reads for note in file.reading.warnings] + list(made.warnings()),
        repaired=[note for file in reads for note in file.reading.repaired],
        not_reported_again=outcome.missing,
        to_review=outcome.to_review,
    )


def _facts(written: Collection[object], unchanged: AbstractSet[object], swept: int) -> Facts:
    return Facts(len(written), len(unchanged - set(written)), swept)


def _files(reads: Sequence[FileRead], made: Plan) -> list[FileReport]:
    loaded = [planned for planned in made.deliveries if not planned.refused]
    written = {row for planned in loaded for row in rows_of(planned.fresh)}
    unchanged = {row for planned in loaded for row in rows_of(planned.unchanged)} - written
    turned = {row for planned in made.deliveries if planned.refused for row in rows_of(planned.records)}
    counts = [Counter(document for document, _, _ in rows) for rows in (written, unchanged, turned)]
    return [
        FileReport(
            file.document,
            file.source,
            Rows(
                counts[0][file.document],
                counts[1][file.document],
                counts[2][file.document] + sum(row.row is not None for row in file.reading.rejected),
            ),
        )
        for file in reads
    ]
