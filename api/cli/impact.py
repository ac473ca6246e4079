"""What happens to others when a system changes, stops or is replaced: impact."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from api.bootstrap import encoder
from api.cli.answers import answer, print_message
from api.cli.options import Asked, Json, Store
from api.cli.reaching import Depth, Planned, followed, reached
from api.cli.session import asking, settings_of
from api.what_if_table import what_if_workbook
from kg.model import Direction
from queries.dependencies import SHOWN, Question
from queries.naming import meant
from queries.what_if import WhatIf, what_if

EVERY = 1_000_000
"""Items of a what-if: whoever is affected must be told."""


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("impact", help="它变更或停用会影响谁；设想停用或替代时要通知谁")(impact_command)


def impact_command(  # noqa: PLR0913 - each is an option of the command
    asked: Asked,
    *,
    depth: Depth = None,
    planned: Planned = False,
    retire: Annotated[bool, typer.Option("--retire", help="设想停用它：给出要通知谁")] = False,
    replace_by: Annotated[
        str, typer.Option("--replace-by", metavar="ID|NAME", help="设想由另一个替代它：另给出替代缺口")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.xlsx", dir_okay=False, help="通知清单写入的表格")
    ] = None,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints what is affected by the entity, and in a what-if whom to tell."""
    if retire and replace_by:
        raise typer.BadParameter("--retire 与 --replace-by 二者取一")
    if out is not None and not (retire or replace_by):
        raise typer.BadParameter("--out 与 --retire 或 --replace-by 同用")
    if out is not None and out.suffix.lower() != ".xlsx":
        raise typer.BadParameter("须以 .xlsx 结尾", param_hint="--out")
    question = Question(Direction.IN, depth, planned, limit=EVERY if retire or replace_by else SHOWN)
    with asking(store) as graph:
        found = followed(graph, asked, question)
        if not (retire or replace_by):
            answer(found.to_json(), reached(found), as_json=as_json)
            return
        other = meant(graph.reader, replace_by).id if replace_by else None
        plan = what_if(graph.reader, found, replacement=other, encoder=encoder(settings_of(store)))
    if out is not None:
        out.write_bytes(what_if_workbook(plan))
        print_message(f"已写入 {out}")
    answer(plan.to_json(), _planned(plan), as_json=as_json)


def _planned(plan: WhatIf) -> Iterator[str]:
    yield f"{plan.found.root.name}：受影响 {plan.found.total} 项，须通知 {len(plan.notices)} 个单位"
    for notice in plan.notices:
        yield f"  {notice.text}"
        yield f"      联系方式：{'；'.join(notice.contacts) or '没有登记'}"
    if plan.replacement:
        yield f"“{plan.replacement.name}”没有的功能或能力：{len(plan.uncovered)} 项"
        yield from (f"  {one.text}（最接近：{one.nearest or '无'}）" for one in plan.uncovered)
