"""What was written, run by run, and taking a run back: runs, undo."""

from typing import Annotated

import typer

from api.audit.act import this_user
from api.bootstrap import existing_store, readable_store
from api.cli.answers import answer
from api.cli.options import Because, By, Json, Store, Top
from api.cli.session import settings_of
from api.decisions.runs import run_lines, runs_to_json, undone_lines
from ingest.undo import undo


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("runs", help="写入知识库的全部任务：载入、判定、更正、撤销")(runs_command)
    app.command("undo", help="撤销一个任务：它写入的不再有效，它终止的恢复有效")(undo_command)


def runs_command(*, top: Top = 50, store: Store = "", as_json: Json = False) -> None:
    """Prints the last runs, latest first."""
    with readable_store(settings_of(store)) as opened:
        told = runs_to_json(opened.runs(), limit=top)
    answer(told, run_lines(told), as_json=as_json)


def undo_command(
    number: Annotated[int, typer.Argument(metavar="RUN", min=1, help="任务编号，见 kg runs")],
    *,
    by: By = "",
    because: Because = "",
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Makes the graph what it would be without the run."""
    with existing_store(settings_of(store)) as opened:
        made = undo(opened, number, by=by or this_user().who, because=because)
    answer(made.to_json(), undone_lines(made), as_json=as_json)
