"""What is marked in a returned workbook: rows refused, cells not used, and how to mend them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from ingest.sources.base import Note, Reading, Rejection
from ingest.sources.endings import REMEDY


class Grade(Enum):
    """How grave a mark is: the word for it, and the colour of its cells (ARGB)."""

    REFUSED = ("退回", "FFFFC7CE")
    UNUSED = ("未采用", "FFFFEB9C")
    NOTED = ("提示", "FFDDEBF7")

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def colour(self) -> str:
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to mend: a cell (D5), a row where `cell` is None, a sheet or file where neither is known."""

    grade: Grade
    sheet: str | None
    row: int | None
    cell: str | None
    problem: str
    remedy: str

    @property
    def text(self) -> str:
        """What the comment says."""
        return "；".join(filter(None, (f"{self.grade.word}：{self.problem}", self.remedy)))


def marks_of(reading: Reading, refused: Iterable[Rejection]) -> list[Mark]:
    """The marks of one file, `refused` those of its whole delivery; the gravest first, then by place."""
    found = [*_refused((*reading.rejected, *refused)), *_noted(reading.warnings), *_noted(reading.repaired)]
    found += [_unknown(one.sheet, one.column) for one in reading.unmapped]
    order = list(Grade)
    return sorted(
        found, key=lambda mark: (order.index(mark.grade), mark.sheet or "", mark.row or 0, mark.cell or "")
    )


def _refused(rejected: Iterable[Rejection]) -> Iterator[Mark]:
    for one in rejected:
        grade = Grade.NOTED if one.remedy == REMEDY else Grade.REFUSED
        yield Mark(grade, one.sheet, one.row, None, one.reason, one.remedy)


def _noted(notes: Iterable[Note]) -> Iterator[Mark]:
    for note in notes:
        grade = Grade.UNUSED if note.cell else Grade.NOTED
        yield Mark(grade, note.sheet, note.row, note.cell, note.text, note.remedy)


def _unknown(sheet: str | None, column: str) -> Mark:
    title = " ".join(column.split())
    return Mark(Grade.NOTED, sheet, None, None, f"未识别的列「{title}」，该列未载入", "不需要载入的不必修改")
