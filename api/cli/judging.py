"""What can be reused for a need: recommend."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.answers import answer, print_message
from api.cli.lines import UNANSWERED, Bad, Row, each_line
from api.cli.options import Json, Store, Top
from api.cli.session import asking
from api.labels import type_label
from api.needs import need_of, need_of_entity, need_of_file
from queries.check import CheckContext
from queries.recommend import Need, recommend

FAILED = 1


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("recommend", help="按需求推荐可复用的系统和组件")(recommend_command)


def recommend_command(
    *,
    text: Annotated[str | None, typer.Option("--text", help="一句话需求")] = None,
    file: Annotated[Path | None, typer.Option("--file", exists=True, dir_okay=False, help="需求文件")] = None,
    entity: Annotated[
        str | None, typer.Option("--entity", metavar="ID|NAME", help="替代知识库中的哪一个")
    ] = None,
    batch: Annotated[
        Path | None, typer.Option("--batch", exists=True, dir_okay=False, help="每行一条需求")
    ] = None,
    top: Top = 10,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints what can be reused, or that nothing fits."""
    given = [one for one in (text, file, entity, batch) if one is not None]
    if len(given) != 1:
        raise typer.BadParameter("--text、--file、--entity、--batch 必须且只能给出一个")
    if isinstance(given[0], str) and not given[0].strip():
        raise typer.BadParameter("内容为空", param_hint="--entity" if text is None else "--text")
    with asking(store) as graph:
        reader, context = graph.reader, graph.context()
        if batch:
            _recommend_each(batch, context, top=top, as_json=as_json)
            return
        if file:
            need = need_of_file(file, top=top)
        else:
            need = need_of_entity(reader, context, entity, top=top) if entity else Need(text or "", top=top)
        found = recommend(need, context)
    answer(found, _items(found), as_json=as_json)


def _recommend_each(batch: Path, context: CheckContext, *, top: int, as_json: bool) -> None:
    """Prints an answer for each line, of a bad one its error. Raises: Exit when none could be answered."""

    def told(row: Row) -> dict[str, Any]:
        return {"id": row.get("id")} | recommend(need_of(row, top=top), context)

    found = list(each_line(batch, told))
    bad = sum(isinstance(one, Bad) for one in found)
    answers = [one.to_json() if isinstance(one, Bad) else one for one in found]
    if bad:
        print_message(UNANSWERED.format(bad))
    answer({"answers": answers}, (line for one in answers for line in _items(one)), as_json=as_json)
    if bad and bad == len(found):
        raise typer.Exit(FAILED)


def _items(found: dict[str, Any]) -> Iterator[str]:
    if "error" in found:
        yield str(found["error"])
        return
    for item in found["items"]:
        blocked = f"（暂不可用：{'；'.join(item['blockers'])}）" if item["blockers"] else ""
        yield f"{item['score']:.2f}  {type_label(item['type'])}  {item['name']}{blocked}"
    if found["none"]:
        yield str(found["none"])
