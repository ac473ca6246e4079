"""Scores a prediction run against labelled data: eval extraction, pairs, phrases, ranking, linkage."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from api.cli.answers import answer
from api.cli.lines import read_lines
from api.cli.options import Json
from api.cli.tables import read_table
from ingest.extract.evaluate import evaluate_extraction
from kg.errors import ValidationError
from kg.matching.evaluate.classes import evaluate_pairs, evaluate_phrases
from kg.matching.evaluate.linkages import evaluate_linkage
from kg.matching.evaluate.rankings import evaluate_ranking

Gold = Annotated[Path, typer.Argument(metavar="GOLD.jsonl", exists=True, dir_okay=False, help="标注")]
Run = Annotated[Path, typer.Argument(metavar="RUN.jsonl", exists=True, dir_okay=False, help="预测")]
HALF = 0.5
BENCHMARK_HEADERS = {"ltable_id": "a", "rtable_id": "b"}


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("extraction", help="抽取结果")(extraction_command)
    group.command("pairs", help="两两判断结果")(pairs_command)
    group.command("phrases", help="功能短语得分")(phrases_command)
    group.command("ranking", help="相近条目排序")(ranking_command)
    group.command("linkage", help="两个表的相同记录")(linkage_command)
    app.add_typer(group, name="eval", help="对照标注数据评分")


def extraction_command(gold: Gold, run: Run, *, as_json: Json = False) -> None:
    """Prints precision, recall and F1 of mentions and relations."""
    with _complete(gold, run):
        report = asdict(evaluate_extraction(read_lines(gold), _answers(run)))
    _scored(report, as_json=as_json)


def pairs_command(gold: Gold, run: Run, *, as_json: Json = False) -> None:
    """Prints the figures of each label."""
    with _complete(gold, run):
        report = asdict(evaluate_pairs(list(read_lines(gold)), list(_answers(run))))
    _scored(report, as_json=as_json)


def phrases_command(
    gold: Gold,
    run: Run,
    *,
    limit: Annotated[float, typer.Option("--limit", help="得分从多少起算相同")] = HALF,
    as_json: Json = False,
) -> None:
    """Prints the figures of phrase scores, line by line in the order of the gold file."""
    with _complete(gold, run):
        scores = [float(line["score"]) for line in read_lines(run)]
        report = asdict(evaluate_phrases(list(read_lines(gold)), scores, limit))
    _scored(report, as_json=as_json)


def ranking_command(gold: Gold, run: Run, *, as_json: Json = False) -> None:
    """Prints mean reciprocal rank and hits by group."""
    with _complete(gold, run):
        found = evaluate_ranking(list(read_lines(gold)), list(_answers(run)))
    _scored({name: asdict(report) for name, report in found.items()}, as_json=as_json)


def linkage_command(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD", exists=True, dir_okay=False, help="标注：a、b、label，jsonl 或 csv"),
    ],
    run: Run,
    *,
    as_json: Json = False,
) -> None:
    """Prints precision, recall and F1 of the matches among the labelled pairs."""
    with _complete(gold, run):
        report = asdict(evaluate_linkage(list(_labelled(gold)), list(_answers(run))))
    _scored(report, as_json=as_json)


def _labelled(gold: Path) -> Iterator[dict[str, Any]]:
    """Labelled pairs; in a csv the ids may stand under the headers that matching benchmarks use."""
    if gold.suffix.lower() != ".csv":
        yield from read_lines(gold)
        return
    for row in read_table(gold):
        yield {BENCHMARK_HEADERS.get(header, header): cell for header, cell in row.items()}


def _answers(run: Path) -> Iterator[dict[str, Any]]:
    """The lines of a run without those that only tell an error: what was not answered is absent."""
    return (line for line in read_lines(run) if "error" not in line)


@contextmanager
def _complete(gold: Path, run: Path) -> Iterator[None]:
    """Names the files when a line lacks a field or a prediction. Raises: ValidationError."""
    try:
        yield
    except KeyError as error:
        raise ValidationError(f"{gold.name} 或 {run.name} 缺少 {error.args[0]!r}") from error


def _scored(report: dict[str, Any], *, as_json: bool) -> None:
    answer(report, _lines(report), as_json=as_json)


def _lines(report: dict[str, Any]) -> Iterator[str]:
    for name, figures in report.items():
        yield f"{name}  {json.dumps(figures, ensure_ascii=False)}"
