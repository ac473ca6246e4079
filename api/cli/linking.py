"""The same records in two tables: link."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.answers import answer
from api.cli.lines import write_lines
from api.cli.options import Json, OutputFile
from api.cli.tables import read_table
from kg.matching.linkage import Table, link

First = Annotated[Path, typer.Argument(metavar="A.csv", exists=True, dir_okay=False, help="一个表，有 id 列")]
Second = Annotated[
    Path, typer.Argument(metavar="B.csv", exists=True, dir_okay=False, help="另一个表，有 id 列")
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("link", help="找出两个表中的相同记录，无需标注")(link_command)


def link_command(
    first: First,
    second: Second,
    target: OutputFile,
    *,
    name: Annotated[str, typer.Option("--name", metavar="COLUMN", help="名称所在的列，默认自行识别")] = "",
    as_json: Json = False,
) -> None:
    """Writes every candidate pair with its score and whether the two are one record."""
    tables = (Table.of(read_table(file), label=file.name) for file in (first, second))
    found = link(*tables, name=name or None)
    written = write_lines(target, (one.to_json() for one in found))
    matches = sum(one.match for one in found)
    told = {"lines": written, "matches": matches, "file": str(target)}
    answer(told, [f"已写入 {written} 对，其中 {matches} 对为同一记录：{target}"], as_json=as_json)
