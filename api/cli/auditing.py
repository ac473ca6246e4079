"""Who did what: audit verify, audit list."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from api.audit.verify import Verified, check_anchor, read_log, verify
from api.bootstrap import journal, readable_store
from api.cli.answers import answer
from api.cli.options import Json, Store
from api.cli.said import said_date
from api.cli.session import settings_of
from api.settings import Settings
from kg.errors import StoreError, ValidationError

FAILED = 1


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("verify", help="核验审计日志：第一处被改动的行，末尾是否缺失")(verify_command)
    group.command("list", help="谁在何时做了什么，旧的在前")(list_command)
    app.add_typer(group, name="audit", help="审计日志")


def _anchor(text: str) -> str:
    try:
        return check_anchor(text)
    except ValidationError as error:
        raise typer.BadParameter(str(error)) from error


def verify_command(
    *,
    anchor: Annotated[
        str,
        typer.Option(
            "--anchor", metavar="HASH", help="以前核验时另行保存的摘要，须仍在日志中", callback=_anchor
        ),
    ] = "",
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints whether the log is as it was written, and where it is not."""
    settings = settings_of(store)
    found = verify(_log(settings), anchor=anchor, runs=_runs(settings))
    answer(found.to_json(), _lines(found), as_json=as_json)
    if found.fault:
        raise typer.Exit(FAILED)


def list_command(
    *,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="自某日起", callback=said_date)] = "",
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints the lines of the log."""
    found = [line for line in read_log(_log(settings_of(store))) if str(line.get("at", "")) >= since]
    answer({"lines": found}, map(_line, found), as_json=as_json)


def _log(settings: Settings) -> Path:
    log = journal(settings)
    if log is None:
        raise StoreError("此知识库不是文件，未设审计日志；请用环境变量 KG_AUDIT_FILE 指明")
    return log.path


def _runs(settings: Settings) -> list[str]:
    """The runs of the store; none where there is no store to ask."""
    try:
        with readable_store(settings) as opened:
            return [str(run.id) for run in opened.runs()]
    except StoreError:
        return []


def _lines(found: Verified) -> Iterator[str]:
    yield f"不完整：{found.fault}" if found.fault else f"完整：共 {found.lines} 条"
    yield from (f"注意：{note}" for note in found.notes)
    if not found.fault:
        yield f"末行摘要 {found.last}"


def _line(told: dict[str, Any]) -> str:
    run = f"  运行 {told['run']}" if "run" in told else ""
    inputs = "".join(f"  {one[:12]}" for one in told.get("inputs", ())[:3])
    named = told.get("details", {}).get("name")
    name = f"  {named}" if named else ""
    return f"{told['at']}  {told['who']}  {told['what']}{name}  {told['outcome']}{run}{inputs}"
