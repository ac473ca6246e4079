"""What a person decides: judge, correct."""

from enum import StrEnum
from typing import Annotated

import typer

from api.audit.act import this_user
from api.bootstrap import existing_store, kept_beside
from api.cli.answers import answer
from api.cli.options import Because, By, Json, Store
from api.cli.session import settings_of
from api.decisions.judging import Asked, decide
from api.proposed import last_proposals
from ingest.correction import Corrected, Wanted, correct
from kg.model import EntityId
from kg.store.clock import today
from kg.store.judgements import Sameness, withdraw


class Verdict(StrEnum):
    """What a person says of two entries."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("judge", help="判定两个条目是否同一，或撤回判定、更正")(judge_command)
    app.command("correct", help="更正一个条目的一项属性，优先于各来源，可撤回")(correct_command)


def judge_command(  # noqa: PLR0913 - each is an option of the command
    first: Annotated[str, typer.Argument(metavar="A", help="条目 ID")] = "",
    second: Annotated[str, typer.Argument(metavar="B", help="条目 ID")] = "",
    verdict: Annotated[
        Verdict | None, typer.Argument(metavar="VERDICT", help="same、different 或 unsure")
    ] = None,
    *,
    by: By = "",
    because: Because = "",
    withdrawn: Annotated[str, typer.Option("--withdraw", metavar="ID", help="撤回这一判定或更正")] = "",
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Writes a judgement on a pair, or withdraws a decision."""
    if bool(withdrawn) == bool(first):
        raise typer.BadParameter("请给出 A、B 和判定，或用 --withdraw 给出要撤回的判定，二者取一")
    if withdrawn:
        who = by or this_user().who
        with existing_store(settings_of(store)) as opened:
            withdraw(opened, withdrawn, said_on=today(), by=who, because=because)
        told = {"withdrawn": withdrawn, "by": who, "because": because}
        answer(told, [f"已撤回 {withdrawn}"], as_json=as_json)
        return
    if not second or verdict is None or not by or not because:
        raise typer.BadParameter("需要 A、B、判定、--by 和 --because")
    if first == second:
        raise typer.BadParameter(f"同一对象不能与自身比较：{first}")
    pair = EntityId(first), EntityId(second)
    asked = Asked(pair, Sameness(verdict.value), by, because, today())
    settings = settings_of(store)
    with existing_store(settings) as opened:
        made = decide(opened, asked, proposed=last_proposals(kept_beside(settings, "proposals")))
    answer(made.to_json(), made.lines(), as_json=as_json)


def correct_command(
    entity: Annotated[str, typer.Argument(metavar="ID", help="条目 ID")],
    name: Annotated[str, typer.Argument(metavar="PROPERTY", help="属性名，如 status；名称为 name")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="应为的值，写法同普查表的单元格")],
    *,
    by: Annotated[str, typer.Option("--by", help="谁")],
    because: Annotated[str, typer.Option("--because", help="理由")],
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Writes what a property of an entity is to be."""
    if not by.strip() or not because.strip():
        raise typer.BadParameter("--by 和 --because 不能为空")
    with existing_store(settings_of(store)) as opened:
        made = correct(opened, Wanted(EntityId(entity), name, value, by, because, today()))
    answer(made.to_json(), _corrected(made), as_json=as_json)


def _corrected(made: Corrected) -> list[str]:
    told = made.to_json()
    merged = (
        [f"{made.asked} 已并入 {made.shown.id}，按 {made.shown.id} 更正"]
        if made.asked != made.shown.id
        else []
    )
    before = "未填" if told["before"] is None else told["before"]
    return [
        *merged,
        f"已更正 {made.shown.name} 的 {told['property']}：{before} → {told['value']}（{made.id}）",
    ]
