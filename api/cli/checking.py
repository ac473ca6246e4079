"""The duplicate check of one proposal or of a whole season: check."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from api.audit.act import this_user
from api.audit.checks import tell_checks
from api.batch.checking import Checked, Staff, check_batch
from api.batch.desk import Estate
from api.batch.writing import write_batch
from api.bootstrap import journal
from api.cli.answers import answer, print_message
from api.cli.options import Json, Store, Workers
from api.cli.progress import told_progress
from api.cli.session import asking, settings_of
from api.keeping import keep_proposals
from api.reports import words
from ingest.workers import Team

FAILED = 1
AGAIN = "{}：其中 {} 份的报告已在此文件夹中，依据未变，未重新查重"


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("check", help="立项查重，给出结论和报告；多份材料还相互比对")(check_command)


def check_command(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="建设方案、申报书或功能清单；可以是文件夹或 zip")
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", file_okay=False, help="报告写入的文件夹；中断后再次运行，已完成的不重做"),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="查重后把方案载入知识库，阶段为申报")] = False,
    workers: Workers = None,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints the verdict on each file and writes the reports."""
    with asking(store) as graph, told_progress() as told:
        estate = Estate(graph.reader, graph.context())
        staff = Staff(Team(workers), settings_of(store))
        done = check_batch(paths, estate, out=out, told=told, staff=staff)
    tell_checks(journal(settings_of(store)), done.reports, by=this_user())
    if out is not None:
        _written(done, out)
    if keep:
        keep_proposals(paths, settings_of(store))
    answer(done.to_json(), _lines(done), as_json=as_json)
    if not any(report["verdict"] for report in done.reports):
        raise typer.Exit(FAILED)


def _written(done: Checked, out: Path) -> None:
    """Writes what the batch says as a whole, where it is more than one file."""
    if done.batch:
        write_batch(done.reports, done.season, out)
    if done.again:
        print_message(AGAIN.format(out, done.again))


def _lines(done: Checked) -> Iterator[str]:
    for report in done.reports:
        yield from _verdict(report)
    for group in done.season["groups"]:
        yield from _group(group)
    for one in done.season["versions"]:
        yield f"同一申报的几个版本：{'、'.join(one['files'])}，以 {one['last']} 为准"


def _verdict(report: Mapping[str, Any]) -> Iterator[str]:
    yield f"{report['proposal']['name']}：{report['verdict'] or '无法给出结论'}"
    for reason in report["reasons"]:
        yield f"  {reason['text']}"
    if report["earlier_version"]:
        yield from (f"  {line}" for line in words.earlier(report["earlier_version"]))
    for found in report["candidates"]:
        kind = words.kind(found["kind"])
        yield f"  {kind}  {found['score']:.2f}  {found['name']}  {found['department']}"


def _group(group: Mapping[str, Any]) -> Iterator[str]:
    yield f"分组 {group['number']}：{words.group(group['kind'])}，合计 {words.yuan(group['money'])}"
    members: Sequence[Mapping[str, Any]] = group["members"]
    for member in members:
        yield f"  {member['file'] or '知识库'}  {member['name']}  {member['department']}"
    for reason in group["reasons"]:
        yield f"  {reason}"
