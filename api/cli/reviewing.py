"""What a person decides: review, judge."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import typer

from api.bootstrap import writable_store
from api.cli.answers import answer
from api.cli.options import Json, Store, Top
from api.cli.session import asking, settings_of
from kg.model import EntityId
from kg.store.judgements import Sameness, judge, withdraw
from queries.review import lines, review_list


class Verdict(StrEnum):
    """What a person says of two entries."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("review", help="待人确认的条目：名称所指不明的，可能是同一系统的")(review_command)
    app.command("judge", help="判定两个条目是否同一，或撤回判定")(judge_command)


def review_command(*, top: Top = 50, store: Store = "", as_json: Json = False) -> None:
    """Prints the mentions that may mean several things, with candidates and evidence."""
    with asking(store) as graph:
        found = review_list(graph.stored, limit=top, proposed=graph.proposals())
    answer(found.to_json(), lines(found), as_json=as_json)


def judge_command(  # noqa: PLR0913 - each is an option of the command
    first: Annotated[str, typer.Argument(metavar="A", help="条目 ID")] = "",
    second: Annotated[str, typer.Argument(metavar="B", help="条目 ID")] = "",
    verdict: Annotated[
        Verdict | None, typer.Argument(metavar="VERDICT", help="same、different 或 unsure")
    ] = None,
    *,
    by: Annotated[str, typer.Option("--by", help="判定人")] = "",
    because: Annotated[str, typer.Option("--because", help="理由")] = "",
    withdrawn: Annotated[str, typer.Option("--withdraw", metavar="ID", help="撤回这一判定")] = "",
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Writes a judgement on a pair, or withdraws one."""
    today = datetime.now(UTC).date().isoformat()
    if bool(withdrawn) == bool(first):
        raise typer.BadParameter("请给出 A、B 和判定，或用 --withdraw 给出要撤回的判定，二者取一")
    if withdrawn:
        with writable_store(settings_of(store)) as opened:
            withdraw(opened, withdrawn, said_on=today)
        answer({"withdrawn": withdrawn}, [f"已撤回 {withdrawn}"], as_json=as_json)
        return
    if not second or verdict is None or not by or not because:
        raise typer.BadParameter("需要 A、B、判定、--by 和 --because")
    pair = EntityId(first), EntityId(second)
    with writable_store(settings_of(store)) as opened:
        try:
            made = judge(opened, pair, Sameness(verdict.value), by=by, because=because, said_on=today)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from error
    told = {"id": made.id, "a": made.a, "b": made.b, "verdict": made.verdict.value, "by": made.by}
    answer(told | {"because": made.because}, [f"已记录 {made.id}"], as_json=as_json)
