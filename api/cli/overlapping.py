"""Overlaps of the estate with itself: overlaps."""

import os
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli.answers import answer, print_message
from api.cli.options import Json, Store, Top
from api.cli.progress import told_progress
from api.cli.session import asking
from api.graph import View
from api.overlap_tables import FORMS, write_overlaps
from api.reports import words
from kg.matching.overlap_index import Progress
from queries.capabilities import Capability, named_capability
from queries.overlap import Overlap
from queries.overlap_filter import Filter, at_stake, chosen, named_department

WORKERS = min(4, os.cpu_count() or 1)


class Kind(StrEnum):
    """Kinds of overlap."""

    SAME = "same"
    SAME_KIND = "same_kind"
    RESKINNED = "reskinned"
    REUSE = "reuse"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("overlaps", help="现有系统之间的重叠")(overlaps_command)


def overlaps_command(  # noqa: PLR0913 - each is an option of the command
    *,
    min_score: Annotated[float | None, typer.Option("--min-score", min=0, max=1, help="得分至少多少")] = None,
    kind: Annotated[Kind | None, typer.Option("--kind", help="只看这一类")] = None,
    department: Annotated[
        str, typer.Option("--department", metavar="ID|NAME", help="至少一方属于此单位")
    ] = "",
    capability: Annotated[
        str, typer.Option("--capability", metavar="ID|NAME", help="双方都在做的能力，或至少一方提供的能力")
    ] = "",
    min_money: Annotated[
        float | None, typer.Option("--min-money", min=0, help="投资较小的一方至少多少元")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", dir_okay=False, help="写入文件：.csv、.xlsx 或 .json")
    ] = None,
    top: Top = 50,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints the best pairs of the estate, or writes them to a file."""
    if out is not None and out.suffix.lower() not in FORMS:
        raise typer.BadParameter(f"文件名应以 {'、'.join(FORMS)} 结尾", param_hint="--out")
    with asking(store) as graph, told_progress() as progress:
        asked = Filter(
            kind=kind.value if kind else None,
            min_score=min_score,
            department=named_department(graph.reader, department) if department else None,
            capability=_capability(graph, capability, progress),
            money=Decimal(str(min_money)) if min_money is not None else None,
        )
        every = graph.overlaps(progress=progress, workers=WORKERS)
        found = chosen(every, asked)[:top]
    if out is not None:
        write_overlaps(found, out)
        print_message(f"已写入 {len(found)} 对：{out}")
    answer({"overlaps": [one.to_json() for one in found]}, _lines(found), as_json=as_json)


def _capability(graph: View, text: str, progress: Progress) -> Capability | None:
    return named_capability(graph.capabilities(progress=progress), text) if text else None


def _lines(found: list[Overlap]) -> Iterator[str]:
    for one in found:
        money = at_stake(one)
        saved = f"  {money / 10_000:.1f}万元" if money is not None else ""
        yield f"{one.score:.2f}  {words.kind(one.kind)}  {one.a.name} ↔ {one.b.name}{saved}"
