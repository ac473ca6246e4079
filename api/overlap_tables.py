"""Writes overlaps to a file that offices open: csv, xlsx or json."""

import csv
import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from api.reports import words
from kg.errors import ValidationError
from kg.exchange.csv import guarded
from kg.exchange.flat import Flat
from queries.overlap import EVIDENCE_LINES, Overlap
from queries.overlap_filter import at_stake, cost

FORMS = (".csv", ".xlsx", ".json")
HEADER = (
    "关系",
    "得分",
    "系统甲",
    "单位甲",
    "投资甲（元）",
    "系统乙",
    "单位乙",
    "投资乙（元）",
    "投资较小一方（元）",
    "依据",
    "ID甲",
    "ID乙",
)


def write_overlaps(found: Sequence[Overlap], target: Path) -> None:
    """Writes one row for each pair, or the document of `--json`; the file appears whole or not at all.

    Raises: ValidationError when the folder is not there.
    """
    if not target.parent.is_dir():
        raise ValidationError(f"文件夹不存在：{target.parent}")
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    os.close(handle)
    part = Path(name)
    try:
        _WRITERS[target.suffix.lower()](found, part)
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _csv(found: Sequence[Overlap], part: Path) -> None:
    # Spreadsheets read UTF-8 as such only after a byte order mark.
    with part.open("w", encoding="utf-8-sig", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADER)
        rows.writerows(_guarded(o) for o in found)


def _xlsx(found: Sequence[Overlap], part: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("重叠")
    sheet.append(HEADER)
    for overlap in found:
        sheet.append(_guarded(overlap))
    book.save(part)


def _json(found: Sequence[Overlap], part: Path) -> None:
    document = {"overlaps": [overlap.to_json() for overlap in found]}
    part.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _guarded(overlap: Overlap) -> list[Flat | None]:
    return [None if cell is None else guarded(cell) for cell in _row(overlap)]


def _row(overlap: Overlap) -> list[Flat | None]:
    a, b = overlap.a, overlap.b
    amounts = [None if one is None else float(one) for one in (cost(a), cost(b), at_stake(overlap))]
    return [
        words.kind(overlap.kind),
        round(overlap.score, 4),
        a.name,
        a.description.department,
        amounts[0],
        b.name,
        b.description.department,
        amounts[1],
        amounts[2],
        "；".join(overlap.evidence[:EVIDENCE_LINES]),
        str(a.id),
        str(b.id),
    ]


_WRITERS = {".csv": _csv, ".xlsx": _xlsx, ".json": _json}
