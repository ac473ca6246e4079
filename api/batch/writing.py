"""Writes what a batch says as a whole: summary.xlsx, groups.json and groups.html."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from api.batch.summary import summary_workbook
from api.reports.page import groups_page
from api.reports.writing import PART, write_json


def write_batch(
    reports: Sequence[Mapping[str, Any]], season: Mapping[str, Any], folder: Path
) -> tuple[Path, Path, Path]:
    """Writes the three files; each appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    table, data, page = (folder / name for name in ("summary.xlsx", "groups.json", "groups.html"))
    _write(table, summary_workbook(reports, season))
    write_json(season, data)
    _write(page, groups_page(season).encode("utf-8"))
    return table, data, page


def _write(target: Path, content: bytes) -> None:
    part = target.with_name(target.name + PART)
    part.write_bytes(content)
    part.replace(target)
