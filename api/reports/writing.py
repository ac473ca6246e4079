"""Writes the three forms of a decision paper into a folder."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.reports.page import report_page
from api.reports.word import report_document

REPORT = "report.json"
PART = ".part"


def write_reports(report: Mapping[str, Any], folder: Path) -> tuple[Path, Path, Path]:
    """Writes report.json, report.html and report.docx; the same report gives the same bytes.

    report.json comes last and whole, so that where it stands the report is finished.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data, page, word = folder / REPORT, folder / "report.html", folder / "report.docx"
    data.unlink(missing_ok=True)
    page.write_bytes(report_page(report).encode("utf-8"))
    word.write_bytes(report_document(report))
    write_json(report, data)
    return data, page, word


def write_json(document: Mapping[str, Any], target: Path) -> None:
    """Writes a JSON document; the file appears whole or not at all."""
    part = target.with_name(target.name + PART)
    part.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    part.replace(target)
