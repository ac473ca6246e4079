"""Rows of lists of projects: each a project of its unit with its budget; no system exists yet."""

import re
from dataclasses import dataclass, field, replace

from ingest.documents.blocks import Document
from ingest.sources.base import Context, Lot, Note, Reading, Rejection, Unmapped
from ingest.sources.endings import REMEDY
from ingest.sources.layouts import SHEETS
from ingest.sources.mapping import load_mapping
from ingest.sources.nameless import ending
from ingest.sources.names import problem_of_name
from ingest.sources.organizations import Named, organization
from ingest.sources.shifts import repaired, shift_of
from ingest.sources.tables import Line, Sheet, untold_unit
from ingest.sources.values import Cells, split_functions
from kg.identity import function_id, project_id
from kg.model import Claim, Entity, EntityId, Record, Relation
from kg.ontology import load_ontology

LONGEST_NAME = 80
"""Characters; names of procurement projects carry unit, year and phase, descriptions run on."""
PROSE = re.compile(r"[。；;\n]|^[一二三四五六七八九十\d]+[、.．]|包括[:：]")
OWNER_IN_TITLE = re.compile(r"^(.{2,40}?)\s*(?:19|20)\d{2}\s*年")


@dataclass
class ProjectRows:
    """Collects the records of the rows of such lists, and what had to be said about them."""

    source: str
    document: Document
    context: Context
    records: list[Record] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    repaired: list[Note] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)

    def read(self, sheet: Sheet, *, unit: str | None, stage: str) -> None:
        """Takes in every row of a list.

        `unit` is that of amounts where the header names none (None: yuan), `stage` that of projects where
        the row names none ("": not known).
        """
        units = {name: unit for name in sheet.header.columns.values() if unit}
        sheet = replace(sheet, header=replace(sheet.header, units={**units, **sheet.header.units}))
        if text := untold_unit(sheet):
            self.warnings.append(Note(self.context.document, sheet.name, None, text))
        for row in sheet.repeated:
            self._reject(sheet, row.place.row, "重复的表头", "删除该行")
        for line in sheet.lines:
            self._line(sheet, line, stage)
        self._note_unmapped(sheet)

    def reading(self) -> Reading:
        """All that was read: one lot, dated as its latest row."""
        records = tuple(self.records)
        said_on = max((record.claim.said_on for record in records), default=self.context.today)
        key = f"{self.source}:{self.context.document}"
        rejected = sorted(self.rejected, key=lambda row: (row.sheet or "", row.row or 0))
        return Reading(
            (Lot(key, None, None, said_on, records),) if records else (),
            tuple(rejected),
            tuple(self.warnings),
            tuple(self.repaired),
            tuple(self.unmapped),
        )

    def _line(self, sheet: Sheet, line: Line, stage: str) -> None:
        if end := ending(line, name=line.get("name")):
            self._reject(sheet, line.row.place.row, f"{end}，不作为项目载入", REMEDY)
            return
        if shift := shift_of(line, sheet.header):
            moved = repaired(line, sheet.header)
            if moved is None or shift_of(moved, sheet.header):
                self._reject(sheet, line.row.place.row, shift, "核对该行各列后重新提交")
                return
            line = moved
            self._note(self.repaired, sheet, line, text="该行自某列起左移一格，已按金额、日期、是否各栏复位")
        problem = _problem(line)
        if problem:
            self._reject(sheet, line.row.place.row, problem, "核对该行是否错列，补填项目名称")
            return
        self.records.append(self._record(sheet, line, stage))

    def _record(self, sheet: Sheet, line: Line, stage: str) -> Record:
        owner = self._owner(line)
        name = line.get("name")
        project = project_id(name, owner=owner.id if owner else "")
        cells = self._cells(sheet, line, stage)
        entities = [Entity(project, "Project", name, cells.properties)]
        relations = []
        if owner:
            entities += owner.entities
            relations += [*owner.relations, Relation(owner.id, "OWNS", project)]
            if owner.region:
                region = EntityId(f"region:{owner.region.code}")
                relations.append(Relation(project, "LOCATED_IN", region))
        for text in split_functions(line.get("functions")):
            function = function_id(project, "", text)
            entities.append(Entity(function, "Function", text))
            relations.append(Relation(project, "PROVIDES", function))
        said = self.context.dated or str(cells.properties.get("announced_on", "")) or self.context.today
        claim = Claim(
            source=self.source,
            document=self.context.document,
            said_on=said,
            place=line.row.place,
            rule=f"{self.source}.row",
            sha256=self.document.sha256,
        )
        return Record(project, claim, tuple(entities), tuple(relations), line.row.place.row or 0)

    def _owner(self, line: Line) -> Named | None:
        """The buyer: its own column, else the start of the notice's title, else the reporter of the load."""
        title = OWNER_IN_TITLE.match(line.get("title"))
        name = line.get("owner") or (title[1] if title else "") or self.context.reporter
        if not name:
            return None
        return organization(name, region=line.get("region") or self.context.region)

    def _cells(self, sheet: Sheet, line: Line, stage: str) -> Cells:
        cells = Cells()
        declared = load_ontology().entity_types["Project"].properties
        for column, name in load_mapping(self.source).fields.items():
            if name.property and (text := line.get(column)):
                unit = sheet.header.units.get(column)
                shown = sheet.header.text_of(column) or name.headers[0]
                cells.add(declared[name.property], text, header=shown, unit=unit)
        for text in cells.warnings:
            known = self.document.media in SHEETS
            cell = line.cell_under(sheet.header, cells.headers[text]) if known else None
            where = self.context.document, sheet.name, line.row.place.row
            self.warnings.append(Note(*where, text, cell, cells.remedies[text]))
        when = str(cells.properties.get("expected_on") or cells.properties.get("announced_on") or "")
        if when:
            cells.properties["year"] = when[:4]
        if region := line.get("region"):
            cells.properties["region"] = region
        if stage:
            cells.properties.setdefault("stage", stage)
        return cells

    def _note(self, notes: list[Note], sheet: Sheet, line: Line, *, text: str) -> None:
        notes.append(Note(self.context.document, sheet.name, line.row.place.row, text))

    def _reject(self, sheet: Sheet, row: int | None, *problem: str) -> None:
        self.rejected.append(Rejection(self.context.document, sheet.name, row, *problem))

    def _note_unmapped(self, sheet: Sheet) -> None:
        for column, header in sorted(sheet.header.unknown.items()):
            rows = [line.row.cells for line in sheet.lines]
            filled = [cells[column] for cells in rows if column < len(cells) and cells[column].strip()]
            if filled:
                found = Unmapped(self.context.document, sheet.name, header, len(filled), filled[0][:80])
                self.unmapped.append(found)


def _problem(line: Line) -> str | None:
    name = line.get("name")
    if not name:
        return "缺少项目名称"
    if PROSE.search(name):
        return "名称栏内是一段说明，不是名称"
    return problem_of_name(name, longest=LONGEST_NAME)
