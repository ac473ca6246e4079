"""Writes the three forms of a decision paper into a folder."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.reports.page import report_page
from api.reports.word import report_document


def write_reports(report: Mapping[str, Any], folder: Path) -> tuple[Path, Path, Path]:
    """Writes report.json, report.html and report.docx; the same report gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    data, page, word = (folder / f"report.{form}" for form in ("json", "html", "docx"))
    data.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", "utf-8")
    page.write_bytes(report_page(report).encode("utf-8"))
    word.write_bytes(report_document(report))
    return data, page, word
