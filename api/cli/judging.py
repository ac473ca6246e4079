"""Judgements of what is new: check, recommend."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from api.audit.act import this_user
from api.audit.checks import tell_checks
from api.audit.inputs import input_digests
from api.bootstrap import archive, journal, writable_store
from api.checks import check_files
from api.cli.answers import answer, print_message
from api.cli.lines import UNANSWERED, Bad, Row, each_line
from api.cli.options import Json, Store, Top
from api.cli.session import asking, settings_of
from api.labels import type_label
from api.needs import need_of, need_of_entity, need_of_file
from api.reports import words, write_reports
from ingest.pipeline import run as load
from ingest.reading import Options
from queries.check import CheckContext
from queries.recommend import Need, recommend

FAILED = 1


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("check", help="立项查重，给出结论和报告")(check_command)
    app.command("recommend", help="按需求推荐可复用的系统和组件")(recommend_command)


def check_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="建设方案、申报书或功能清单")],
    *,
    out: Annotated[Path | None, typer.Option("--out", file_okay=False, help="报告写入的文件夹")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="查重后把方案载入知识库")] = False,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints the verdict on each file and writes the reports."""
    with asking(store) as graph:
        reports = check_files(files, graph.reader, graph.context())
    tell_checks(journal(settings_of(store)), reports, by=this_user())
    if out is not None:
        _write(reports, out)
    if keep:
        _keep(files, store)
    single = len(reports) == 1
    document = reports[0] if single else {"reports": reports, "groups": []}
    answer(document, _verdicts(reports), as_json=as_json)
    if not any(report["verdict"] for report in reports):
        raise typer.Exit(FAILED)


def _write(reports: list[dict[str, Any]], out: Path) -> None:
    """Reports of several files stand in numbered folders named after them."""
    for number, report in enumerate(reports, start=1):
        name = Path(str(report["proposal"]["file"])).stem
        write_reports(report, out if len(reports) == 1 else out / f"{number:03d}-{name}")


def _keep(files: list[Path], store: str) -> None:
    settings = settings_of(store)
    options = Options(today=datetime.now(UTC).date().isoformat(), source="proposal")
    with writable_store(settings, inputs=input_digests(files)) as opened:
        load(files, opened, archive=archive(settings), options=options)


def _verdicts(reports: list[dict[str, Any]]) -> Iterator[str]:
    for report in reports:
        yield f"{report['proposal']['name']}：{report['verdict'] or '无法给出结论'}"
        for reason in report["reasons"]:
            yield f"  {reason['text']}"
        for found in report["candidates"]:
            kind = words.kind(found["kind"])
            yield f"  {kind}  {found['score']:.2f}  {found['name']}  {found['department']}"


def recommend_command(
    *,
    text: Annotated[str | None, typer.Option("--text", help="一句话需求")] = None,
    file: Annotated[Path | None, typer.Option("--file", exists=True, dir_okay=False, help="需求文件")] = None,
    entity: Annotated[
        str | None, typer.Option("--entity", metavar="ID|NAME", help="替代知识库中的哪一个")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", exists=True, dir_okay=False, help="每行一条需求")
    ] = None,
    top: Top = 10,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints what can be reused, or that nothing fits."""
    given = [one for one in (text, file, entity, batch) if one is not None]
    if len(given) != 1:
        raise typer.BadParameter("--text、--file、--entity、--batch 必须且只能给出一个")
    if isinstance(given[0], str) and not given[0].strip():
        raise typer.BadParameter("内容为空", param_hint="--entity" if text is None else "--text")
    with asking(store) as graph:
        reader, context = graph.reader, graph.context()
        if batch:
            _recommend_each(batch, context, top=top, as_json=as_json)
            return
        if file:
            need = need_of_file(file, top=top)
        else:
            need = need_of_entity(reader, context, entity, top=top) if entity else Need(text or "", top=top)
        found = recommend(need, context)
    answer(found, _items(found), as_json=as_json)


def _recommend_each(batch: Path, context: CheckContext, *, top: int, as_json: bool) -> None:
    """Prints an answer for each line, of a bad one its error. Raises: Exit when none could be answered."""

    def told(row: Row) -> dict[str, Any]:
        return {"id": row.get("id")} | recommend(need_of(row, top=top), context)

    found = list(each_line(batch, told))
    bad = sum(isinstance(one, Bad) for one in found)
    answers = [one.to_json() if isinstance(one, Bad) else one for one in found]
    if bad:
        print_message(UNANSWERED.format(bad))
    answer({"answers": answers}, (line for one in answers for line in _items(one)), as_json=as_json)
    if bad and bad == len(found):
        raise typer.Exit(FAILED)


def _items(found: dict[str, Any]) -> Iterator[str]:
    if "error" in found:
        yield str(found["error"])
        return
    for item in found["items"]:
        blocked = f"（暂不可用：{'；'.join(item['blockers'])}）" if item["blockers"] else ""
        yield f"{item['score']:.2f}  {type_label(item['type'])}  {item['name']}{blocked}"
    if found["none"]:
        yield str(found["none"])
