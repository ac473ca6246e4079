"""Capabilities of the estate and a reviewer's word on them: capabilities, capability merge|split|rename."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from api.bootstrap import writable_store
from api.cli.answers import answer, print_message
from api.cli.options import Json, Store, Top
from api.cli.progress import told_progress
from api.cli.session import asking, settings_of
from kg.store.base import GraphStore
from kg.store.capability_judgements import Said
from queries.capabilities import Capability, Ledger, joined, named_capability, parted, renamed

By = Annotated[str, typer.Option("--by", help="判定人")]
Because = Annotated[str, typer.Option("--because", help="理由")]
One = Annotated[str, typer.Argument(metavar="A", help="能力的 ID 或名称")]


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("capabilities", help="能力清单：各系统都在做什么，有多少系统、单位在做")(capabilities_command)
    group = typer.Typer(rich_markup_mode=None)
    group.command("merge", help="两项能力是一项")(merge_command)
    group.command("split", help="把一项能力中的某些功能另立为一项")(split_command)
    group.command("rename", help="给能力定名")(rename_command)
    app.add_typer(group, name="capability", help="对能力的归类作判定；撤回用 kg judge --withdraw")


def capabilities_command(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="名称或功能中的一段；不给则列出全部")] = "",
    *,
    top: Top = 20,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Prints the capabilities, those that most systems have first."""
    with asking(store) as graph, told_progress() as progress:
        found = graph.capabilities(progress=progress).search(text)
    if not found:
        print_message(f"没有名称或功能含「{text}」的能力" if text else "知识库中还没有功能")
    shown = {"items": [one.to_json() for one in found[:top]], "total": len(found)}
    answer(shown, _lines(found[:top], len(found)), as_json=as_json)


def merge_command(
    first: One,
    second: Annotated[str, typer.Argument(metavar="B", help="另一能力的 ID 或名称")],
    *,
    by: By,
    because: Because,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Writes that two capabilities are one."""
    said = _said(by, because)

    def write(opened: GraphStore, ledger: Ledger) -> dict[str, Any]:
        one, other = named_capability(ledger, first), named_capability(ledger, second)
        made = joined(opened, one, other, said=said)
        return {"id": made, "a": one.id, "b": other.id, "verdict": "merge"}

    _judged(store, write, said, as_json=as_json)


def split_command(
    whole: One,
    *,
    functions: Annotated[list[str], typer.Option("--functions", help="另立的功能，可多次给出，或用顿号隔开")],
    by: By,
    because: Because,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Writes that some functions of a capability are another one."""
    said = _said(by, because)

    def write(opened: GraphStore, ledger: Ledger) -> dict[str, Any]:
        one = named_capability(ledger, whole)
        texts = list(_wordings(functions, one))
        made, part = parted(opened, ledger, one, functions=texts, said=said)
        return {"id": made, "a": one.id, "b": part, "verdict": "split"}

    _judged(store, write, said, as_json=as_json)


def rename_command(
    one: One,
    name: Annotated[str, typer.Argument(metavar="NAME", help="名称")],
    *,
    by: By,
    because: Because,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Writes what a capability is called."""
    said = _said(by, because)

    def write(opened: GraphStore, ledger: Ledger) -> dict[str, Any]:
        found = named_capability(ledger, one)
        made = renamed(opened, found, name, said=said)
        return {"id": made, "a": found.id, "name": " ".join(name.split()), "verdict": "rename"}

    _judged(store, write, said, as_json=as_json)


def _said(by: str, because: str) -> Said:
    if not by.strip() or not because.strip():
        raise typer.BadParameter("需要 --by 和 --because")
    return Said(by, because, datetime.now(UTC).date().isoformat())


def _judged(
    store: str, write: Callable[[GraphStore, Ledger], dict[str, Any]], said: Said, *, as_json: bool
) -> None:
    with asking(store) as graph, told_progress() as progress:
        ledger = graph.capabilities(progress=progress)
    with writable_store(settings_of(store)) as opened:
        made = write(opened, ledger)
    told = made | {"by": said.by, "because": said.because}
    answer(
        told,
        [f"已记录 {made['id']}", *([f"另立 {made['b']}"] if made["verdict"] == "split" else [])],
        as_json=as_json,
    )


def _wordings(given: list[str], one: Capability) -> Iterator[str]:
    """Each given wording, or those it lists; a wording of the capability may hold the mark itself."""
    known = {wording.text for wording in one.wordings}
    for text in given:
        yield from [text] if text in known else filter(None, text.split("、"))


def _lines(found: tuple[Capability, ...], total: int) -> Iterator[str]:
    yield f"能力 {total} 项"
    for one in found:
        marks = "（各系统自带）" if one.ordinary else ""
        offered = f"，{len(one.offered_by)} 个可共用" if one.offered_by else ""
        counted = f"{len(one.holders)} 个系统、{one.departments} 个单位、{one.functions} 项功能{offered}"
        yield f"{one.name}{marks}  {one.id}：{counted}"
        others = [wording.text for wording in one.wordings if wording.text != one.name][:3]
        if others:
            yield f"    又写作：{'、'.join(others)}"
