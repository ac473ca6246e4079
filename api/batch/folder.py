"""The folder of a batch: a sub-folder for each file, and which reports are finished there."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from api.reports.writing import REPORT
from kg.matching.description import Description, Item
from kg.matching.proposal import Proposal
from queries.check import Verdict
from queries.season import Submission

UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]')
"""What no file system of an office takes in a name, and what turns names around."""
LONGEST = 60


class Folder:
    """Reports of a batch on disk; `alone` writes the one report into the folder itself."""

    def __init__(self, root: Path, *, alone: bool) -> None:
        self._root, self._alone = root, alone

    def of(self, document: str) -> Path:
        """Where the report on a file stands, whatever else is in the batch."""
        return self._root if self._alone else self._root / folder_name(document)

    def refused(self, files: Collection[str]) -> list[Submission]:
        """Proposals of earlier batches in this folder that were to be refused and are no part of this one."""
        return [_submission(report) for report in self._others(files) if report["verdict"] == Verdict.REFUSE]

    def _others(self, files: Collection[str]) -> Iterator[dict[str, Any]]:
        if self._alone or not self._root.is_dir():
            return
        for path in sorted(self._root.glob(f"*/{REPORT}")):
            found = finished_report(path.parent, None)
            if found and found["file"] not in files:
                yield found


def folder_name(document: str) -> str:
    """A name that every system takes, the same for the same file in every batch."""
    stem = UNFIT.sub("_", Path(document.rpartition("/")[2]).stem)[:LONGEST].strip(" .")
    return f"{stem or '材料'}-{hashlib.sha256(document.encode()).hexdigest()[:6]}"


def finished_report(folder: Path, document: str | None) -> dict[str, Any] | None:
    """The report in a folder, None where there is none of this document (None: of any) that can be read."""
    try:
        report: dict[str, Any] = json.loads((folder / REPORT).read_text("utf-8"))
        whole = {"basis", "file", "modules", "proposal", "verdict"} <= report.keys()
        return report if whole and document in (None, report["file"]) else None
    except (OSError, ValueError, AttributeError):
        return None


def is_on(report: Mapping[str, Any], basis: Mapping[str, Any]) -> bool:
    """Whether a finished report is what a check on this basis would say: of the same bytes and versions."""
    return bool(basis["input_sha256"]) and bool(report["basis"] == json.loads(json.dumps(basis)))


def _submission(report: dict[str, Any]) -> Submission:
    """What a report tells of its proposal: modules, and the functions quoted below them."""
    told = report["proposal"]
    lines: dict[str, None] = {}
    for module in report["modules"]:
        quoted = [pair["proposed"] for pair in module["functions"]]
        lines |= dict.fromkeys(quoted or [module["text"]])
    described = Description(
        "",
        name=told["name"],
        items=tuple(Item(text) for text in lines),
        department=told["department"],
        region=told.get("region") or "",
        period=told["period"],
    )
    budget = Decimal(str(told["budget"])) if told["budget"] is not None else None
    proposal = Proposal(described, told["file"], report["basis"]["input_sha256"], budget=budget)
    return Submission(
        report["file"], proposal, id=f"report:{folder_name(report['file'])}", stage="建议不予立项"
    )
