"""The main job on the sample estate: load, overlaps, checks, a recommendation; run by `make demo`."""

import sys
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from api.bootstrap import archive, canonical, check_context, writable_store
from api.labels import step_label, type_label
from api.reports import words, write_reports
from api.settings import Settings
from ingest.documents.sandbox import read_isolated
from ingest.pipeline import run
from ingest.proposal.reader import read_proposal
from ingest.reading import Options
from kg.store.base import GraphReader, GraphStore
from queries.check import CheckContext, check
from queries.inventory import inventory
from queries.overlap import overlaps
from queries.recommend import Need, recommend

HERE = Path(__file__).parent
TODAY = "2026-01-01"
THINGS = ("System", "Component", "Function", "Organization")
LINKS = ("REUSES", "DEPENDS_ON")
FORMS = {".docx", ".pdf"}


def main(folder: Path) -> None:
    """Loads the sample estate into a fresh store below `folder` and prints what the product answers."""
    folder.mkdir(parents=True, exist_ok=True)
    console = Console(width=110)
    for old in folder.glob("demo.db*"):
        if old.is_file():
            old.unlink()
    settings = Settings(store=f"sqlite:///{folder.resolve()}/demo.db")
    with writable_store(settings) as store:
        _load(console, settings, store)
        reader = canonical(store)
        newest = max(one.said_on for one in store.deliveries())
        context = check_context(reader, settings, newest=newest)
        _numbers(console, reader, context)
        _overlaps(console, context)
        for path in sorted(p for p in (HERE / "proposals").iterdir() if p.suffix in FORMS):
            _check(console, reader, context, path=path, folder=folder)
        _recommendation(console, context)


def _load(console: Console, settings: Settings, store: GraphStore) -> None:
    console.rule("示例数据（虚构）：载入存量")
    report = run([HERE / "estate"], store, archive=archive(settings), options=Options(today=TODAY))
    rows = report.rows
    console.print(f"读取 {rows.read} 行：写入 {rows.written}，未变 {rows.unchanged}，退回 {rows.rejected}")
    for note in report.rejected:
        console.print(f"  退回 {note.file} {note.sheet or ''} 第{note.row}行：{note.reason}；{note.remedy}")


def _numbers(console: Console, reader: GraphReader, context: CheckContext) -> None:
    console.rule("存量概况")
    numbers = inventory(reader, context.estate, top=5)
    things = [f"{type_label(kind)} {numbers.counts.get(kind, 0)}" for kind in THINGS]
    links = [f"{step_label(kind)}关系 {numbers.counts.get(kind, 0)}" for kind in LINKS]
    console.print("，".join(things + links))
    table = Table("复用最多的组件", "使用方数")
    for member, adopters in numbers.most_reused:
        table.add_row(member.name, str(adopters))
    console.print(table)


def _overlaps(console: Console, context: CheckContext) -> None:
    console.rule("重叠最多的系统")
    table = Table("系统甲", "系统乙", "关系", "得分", "依据")
    for found in overlaps(context, top=5):
        table.add_row(
            found.a.name, found.b.name, words.kind(found.kind), f"{found.score:.2f}", found.evidence[0]
        )
    console.print(table)


def _check(console: Console, reader: GraphReader, context: CheckContext, *, path: Path, folder: Path) -> None:
    console.rule(f"查重：{path.stem}")
    proposal = read_proposal(read_isolated(path))
    report = check(reader, proposal, context=context).to_json()
    console.print(f"《{report['proposal']['name']}》 结论：{report['verdict']}")
    for text, rests in words.grouped(report["reasons"])[:3]:
        console.print(f"  · {text}（{rests}）")
    for candidate in report["candidates"][:1]:
        sources = "、".join(f"{s['document']} {s['place']}" for s in candidate["sources"][:1])
        console.print(f"  最相近：{candidate['name']}（{candidate['department']}），来源：{sources}")
    _, page, word = write_reports(report, folder / path.stem)
    for paper in (page, word):
        sys.stdout.write(f"{paper}\n")


def _recommendation(console: Console, context: CheckContext) -> None:
    console.rule("推荐复用")
    need = yaml.safe_load((HERE / "needs.yaml").read_text("utf-8"))["needs"][0]
    answer = recommend(Need(need, top=3), context)
    console.print(f"需求：{need}")
    for item in answer["items"]:
        why = "；".join(reason["text"] for reason in item["reasons"][:3])
        console.print(f"  {item['score']:.2f} {item['name']}：{why}")
    console.print(answer["none"] or "")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("demo"))
