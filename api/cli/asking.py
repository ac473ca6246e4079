"""Questions to the graph: search, show, deps, impact."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from api.capabilities import asked_entity
from api.cli.answers import answer, print_message
from api.cli.options import Asked, Json, Store, Top, Way
from api.cli.said import said_date
from api.cli.session import asking
from api.cli.showing import capability_lines, shown_lines
from api.errors import one_line
from api.graph import View
from api.labels import step_label, type_label
from kg.errors import ValidationError
from kg.model import Direction
from queries.dependencies import Dependencies, Question, dependencies
from queries.entity import show
from queries.naming import meant
from queries.search import search

Depth = Annotated[int | None, typer.Option("--depth", min=1, help="最多几步；不给则不限")]
Planned = Annotated[bool, typer.Option("--planned", help="连同规划中的关系")]


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("search", help="按名称、别名或其片段查找")(search_command)
    app.command("show", help="一个条目：属性、关系及其依据")(show_command)
    app.command("deps", help="依赖什么，或被谁依赖，任意步数")(deps_command)
    app.command("impact", help="它变更或停用会影响谁")(impact_command)


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
        found = _followed(graph, asked, question)
    answer(found.to_json(), _reached(found), as_json=as_json)


def impact_command(
    asked: Asked,
    *,
    depth: Depth = None,
    planned: Planned = False,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints what is affected by the entity."""
    with asking(store) as graph:
        found = _followed(graph, asked, Question(Direction.IN, depth, planned))
    answer(found.to_json(), _reached(found), as_json=as_json)


def _followed(graph: View, asked: str, question: Question) -> Dependencies:
    root = meant(graph.reader, asked)
    found = dependencies(graph.reader, root.id, snapshot=graph.snapshot(), question=question)
    return replace(found, others=root.others)


def _reached(found: Dependencies) -> Iterator[str]:
    """One line for each thing reached, and below it the last relation on the way there with its evidence."""
    yield f"{found.root.name}：共 {found.total} 项"
    names = {found.root.id: found.root.name} | {item.entity.id: item.entity.name for item in found.items}
    for item in found.items:
        planned = "（规划）" if item.modality.value == "plan" else ""
        kind = type_label(item.entity.type)
        yield f"  第{item.hop}层  {kind}  {item.entity.name}  {item.department}{planned}"
        last = item.path[-1]
        ends = (names.get(last.source, last.source), names.get(last.target, last.target))
        yield f"        {ends[0]} {step_label(last.type)} {ends[1]}    ← {last.claim}"
