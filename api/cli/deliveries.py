"""Who delivered, who is late, what changed and vanished: deliveries."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from api.bootstrap import readable_store
from api.cli.answers import answer, print_message
from api.cli.options import Json, Store
from api.cli.session import settings_of
from kg.errors import ValidationError
from kg.values import parse_period
from queries.deliveries.review import VANISHED, Reporting, reporting

SHOWN = 50
"""Lines of a list on a terminal; the workbook and the JSON hold all of them."""


def register(app: typer.Typer) -> None:
    """Adds the command of this family."""
    app.command("deliveries", help="报送情况：谁报了、谁没报、哪些有变化、哪些未再申报")(deliveries_command)


def deliveries_command(
    *,
    period: Annotated[str, typer.Option("--period", help="看哪一期，默认最新一期")] = "",
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="写成工作簿", dir_okay=False)] = None,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Tells the state of reporting for one period."""
    with readable_store(settings_of(store)) as opened:
        told = reporting(opened, period=_said(period))
    if xlsx:
        from api.delivery_tables import reporting_workbook

        if xlsx.suffix.lower() != ".xlsx":
            raise typer.BadParameter("文件名应以 .xlsx 结尾", param_hint="--xlsx")
        xlsx.write_bytes(reporting_workbook(told))
        print_message(f"已写出 {xlsx}")
    answer(told.to_json(), _lines(told), as_json=as_json)


def _said(period: str) -> str | None:
    if not period:
        return None
    try:
        return "/".join(parse_period(period))
    except ValidationError as error:
        raise typer.BadParameter(str(error), param_hint="--period") from error


def _lines(told: Reporting) -> Iterator[str]:
    if told.period is None:
        yield "没有写明填报单位和周期的报送"
    else:
        now = [one for one in told.deliveries if one.period == told.period]
        yield f"周期 {_short(told.period)}：{len(now)} 个单位已报，{len(told.late)} 个单位未报"
    yield from _few(
        f"  已载入 {one.unit or one.key}（{_short(one.period) or '无周期'}）：{one.rows} 行，"
        f"{'、'.join(one.documents)}，{(one.loaded or '')[:10]}，共载入 {one.loads} 次"
        for one in told.deliveries
    )
    yield from _few(
        f"  未报 {one.unit}（{'最近一期 ' + _short(one.last_period) if one.last_period else '从未报送'}，"
        f"已知系统 {one.systems} 个）"
        for one in told.late
    )
    yield from _few(f"  {one.kind} {one.unit}：{one.name}" for one in told.changes if one.kind != VANISHED)
    yield from _few(
        f"  {one.kind} {one.unit}（{_short(one.before)} 曾申报）：{one.name}"
        for one in told.changes
        if one.kind == VANISHED
    )


def _short(period: str | None) -> str:
    """2025 for 2025/2025; "" for none."""
    start, _, end = (period or "").partition("/")
    return start if start == end or not end else f"{start} 至 {end}"


def _few(lines: Iterator[str]) -> Iterator[str]:
    """The first lines, and how many are left out."""
    for number, line in enumerate(lines):
        if number < SHOWN:
            yield line
        elif number == SHOWN:
            left = 1 + sum(1 for _ in lines)
            yield f"  … 另有 {left} 条，用 --xlsx 或 --json 看全部"
