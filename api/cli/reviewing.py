"""What is open for a person to judge: review, as a list or by keyboard."""

import sys
from typing import Annotated

import typer

from api.audit.act import this_user
from api.bootstrap import existing_store
from api.cli.answers import answer
from api.cli.options import By, Json, Store, Top
from api.cli.questions import Keyboard, Said, put_questions
from api.cli.session import asking, settings_of
from api.decisions.judging import decide
from kg.store.clock import today
from queries.review import lines, review_list
from queries.suggestions import precision, precision_lines


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("review", help="待人确认的条目：名称所指不明的，可能是同一系统的；在终端上逐项判定")(
        review_command
    )


def review_command(
    *,
    top: Top = 50,
    by: By = "",
    stats: Annotated[bool, typer.Option("--stats", help="已判定的建议有多少被采纳")] = False,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Asks about each open question on a terminal; in a pipe prints the list of them."""
    if stats:
        _print_stats(store, as_json=as_json)
        return
    with asking(store) as graph:
        found = review_list(graph.stored, limit=top, proposed=graph.proposals())
    if as_json or not found.items or not (sys.stdin.isatty() and sys.stdout.isatty()):
        answer(found.to_json(), lines(found), as_json=as_json)
        return
    who = by or this_user().who

    def decided(said: Said) -> list[str]:
        # Opened for each: nobody else waits for the lock while the reviewer thinks.
        with existing_store(settings_of(store)) as opened:
            return list(decide(opened, said.asked(by=who, on=today()), suggested=said.suggestion).lines())

    put_questions(found, Keyboard(), decided)


def _print_stats(store: str, *, as_json: bool) -> None:
    with asking(store) as graph:
        found = precision(graph.runs())
    told = {"suggestions": [one.to_json() for one in found]}
    answer(told, precision_lines(found), as_json=as_json)
