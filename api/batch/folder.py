"""The folder of a batch: a sub-folder for each file, and which reports are finished there."""

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from api.reports import write_reports
from api.reports.writing import REPORT
from kg.matching.description import Description, Item
from kg.matching.proposal import Proposal
from queries.check import Verdict
from queries.season import Submission

UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]')
"""What no file system of an office takes in a name, and what turns names around."""
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Finished:
    """A report as it stands in the folder."""

    report: dict[str, Any]


class Folder:
    """Reports of a batch on disk; `alone` writes the one report into the folder itself."""

    def __init__(self, root: Path, *, alone: bool) -> None:
        self._root, self._alone = root, alone

    def of(self, document: str) -> Path:
        """Where the report on a file stands, whatever else is in the batch."""
        return self._root if self._alone else self._root / folder_name(document)

    def finished(self, document: str) -> Finished | None:
        """The report on a file that was finished before; None for none, or one that cannot be read."""
        return _read(self.of(document), document)

    def write(self, report: dict[str, Any]) -> None:
        """Writes the three forms of a report."""
        write_reports(report, self.of(report["file"]))

    def refused(self, files: Collection[str]) -> list[Submission]:
        """Proposals of earlier batches in this folder that were to be refused and are no part of this one."""
        return [
            _submission(one.report) for one in self._others(files) if one.report["verdict"] == Verdict.REFUSE
        ]

    def _others(self, files: Collection[str]) -> Iterator[Finished]:
        if self._alone or not self._root.is_dir():
            return
        for path in sorted(self._root.glob(f"*/{REPORT}")):
            found = _read(path.parent, None)
            if found and found.report["file"] not in files:
                yield found


def folder_name(document: str) -> str:
    """A name that every system takes, the same for the same file in every batch."""
    stem = UNFIT.sub("_", Path(document.rpartition("/")[2]).stem)[:LONGEST].strip(" .")
    return f"{stem or '材料'}-{hashlib.sha256(document.encode()).hexdigest()[:6]}"


def _read(folder: Path, document: str | None) -> Finished | None:
    try:
        report = json.loads((folder / REPORT).read_text("utf-8"))
        whole = {"basis", "file", "modules", "proposal", "verdict"} <= report.keys()
        fits = document is None or report["file"] == document
        return Finished(report) if whole and fits else None
    except (OSError, ValueError, AttributeError):
        return None


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
