"""A check made again on what it was made with: replay."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from api.bootstrap import readable_store
from api.cli.answers import answer
from api.cli.options import Json, Store
from api.cli.session import settings_of
from api.replay import Replay, replay

UNEQUAL = 1


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("replay", help="按当时的知识库重放一份查重报告，说明是否逐字节一致")(replay_command)


def replay_command(
    report: Annotated[
        Path, typer.Argument(metavar="REPORT.json", exists=True, dir_okay=False, help="查重报告 report.json")
    ],
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", exists=True, dir_okay=False, help="材料现在所在；不给则找存档、报告旁和原处"),
    ] = None,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints whether the same check gives the same bytes, else what differs."""
    settings = settings_of(store)
    with readable_store(settings) as opened:
        found = replay(report, opened, settings, given=file)
    answer(found.to_json(), _lines(found), as_json=as_json)
    if not found.equal:
        raise typer.Exit(UNEQUAL)


def _lines(found: Replay) -> Iterator[str]:
    told = "逐字节一致" if found.equal else f"有 {len(found.differences)} 处不同"
    yield f"{found.file}：{found.verdict or '无法给出结论'}，重放{told}"
    yield from (f"  原因：{reason}" for reason in found.reasons)
    for one in found.differences[:20]:
        was, now = (json.dumps(side, ensure_ascii=False)[:80] for side in (one.was, one.now))
        yield f"  {one.path}：{was} → {now}"
