"""Filling the graph: ingest."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress as Bars

from api.audit.inputs import input_digests
from api.bootstrap import FILE, archive, writable_store
from api.cli.answers import answer, print_message
from api.cli.options import Json, Store, Workers
from api.cli.said import said_date, said_period, said_region, unknown_region
from api.cli.session import settings_of
from api.cli.sources import said_source
from ingest.pipeline import Progress, quiet
from ingest.pipeline import run as load
from ingest.reading import Options
from ingest.report import RunReport
from ingest.workers import Team
from kg.store import open_store
from kg.store.base import GraphStore

FAILED = 1


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("ingest", help="载入文件或文件夹，并给出载入报告")(ingest_command)


def ingest_command(  # noqa: PLR0913 - each is an option of the command
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="文件或文件夹")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
    source: Annotated[str, typer.Option("--source", help="指定来源类别", callback=said_source)] = "",
    dated: Annotated[str, typer.Option("--dated", help="材料日期，如 2024-12-31", callback=said_date)] = "",
    region: Annotated[str, typer.Option("--region", help="区划名称或代码", callback=said_region)] = "",
    reporter: Annotated[str, typer.Option("--reporter", help="填报单位")] = "",
    period: Annotated[str, typer.Option("--period", help="填报周期，如 2024", callback=said_period)] = "",
    returns: Annotated[
        Path | None,
        typer.Option("--returns", help="返还文件夹：写回各工作簿，标出要修改的单元格和行", file_okay=False),
    ] = None,
    workers: Workers = None,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Loads files and prints the run report."""
    options = Options(
        today=datetime.now(UTC).date().isoformat(),
        dry_run=dry_run,
        source=source,
        dated=dated,
        region=region,
        reporter=reporter,
        period=period,
        returns=returns,
    )
    if told := unknown_region(region):
        print_message(told)
    report = _loaded(paths, options, store=store, team=Team(workers))
    answer(report.to_json(), _report(report), as_json=as_json)
    if report.status != "complete":
        raise typer.Exit(FAILED)


def _loaded(paths: list[Path], options: Options, *, store: str, team: Team) -> RunReport:
    settings = settings_of(store)
    kept = archive(settings)
    with _target(settings.store, paths, options) as opened, _progress() as progress:
        return load(paths, opened, archive=kept, options=options, progress=progress, team=team)


def _target(url: str, paths: list[Path], options: Options) -> GraphStore:
    """The store to load into; a trial run and a load of nothing make no file where there is none."""
    file = Path(url.removeprefix(FILE))
    loads = not options.dry_run and any(path.exists() for path in paths)
    if not loads and url.startswith(FILE) and not file.exists():
        return open_store("memory:")
    return writable_store(settings_of(url), inputs=() if options.dry_run else input_digests(paths))


@contextmanager
def _progress() -> Iterator[Progress]:
    """Bars on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield quiet
        return
    with Bars(console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def _report(report: RunReport) -> Iterator[str]:
    rows = report.rows
    yield f"读取 {rows.read} 行：写入 {rows.written}，未变 {rows.unchanged}，退回 {rows.rejected}"
    for file in report.files:
        yield f"  {file.file}（{file.source or '无法识别'}）：{file.rows.read} 行"
    for row in report.rejected:
        told = row.to_json()
        where = " ".join(str(told[key]) for key in ("file", "sheet", "row") if told[key] is not None)
        yield f"  退回 {where}：{told['reason']}；{told['remedy']}"
    for column in report.unmapped:
        yield f"  未识别的列 {column.file}：{column.column}（{column.filled} 格有内容，如“{column.sample}”）"
    for known in report.mapped:
        yield f"  列的读法 {known.file}：{known.column} → {known.read_as}"
    for note in (*report.repaired, *report.warnings):
        told = note.to_json()
        where = " ".join(str(told[key]) for key in ("file", "sheet", "row") if told[key] is not None)
        yield f"  注意 {where}：{note.text}"
    for back in report.returned:
        yield f"  返还 {back.file}：{back.path or back.reason}" + (
            f"（{back.marks} 处标注）" if back.path else ""
        )
    if report.to_review:
        yield f"  待确认 {report.to_review} 项名称所指不明，可用 kg review 查看"
    for item in report.not_reported_again:
        yield f"  未再申报 {item.unit}（{item.period}）：{item.name}"
