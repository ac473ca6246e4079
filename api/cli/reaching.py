"""What is reached over dependencies, as the commands ask for it and print it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from api.graph import View
from api.labels import basis_label, step_label, type_label
from queries.backing import Backing
from queries.dependencies import Dependencies, Question, dependencies
from queries.naming import meant

Depth = Annotated[int | None, typer.Option("--depth", min=1, help="最多几步；不给则不限")]
Planned = Annotated[bool, typer.Option("--planned", help="连同规划中的关系")]


def followed(graph: View, asked: str, question: Question) -> Dependencies:
    """What is reached from the entity meant. Raises: NotFoundError."""
    root = meant(graph.reader, asked)
    found = dependencies(graph.reader, root.id, snapshot=graph.snapshot(), question=question)
    return replace(found, others=root.others)


def reached(found: Dependencies) -> Iterator[str]:
    """One line for each thing reached, and below it the last relation on the way there with its evidence."""
    yield f"{found.root.name}：共 {found.total} 项"
    names = {found.root.id: found.root.name} | {item.entity.id: item.entity.name for item in found.items}
    for item in found.items:
        planned = "（规划）" if item.modality.value == "plan" else ""
        kind = type_label(item.entity.type)
        yield f"  第{item.hop}层  {kind}  {item.entity.name}  {item.department}{planned}"
        last = item.path[-1]
        ends = (names.get(last.source, last.source), names.get(last.target, last.target))
        bases = "、".join(map(_based, last.bases)) or basis_label(last.basis)
        yield f"        {ends[0]} {step_label(last.type)} {ends[1]}（{bases}）    ← {last.claim}"


def _based(one: Backing) -> str:
    """申报, or 实测 12,345 次，2026-01-01 至 2026-06-30."""
    if one.calls is None:
        return basis_label(one.basis)
    dates = f"，{one.since or '？'} 至 {one.until or '？'}" if one.since or one.until else ""
    return f"{basis_label(one.basis)} {one.calls:,} 次{dates}"
