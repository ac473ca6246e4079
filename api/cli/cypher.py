"""Asks a graph on Neo4j in Cypher: a question of the library, of a file, or typed in."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Drawn

from api.audit.act import Act, this_user
from api.audit.lines import digest
from api.bootstrap import cypher_server, journal
from api.cli.answers import answer, print_json, print_text
from api.cli.options import Json, Store
from api.cli.session import settings_of
from kg.errors import ValidationError
from kg.store.cypher.console import Question, Table
from queries.cypher import Parameter, load_library

TYPED = "-"


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("cypher", help="用 Cypher 查询 Neo4j 知识库：查询库中的名称、文件，或 - 从标准输入读")(
        cypher_command
    )


def cypher_command(
    asked: Annotated[str, typer.Argument(metavar="[NAME|FILE|-]", help="不给则列出查询库")] = "",
    *,
    param: Annotated[
        list[str] | None, typer.Option("--param", metavar="K=V", help="参数，值为 JSON 或文字，可多次给出")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="允许修改；默认只读")] = False,
    timeout: Annotated[float, typer.Option("--timeout", min=0.1, max=3600, help="最多多少秒")] = 60.0,
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多多少行")] = 10_000,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints the answer as a table or as JSON."""
    if not asked:
        _list(as_json=as_json)
        return
    text, parameters = _question(asked, dict(map(_parameter, param or ())))
    settings = settings_of(store)
    log = journal(settings) if write else None
    if log:
        log.ready()
    with cypher_server(settings) as server:
        table = server.answer(Question(text, parameters, writes=write, seconds=timeout, limit=limit))
    if log:
        log.append(Act("cypher --write", "complete", inputs=(digest(text.encode()),)), this_user())
    if as_json:
        print_json(table.to_json())
    else:
        print_text(_drawn(table))


def _question(asked: str, given: dict[str, object]) -> tuple[str, dict[str, object]]:
    if asked == TYPED:
        return sys.stdin.read(), given
    found = load_library().get(asked)
    if found is not None:
        return found.text, found.filled(given)
    path = Path(asked)
    if not path.is_file():
        raise ValidationError(
            f"既不是查询库中的名称，也不是文件：{asked}；查询库：{'、'.join(load_library())}"
        )
    return path.read_text("utf-8"), given


def _parameter(text: str) -> tuple[str, object]:
    """A JSON value where the text is one, else the text itself."""
    name, sign, value = text.partition("=")
    if not sign or not name.isidentifier():
        raise typer.BadParameter(f"应为 名称=值：{text}", param_hint="--param")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _list(*, as_json: bool) -> None:
    library = load_library().values()
    document = {
        "queries": [
            {
                "name": one.name,
                "title": one.title,
                "parameters": [
                    {"name": p.name, "meaning": p.meaning, "default": p.default} for p in one.parameters
                ],
            }
            for one in library
        ]
    }
    answer(
        document, (f"{one.name}\t{one.title}{_wanted(one.parameters)}" for one in library), as_json=as_json
    )


def _wanted(parameters: Iterable[Parameter]) -> str:
    names = [one.name for one in parameters]
    return f"（参数：{'、'.join(names)}）" if names else ""


def _drawn(table: Table) -> str:
    """The answer as a table for a terminal of any width; a note where rows were left out."""
    console = Console(width=160, color_system=None)
    drawn = Drawn(*map(str, table.columns))
    for row in table.rows:
        drawn.add_row(*(escape(_cell(value)) for value in row))
    with console.capture() as captured:
        console.print(drawn)
    return captured.get() + (f"共 {len(table.rows)} 行" + ("，其余未列出" if table.cut else ""))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
