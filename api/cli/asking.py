"""Questions to the graph: search, show, deps, impact."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from api.cli.answers import answer
from api.cli.options import Asked, Json, Store, Top, Way
from api.cli.session import asking
from kg.model import Direction
from kg.snapshot import Snapshot
from kg.store.canonical import CanonicalReader
from queries.dependencies import Dependencies, Question, dependencies
from queries.entity import Shown, show
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
    text: str,
    *,
    entity_type: Annotated[str | None, typer.Option("--type", help="只找这一类，如 System")] = None,
    top: Top = 10,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints the best hits."""
    with asking(store) as reader:
        page = search(reader, text, entity_type=entity_type, limit=top)
    lines = (f"{hit.score:.2f}  {hit.type}  {hit.name}  {hit.id}" for hit in page.items)
    answer(page.to_json(), lines, as_json=as_json)


def show_command(
    asked: Asked,
    *,
    as_of: Annotated[str | None, typer.Option("--as-of", help="截至某日，如 2024-12-31")] = None,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints one entity with its evidence."""
    with asking(store) as reader:
        view = reader.as_of(as_of) if as_of else reader
        found = meant(view, asked)
        shown = show(view, found.id, others=found.others)
    answer(shown.to_json(), _shown(shown), as_json=as_json)


def _shown(shown: Shown) -> Iterator[str]:
    yield f"{shown.entity.name}（{shown.entity.type}，{shown.entity.id}）"
    for name, value in sorted(shown.entity.properties.items()):
        yield f"  {name}：{'、'.join(value) if isinstance(value, tuple) else value}"
    for claim in shown.entity.claims:
        yield f"  依据：{claim.document} {claim.said_on}"
    for link in shown.links:
        arrow = "→" if link.direction is Direction.OUT else "←"
        yield f"  {arrow} {link.relation.type} {link.other.name if link.other else ''}"
    if shown.others:
        yield f"  同名条目：{'、'.join(shown.others)}"


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
    with asking(store) as reader:
        found = _followed(reader, asked, question)
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
    with asking(store) as reader:
        found = _followed(reader, asked, Question(Direction.IN, depth, planned))
    answer(found.to_json(), _reached(found), as_json=as_json)


def _followed(reader: CanonicalReader, asked: str, question: Question) -> Dependencies:
    root = meant(reader, asked)
    found = dependencies(reader, root.id, snapshot=Snapshot.build(reader), question=question)
    return replace(found, others=root.others)


def _reached(found: Dependencies) -> Iterator[str]:
    yield f"{found.root.name}：共 {found.total} 项"
    for item in found.items:
        planned = "（规划）" if item.modality.value == "plan" else ""
        yield f"  第{item.hop}层  {item.entity.type}  {item.entity.name}  {item.department}{planned}"
