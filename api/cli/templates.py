"""Blank forms to be filled in: template census."""

from pathlib import Path
from typing import Annotated

import typer

from api.cli.answers import answer
from api.cli.options import Json
from api.cli.said import said_period
from api.reports.fixed import without_clock

NAMES = ("census",)


def register(app: typer.Typer) -> None:
    """Adds the command of this family."""
    app.command("template", help="写出空白填报表（xlsx），含可选值、填写说明和示例行")(template_command)


def template_command(
    name: Annotated[str, typer.Argument(metavar="census", help="表的名称，目前有 census（普查表）")],
    *,
    out: Annotated[Path | None, typer.Option("--out", help="写到哪个文件", dir_okay=False)] = None,
    reporter: Annotated[str, typer.Option("--reporter", help="预先填好的填报单位")] = "",
    period: Annotated[str, typer.Option("--period", help="预先填好的填报周期", callback=said_period)] = "",
    as_json: Json = False,
) -> None:
    """Writes the blank form; a file that is there already is not touched."""
    from ingest.blank.fields import blank_form
    from ingest.blank.workbook import form_workbook

    if name not in NAMES:
        raise typer.BadParameter(f"没有这种表：{name}；可用的有：{'、'.join(NAMES)}")
    form = blank_form(name)
    path = out or Path(f"{form.title}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise typer.BadParameter("文件名应以 .xlsx 结尾", param_hint="--out")
    if path.exists():
        raise typer.BadParameter(f"文件已存在，未覆盖：{path}", param_hint="--out")
    path.write_bytes(without_clock(form_workbook(form, reporter=reporter, period=period)))
    told = {"file": str(path), "columns": [column.header for column in form.columns]}
    answer(told, [f"已写出 {path}（{len(form.columns)} 栏）"], as_json=as_json)
