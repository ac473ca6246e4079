"""Preparing what answers need and facts do not: index."""

import typer

from api.bootstrap import bring_up_to_date
from api.cli.answers import answer
from api.cli.options import Json, Store
from api.cli.overlapping import WORKERS
from api.cli.progress import told_progress
from api.cli.session import asking, settings_of


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("index", help="预先准备比对所需的内容")(index_command)


def index_command(*, store: Store = "", as_json: Json = False) -> None:
    """Brings the store up to date, prepares what comparisons stand on and says how much of it there is."""
    bring_up_to_date(settings_of(store))
    with asking(store) as graph, told_progress() as progress:
        context = graph.context()
        graph.snapshot()
        found = graph.overlaps(progress=progress, workers=WORKERS)
        ledger = graph.capabilities(progress=progress)
        proposed = graph.proposals(thorough=True)
    members = len(context.members)
    done = {
        "members": members,
        "version": context.estate.version,
        "mode": context.encoder.mode,
        "overlaps": len(found),
        "proposals": len(proposed),
        "capabilities": len(ledger.items),
    }
    answer(
        done,
        [
            f"已准备 {members} 个系统、组件和项目，重叠 {len(found)} 对，可能同一 {len(proposed)} 对，"
            f"能力 {len(ledger.items)} 项"
        ],
        as_json=as_json,
    )
