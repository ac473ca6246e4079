from pathlib import Path

import pytest

from api.batch.checking import Staff, check_batch
from api.batch.desk import Estate
from api.graph import Graph
from api.settings import Settings
from ingest.pipeline import run
from ingest.reading import Options
from ingest.workers import Team
from kg.store import open_store

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"


@pytest.mark.slow
def test_workers_write_the_same_bytes_as_one_process(tmp_path: Path) -> None:
    settings = Settings(store=f"sqlite:///{tmp_path}/kg.db", model=tmp_path / "none")
    with open_store(settings.store, create=True) as store:
        run([EXAMPLES / "estate" / "云江市普查表.xlsx"], store, archive=None, options=Options("2026-01-01"))
    written = []
    for size in (1, 2):
        out, graph = tmp_path / f"out-{size}", Graph(settings)
        with graph.view() as view:
            check_batch(
                [EXAMPLES / "proposals"],
                Estate(view.reader, view.context()),
                out=out,
                staff=Staff(Team(size), settings),
            )
        graph.close()
        written.append({str(p.relative_to(out)): p.read_bytes() for p in out.rglob("report.*")})
    assert written[0] == written[1]
    assert len(written[0]) == 18
