"""Census and inventory sheets: systems and components of units, with functions, reuse and dependencies."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.documents.blocks import Document
from ingest.sources.base import Context, Lot, Mapped, Note, Reading, Rejection, Unmapped
from ingest.sources.census_rows import Rows, name_of
from ingest.sources.delivery import Reported, reported
from ingest.sources.endings import REMEDY
from ingest.sources.layouts import SHEETS, census_sheets, is_census
from ingest.sources.lists import evidently_lists, list_confidence
from ingest.sources.mapping import ColumnMapping, load_mapping
from ingest.sources.nameless import continued, ending, problem_of_row, under_units
from ingest.sources.names import problem_of_name
from ingest.sources.refusal import unknown_header
from ingest.sources.shifts import repaired, shift_of
from ingest.sources.tables import Line, Sheet, untold_unit
from ingest.sources.values import Cells
from kg.model import Claim, Record

LONGEST_NAME = 60
"""Characters; no system in a real sheet has a longer name, while descriptions do."""


@dataclass
class _Output:
    lots: dict[str, tuple[Reported, list[Record]]] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    repaired: list[Note] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)
    mapped: list[Mapped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CensusSource:
    """The source of census sheets, in any layout whose header words the mapping knows.

    `forced` says that the caller named it: then a column of names makes a sheet a census.
    """

    name: str = "census"
    forced: bool = False

    def recognises(self, document: Document) -> bool:
        """Whether a table of the document has a census header or holds registration forms."""
        return is_census(document, load_mapping(self.name))

    def read(self, document: Document, context: Context) -> Reading:
        """Every row of every census table in the document. Raises: DocumentError when there is none."""
        mapping = load_mapping(self.name)
        output = _Output()
        found = list(census_sheets(document, mapping, forced=self.forced))
        if not found:
            raise unknown_header(document, mapping, forced=self.forced)
        for sheet in found:
            _SheetReader(document, context, sheet, mapping, output).read()
        lots = tuple(
            Lot(key, who.reporter, who.period, who.said_on, tuple(records))
            for key, (who, records) in sorted(output.lots.items())
        )
        return Reading(
            lots=lots,
            rejected=tuple(output.rejected),
            warnings=tuple(output.warnings),
            repaired=tuple(output.repaired),
            unmapped=tuple(output.unmapped),
            mapped=tuple(output.mapped),
        )


@dataclass(frozen=True, slots=True)
class _SheetReader:
    document: Document
    context: Context
    sheet: Sheet
    mapping: ColumnMapping
    output: _Output

    def read(self) -> None:
        for row in self.sheet.repeated:
            self._reject(row.place.row, "重复的表头", "删除该行")
        evident = evidently_lists([line.get("description") for line in self.sheet.lines])
        rows = Rows(self.sheet, self.mapping, self.context.region, evident)
        read = [line for one in self._lines() if (line := self._line(one, rows)) is not None]
        self._note_columns()
        self._note_unit()
        self._note_reporter(read)
        self._note_lists(sum(bool(rows.listing(line)) for line in read))

    def _lines(self) -> Iterator[Line]:
        """The rows of the sheet; of one that goes on with the row above it is told."""
        lines = self.sheet.lines if self.sheet.form else under_units(self.sheet.lines)
        for line, more in continued(lines):
            if more:
                text = f"该行只续写上一行，已归入「{name_of(line)}」"
                self._note(self.output.repaired, line.row.place.row, text)
            yield line

    def _line(self, line: Line, rows: Rows) -> Line | None:
        """The line as it was read, put right where it slipped; None when it was refused."""
        row = line.row.place.row
        if not self.sheet.form and (end := ending(line, name=name_of(line))):
            self._reject(row, f"{end}，不作为系统载入", REMEDY)
            return None
        placed = self._placed(line)
        if placed is None:
            return None
        name = name_of(placed)
        if not self.sheet.form and (apart := problem_of_row(placed, name=name)):
            self._reject(row, apart, "未计入；如是系统请补填系统名称后重新提交")
            return None
        problem = problem_of_name(name, longest=LONGEST_NAME) if name else "缺少系统名称"
        if problem is not None:
            self._reject(row, problem, "核对该行是否错列，补填系统名称后重新提交")
            return None
        who = reported(
            self.context, self.sheet.titles, unit=placed.get("reporter"), period=placed.get("period")
        )
        key = who.key("census", self.context.document)
        cells = Cells()
        record = rows.record(placed, who, claim=self._claim(placed, who), cells=cells)
        for text in cells.warnings:
            known = placed is line and self.document.media in SHEETS
            cell = line.cell_under(self.sheet.header, cells.headers[text]) if known else None
            remedy = cells.remedies[text]
            self.output.warnings.append(Note(self.context.document, self.sheet.name, row, text, cell, remedy))
        self.output.lots.setdefault(key, (who, []))[1].append(record)
        return placed

    def _placed(self, line: Line) -> Line | None:
        """The line with its cells under their headers; None when it slipped and cannot be put right."""
        shift = None if self.sheet.form else shift_of(line, self.sheet.header)
        if shift is None:
            return line
        moved = repaired(line, self.sheet.header)
        if moved is None or shift_of(moved, self.sheet.header):
            self._reject(line.row.place.row, shift, "核对该行各列后重新提交")
            return None
        text = "该行自某列起左移一格，已按金额、日期等栏复位"
        self._note(self.output.repaired, line.row.place.row, text)
        return moved

    def _claim(self, line: Line, who: Reported) -> Claim:
        return Claim(
            source="census",
            document=self.context.document,
            said_on=who.said_on,
            place=line.row.place,
            rule="census.row",
            sha256=self.document.sha256,
        )

    def _reject(self, row: int | None, reason: str, remedy: str) -> None:
        self.output.rejected.append(Rejection(self.context.document, self.sheet.name, row, reason, remedy))

    def _note(self, notes: list[Note], row: int | None, text: str) -> None:
        notes.append(Note(self.context.document, self.sheet.name, row, text))

    def _note_unit(self) -> None:
        if text := untold_unit(self.sheet):
            self._note(self.output.warnings, None, text)

    def _note_reporter(self, lines: list[Line]) -> None:
        """Warns once for a sheet that names other units as reporting than the caller does."""
        said = self.context.reporter
        others = {line.get("reporter") for line in lines} - {"", said}
        if said and others:
            header = self.sheet.header.text_of("reporter")
            text = f"表内「{header}」栏已写明{sorted(others)[0]}等 {len(others)} 个单位，以表内为准"
            self._note(self.output.warnings, None, f"{text}；指定的填报单位 {said} 只用于该栏空白的行")

    def _note_lists(self, rows: int) -> None:
        if rows:
            header = self.sheet.header.text_of("description")
            text = f"「{header}」栏有 {rows} 行只是并列的短语，已逐条读作功能，置信度 {list_confidence()}"
            self._note(self.output.warnings, None, f"{text}；如非功能请更正")

    def _note_columns(self) -> None:
        """Lists the columns known by a word inside their header, and those that nobody knows."""
        header, document = self.sheet.header, self.context.document
        for column in sorted(header.inexact):
            name = header.columns[column]
            read_as = self.mapping.fields[name].headers[0]
            text = header.text_of(name)
            self.output.mapped.append(Mapped(document, self.sheet.name, text, name, read_as))
        for column, text in sorted(header.unknown.items()):
            rows = [line.row.cells for line in self.sheet.lines]
            filled = [cells[column] for cells in rows if column < len(cells) and cells[column].strip()]
            if filled:
                found = Unmapped(document, self.sheet.name, text, len(filled), filled[0][:80])
                self.output.unmapped.append(found)
