"""Brings one store to hold what another holds: sync."""

from typing import Annotated

import typer

from api.bootstrap import copyable_store
from api.cli.answers import answer
from api.cli.options import Json
from api.cli.session import settings_of
from kg.store.copying import copy


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("sync", help="把一个知识库的内容增量复制到另一个，可中断后重来")(sync_command)


def sync_command(
    *,
    source: Annotated[str, typer.Option("--from", metavar="URL", help="从哪个知识库")],
    target: Annotated[str, typer.Option("--to", metavar="URL", help="到哪个知识库；没有则新建")],
    as_json: Json = False,
) -> None:
    """Prints how many records were written and how many ends were moved."""
    if source == target:
        raise typer.BadParameter("--from 与 --to 不能相同", param_hint="--to")
    with (
        copyable_store(settings_of(source)) as opened,
        copyable_store(settings_of(target), create=True) as filled,
    ):
        done = copy(opened, filled)
    told = f"写入 {done.written} 条记录，更改 {done.redated} 条记录的终止日期"
    foreign = f"；目标库另有 {done.foreign} 条记录，未改动" if done.foreign else ""
    answer(done.to_json(), [told + foreign], as_json=as_json)
