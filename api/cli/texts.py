"""Lines of JSON in, lines of JSON out: extract, compare, align, similar."""

from pathlib import Path
from typing import Annotated

import typer

from api.bootstrap import encoder
from api.cli.answers import print_json, print_message
from api.cli.lines import read_lines, write_lines
from api.cli.options import InputFile, Json, OutputFile, Top
from api.settings import Settings
from ingest.extract.extractor import extract_lines
from kg.errors import ValidationError
from kg.matching.lines import align_lines, compare_lines, similar_lines
from kg.matching.pairs import Context


def register(app: typer.Typer) -> None:
    """Adds the commands of this family."""
    app.command("extract", help="从文本中抽取实体和关系")(extract_command)
    app.command("compare", help="判断两个系统是否重复")(compare_command)
    app.command("align", help="两组功能逐项对齐")(align_command)
    app.command("similar", help="在目录中找相近的条目")(similar_command)


def extract_command(source: InputFile, target: OutputFile, *, as_json: Json = False) -> None:
    """Writes what each text says."""
    try:
        written = write_lines(target, extract_lines(read_lines(source)))
    except KeyError as error:
        raise ValidationError(f"{source.name} 有一行缺少字段 {error}") from error
    _done(written, target, as_json=as_json)


def compare_command(source: InputFile, target: OutputFile, *, as_json: Json = False) -> None:
    """Writes a label and score for each pair."""
    context = Context.shipped(encoder(Settings()))
    _done(write_lines(target, compare_lines(read_lines(source), context=context)), target, as_json=as_json)


def align_command(source: InputFile, target: OutputFile, *, as_json: Json = False) -> None:
    """Writes the best partner of each phrase."""
    chosen = encoder(Settings())
    _done(write_lines(target, align_lines(read_lines(source), encoder=chosen)), target, as_json=as_json)


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
    asked = list(read_lines(queries))
    found = similar_lines(read_lines(pool), asked, top=top, same_name=same_name)
    _done(write_lines(target, found), target, as_json=as_json)


def _done(written: int, target: Path, *, as_json: bool) -> None:
    if as_json:
        print_json({"lines": written, "file": str(target)})
    else:
        print_message(f"已写入 {written} 行：{target}")
