"""Hands the workbooks of a load back: one file each, marked where its rows or cells were not taken."""

import logging
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ingest.discovery import Found
from ingest.documents.blocks import Document
from ingest.reading import FileRead
from ingest.report import Returned, Rows
from ingest.returns.copying import copy_workbook
from ingest.returns.marking import mark_workbook
from ingest.returns.marks import Mark, marks_of
from ingest.returns.receipt import Receipt, without_receipt
from ingest.returns.receiptsheet import Told
from ingest.sources.base import Rejection
from kg.errors import DocumentError

SHEETS = frozenset({"xlsx", "xls", "csv"})
KEPT = "xlsx"
SUFFIX = ".xlsx"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where returns go, on which day, and what reads a document once more for those built anew."""

    folder: Path
    today: str
    read: Callable[[Path], Document]
    region: str = ""

    def hand_back(
        self, found: Found, read: FileRead, rows: Rows, *, refused: Iterable[Rejection] = ()
    ) -> Returned | None:
        """Writes the return of a file; None for what is no workbook. `refused` are those of its delivery."""
        if read.media not in SHEETS:
            return None
        target = self._target(read.document)
        if target.exists() and target.samefile(found.path):
            return Returned(read.document, "", 0, "返还文件夹就是原文件所在的文件夹，未覆盖原文件")
        told = Told(self._receipt(read), rows, self.today, marks_of(read.reading, refused))
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._write(found, read, target, told=told)
        except (DocumentError, OSError) as error:
            return Returned(read.document, "", 0, f"未能写出返还文件：{error}")
        return Returned(read.document, str(target), len(told.marks))

    def _target(self, document: str) -> Path:
        """The file of a return: the document's own path; with another suffix, beside one of that name."""
        path = self.folder / PurePosixPath(document)
        if path.suffix.lower() == SUFFIX:
            return path
        return path.with_suffix(SUFFIX)

    def _receipt(self, read: FileRead) -> Receipt:
        """The receipt: unit and period where the whole file is of one delivery."""
        lots = read.reading.lots
        unit, _, place = (lots[0].unit or "").partition("@") if len(lots) == 1 else ("", "", "")
        period = lots[0].period or "" if len(lots) == 1 else ""
        return Receipt(read.document, unit, period, self.region or place, read.source)

    def _write(self, found: Found, read: FileRead, target: Path, *, told: Told) -> None:
        """Marks the workbook itself, or a plain copy of one that cannot be changed in place."""
        if read.media == KEPT:
            try:
                mark_workbook(found.path, target, told)
            except (DocumentError, KeyError, ValueError) as error:
                log.info("%s is handed back as a plain copy: %s", read.document, error)
            else:
                return
        document, _ = without_receipt(self.read(found.path))
        with tempfile.TemporaryDirectory(prefix="kg-return-") as folder:
            copy = Path(folder) / "copy.xlsx"
            names = copy_workbook(replace(document, path=read.document), copy)
            mark_workbook(copy, target, replace(told, marks=_on(told.marks, names), rebuilt=True))


def _on(marks: Sequence[Mark], names: Sequence[str]) -> list[Mark]:
    """The marks of a file without sheets on the one sheet of its copy."""
    alone = names[0] if len(names) == 1 else None
    return [replace(mark, sheet=mark.sheet or (alone if mark.row else None)) for mark in marks]
