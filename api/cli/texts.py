"""Lines of JSON in, lines of JSON out: extract, compare, align, similar."""

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from api.bootstrap import encoder
from api.cli.answers import print_json, print_message
from api.cli.lines import UNANSWERED, Bad, Row, each_line, write_lines
from api.cli.options import InputFile, Json, OutputFile, Top, Workers
from api.settings import Settings
from ingest.extract.extractor import extract_line
from ingest.workers import ALONE, Team
from kg.matching.lines import align_line, compare_line, entry_of, similar_line
from kg.matching.pairs import Context
from kg.matching.similar import Entry, SimilarIndex

FAILED = 1
MANY = 2500
"""Texts still to come that are worth workers: 5 s at 2 ms each."""


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("extract", help="从文本中抽取实体和关系")(extract_command)
    app.command("compare", help="判断两个系统是否重复")(compare_command)
    app.command("align", help="两组功能逐项对齐")(align_command)
    app.command("similar", help="在目录中找相近的条目")(similar_command)


def extract_command(
    source: InputFile, target: OutputFile, *, workers: Workers = None, as_json: Json = False
) -> None:
    """Writes what each text says."""
    _answer(source, target, extract_line, as_json=as_json, team=Team(workers, many=MANY))


def compare_command(source: InputFile, target: OutputFile, *, as_json: Json = False) -> None:
    """Writes a label and score for each pair."""
    context = Context.shipped(encoder(Settings()))
    _answer(source, target, partial(compare_line, context=context), as_json=as_json)


def align_command(source: InputFile, target: OutputFile, *, as_json: Json = False) -> None:
    """Writes the best partner of each phrase."""
    _answer(source, target, partial(align_line, encoder=encoder(Settings())), as_json=as_json)


def similar_command(
    target: OutputFile,
    *,
    pool: Annotated[Path, typer.Option("--pool", exists=True, dir_okay=False, help="目录")],
    queries: Annotated[Path, typer.Option("--queries", exists=True, dir_okay=False, help="查询")],
    top: Top = 10,
    same_name: Annotated[bool, typer.Option("--same-name", help="名称相同也算一条答案")] = False,
    as_json: Json = False,
) -> None:
    """Writes the nearest entries of the pool for each query."""
    index = SimilarIndex(list(_entries(pool)))
    ranked = partial(similar_line, index=index, top=top, same_name=same_name)
    _answer(queries, target, ranked, as_json=as_json)


def _entries(pool: Path) -> Iterator[Entry]:
    for entry in each_line(pool, entry_of):
        if isinstance(entry, Bad):
            print_message(f"目录 {pool.name} {entry.reason}，该条未列入")
        else:
            yield entry


def _answer(
    source: Path, target: Path, ask: Callable[[Row], Row], *, as_json: bool, team: Team = ALONE
) -> None:
    """Writes an answer for each line, of a bad one its error. Raises: Exit when none could be answered."""
    bad = 0

    def told() -> Iterator[Row]:
        nonlocal bad
        with closing(each_line(source, ask, team=team)) as answers:
            for found in answers:
                if isinstance(found, Bad):
                    bad += 1
                    yield found.to_json()
                else:
                    yield found

    written = write_lines(target, told())
    if bad:
        print_message(UNANSWERED.format(bad))
    if as_json:
        print_json({"lines": written, "errors": bad, "file": str(target)})
    else:
        print_message(f"已写入 {written} 行：{target}")
    if bad and bad == written:
        raise typer.Exit(FAILED)
