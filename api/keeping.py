"""Stores a proposal that was judged: as a project, stage 申报."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.audit.act import Actor
from api.audit.inputs import input_digests
from api.bootstrap import archive, writable_store
from api.settings import Settings
from ingest.pipeline import run as load
from ingest.reading import Options
from ingest.report import RunReport


def keep_proposals(paths: list[Path], settings: Settings, *, by: Actor | None = None) -> RunReport:
    """Loads the files as proposals and says what became of them; `by` is who asked, None this user."""
    options = Options(today=datetime.now(UTC).date().isoformat(), source="proposal")
    with writable_store(settings, by=by, inputs=input_digests(paths)) as opened:
        return load(paths, opened, archive=archive(settings), options=options)


def told(report: RunReport) -> dict[str, Any]:
    """What a caller is told of the load: its run, and why nothing was stored where nothing was."""
    return {
        "run": str(report.run) if report.run is not None else None,
        "status": report.status,
        "rejected": [{"reason": row.reason, "remedy": row.remedy} for row in report.rejected],
    }
