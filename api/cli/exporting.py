"""Takes the graph out: export."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer

from api.bootstrap import readable_store
from api.capabilities import exported
from api.cli.answers import print_json, print_message
from api.cli.options import Json, Store
from api.cli.session import asking, settings_of
from api.drawing import chosen_part, drawing_page
from api.graph import View
from kg.errors import ValidationError
from kg.exchange import write_csv, write_gexf, write_graphml, write_jsonl
from kg.store.base import Counts, GraphReader

LINES = ".jsonl"
WRITERS: dict[str, Callable[..., Counts]] = {
    ".graphml": write_graphml,
    ".gexf": write_gexf,
}
TABLE = ".csv"
PAGE = ".html"
FORMS = (LINES, *WRITERS, TABLE, PAGE)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("export", help="导出：jsonl、graphml、gexf、csv（实体、关系各一表），或 html 关系图")(
        export_command
    )


def export_command(  # noqa: PLR0913 - each is an option of the command
    target: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="扩展名决定格式")],
    *,
    derived: Annotated[bool, typer.Option("--derived", help="连同推算的关系和能力的归类")] = False,
    history: Annotated[bool, typer.Option("--history", help="jsonl：连同已终止的说法")] = False,
    around: Annotated[str, typer.Option("--around", metavar="ID|NAME", help="html：只画它的周围")] = "",
    department: Annotated[str, typer.Option("--department", metavar="ID|NAME", help="html：只画此单位")] = "",
    depth: Annotated[int, typer.Option("--depth", min=0, max=10, help="html：周围几步")] = 1,
    store: Store = "",
    as_json: Json = False,
) -> None:
    """Writes the graph in the form that the file's ending names."""
    if target.suffix.lower() not in FORMS:
        raise typer.BadParameter(f"文件名应以 {'、'.join(FORMS)} 结尾", param_hint="FILE")
    if (around or department) and (target.suffix.lower() != PAGE or (around and department)):
        raise typer.BadParameter("--around 与 --department 只用于 html，且只能给出一个")
    if history and target.suffix.lower() != LINES:
        raise typer.BadParameter(f"--history 只用于 {LINES}")
    if target.suffix.lower() == PAGE:
        with asking(store) as graph:
            counts = _draw(graph, target, around=around, department=department, depth=depth)
    elif derived:
        with asking(store) as graph:
            reader = exported(graph, include_derived=True)
            counts = _export(reader, target, include_derived=True, include_history=history)
    else:
        with readable_store(settings_of(store)) as stored:
            counts = _export(stored, target, include_derived=False, include_history=history)
    _done(target, counts, as_json=as_json)


def _done(target: Path, counts: Counts, *, as_json: bool) -> None:
    """Tells the file, or both files where the graph is two tables."""
    beside = str(_beside(target)) if target.suffix.lower() == TABLE else ""
    if as_json:
        told = {"file": str(target), "entities": counts.entities, "relations": counts.relations}
        print_json(told | ({"relations_file": beside} if beside else {}))
    else:
        files = f"实体 {target}，关系 {beside}" if beside else str(target)
        print_message(f"已导出 {counts.entities} 个实体、{counts.relations} 条关系：{files}")


def _draw(graph: View, target: Path, *, around: str, department: str, depth: int) -> Counts:
    drawing, title = chosen_part(graph, root=around, department=department, depth=depth)
    with _whole(target, "utf-8") as out:
        out.write(drawing_page(drawing, title).decode("utf-8"))
    return Counts(len(drawing.entities), len(drawing.relations))


def _beside(target: Path) -> Path:
    """The table of relations that stands beside the table of entities."""
    return target.with_name(f"{target.stem}.relations{target.suffix}")


def _export(reader: GraphReader, target: Path, *, include_derived: bool, include_history: bool) -> Counts:
    suffix = target.suffix.lower()
    if suffix == TABLE:
        relations = _beside(target)
        # Spreadsheets read UTF-8 as such only after a byte order mark.
        with _whole(target, "utf-8-sig") as rows, _whole(relations, "utf-8-sig") as links:
            return write_csv(reader, rows, links, include_derived=include_derived)
    with _whole(target, "utf-8") as out:
        if suffix == LINES:
            return write_jsonl(reader, out, include_derived=include_derived, include_history=include_history)
        return WRITERS[suffix](reader, out, include_derived=include_derived)


@contextmanager
def _whole(path: Path, encoding: str) -> Iterator[TextIO]:
    """A text file that appears at `path` complete, or not at all."""
    if not path.parent.is_dir():
        raise ValidationError(f"文件夹不存在：{path.parent}")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline="") as out:
            yield out
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
