"""Questions to the graph: search, show, deps."""

from typing import Annotated

import typer

from api.capabilities import asked_entity
from api.cli.answers import answer, print_message
from api.cli.options import Asked, Json, Store, Top, Way
from api.cli.reaching import Depth, Planned, followed, reached
from api.cli.said import said_date
from api.cli.session import asking
from api.cli.showing import capability_lines, shown_lines
from api.errors import one_line
from api.labels import type_label
from kg.errors import ValidationError
from kg.model import Direction
from queries.dependencies import Question
from queries.entity import show
from queries.naming import meant
from queries.search import search


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("search", help="按名称、别名或其片段查找")(search_command)
    app.command("show", help="一个条目：属性、关系及其依据")(show_command)
    app.command("deps", help="依赖什么，或被谁依赖，任意步数")(deps_command)


def search_command(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="名称、别名或其中一段，或拼音首字母")],
    *,
    entity_type: Annotated[str | None, typer.Option("--type", help="只找这一类，如 System")] = None,
    top: Top = 10,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints the best hits."""
    with asking(store) as graph:
        try:
            page = search(graph.reader, text, entity_type=entity_type, limit=top)
        except ValidationError as error:
            raise typer.BadParameter(one_line(error), param_hint="--type") from error
    lines = (f"{hit.score:.2f}  {type_label(hit.type)}  {hit.name}  {hit.id}" for hit in page.items)
    if not page.items:
        print_message(f"没有找到名称、别名或拼音首字母含「{text}」的条目")
    answer(page.to_json(), lines, as_json=as_json)


def show_command(
    asked: Asked,
    *,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DATE", help="截至某日，如 2024-12-31", callback=said_date)
    ] = "",
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints one entity with its evidence."""
    with asking(store) as graph:
        if as_of:
            reader = graph.reader.as_of(as_of)
            found = meant(reader, asked)
            shown = show(reader, found.id, others=found.others)
            document = shown.to_json()
        else:
            shown, document = asked_entity(graph, asked)
    answer(document, [*shown_lines(shown), *capability_lines(document)], as_json=as_json)


def deps_command(
    asked: Asked,
    *,
    direction: Annotated[Way, typer.Option("--direction", help="out 依赖谁，in 被谁依赖")] = Way.OUT,
    depth: Depth = None,
    planned: Planned = False,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints what the entity stands on, or what stands on it."""
    question = Question(Direction(direction.value), depth, planned)
    with asking(store) as graph:
        found = followed(graph, asked, question)
    answer(found.to_json(), reached(found), as_json=as_json)
