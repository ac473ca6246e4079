"""Census and inventory sheets: systems and components of units, with functions, reuse and dependencies."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ingest.documents.blocks import BlockKind, Document
from ingest.sources.assets import (
    function_facts,
    offer_facts,
    standard_facts,
    use_facts,
)
from ingest.sources.base import Context, Lot, Note, Reading, Rejection, Unmapped
from ingest.sources.delivery import Reported, reported
from ingest.sources.described import Prose, described_facts
from ingest.sources.mapping import ColumnMapping, load_mapping
from ingest.sources.names import problem_of_name
from ingest.sources.organizations import Named, organization, region_entity
from ingest.sources.shifts import repaired, shift_of
from ingest.sources.tables import Line, Sheet, find_header, sheets
from ingest.sources.values import Cells, split_functions
from kg.identity import asset_id, project_id, region_id
from kg.model import Claim, Entity, EntityId, Properties, Record, Relation
from kg.ontology import load_ontology
from kg.registry import find_region

PROSE_FIELDS = frozenset({"functions", "description"})
LONGEST_NAME = 60
"""Characters; no system in a real sheet has a longer name, while descriptions do."""


@dataclass
class _Output:
    lots: dict[str, tuple[Reported, list[Record]]] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    repaired: list[Note] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CensusSource:
    """The source of census sheets, in any layout whose header words the mapping knows."""

    name: str = "census"

    def recognises(self, document: Document) -> bool:
        """Whether a table of the document has a census header."""
        mapping = load_mapping(self.name)
        tables = [block for block in document.blocks if block.kind is BlockKind.TABLE]
        return any(find_header(block.rows, mapping) for block in tables)

    def read(self, document: Document, context: Context) -> Reading:
        """Every row of every census table in the document."""
        mapping = load_mapping(self.name)
        output = _Output()
        for sheet in sheets(document, mapping):
            _SheetReader(document, context, sheet, mapping, output).read()
        lots = tuple(
            Lot(key, who.reporter, who.period, who.said_on, tuple(records))
            for key, (who, records) in sorted(output.lots.items())
        )
        return Reading(
            lots,
            tuple(output.rejected),
            tuple(output.warnings),
            tuple(output.repaired),
            tuple(output.unmapped),
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
        for line in self.sheet.lines:
            self._line(line)
        self._note_unmapped()
        self._note_unit()

    def _line(self, line: Line) -> None:
        if shift := shift_of(line, self.sheet.header):
            moved = repaired(line, self.sheet.header)
            if moved is None or shift_of(moved, self.sheet.header):
                self._reject(line.row.place.row, shift, "核对该行各列后重新提交")
                return
            line = moved
            text = "该行自某列起左移一格，已按金额、日期等栏复位"
            self.output.repaired.append(
                Note(self.context.document, line.row.place.sheet, line.row.place.row, text)
            )
        name = line.get("name") or line.get("component_name")
        problem = problem_of_name(name, longest=LONGEST_NAME) if name else "缺少系统名称"
        if problem is not None:
            self._reject(line.row.place.row, problem, "核对该行是否错列，补填系统名称后重新提交")
            return
        who = reported(self.context, self.sheet.titles, unit=line.get("reporter"), period=line.get("period"))
        key = who.key("census", self.context.document)
        record = self._record(line, who)
        self.output.lots.setdefault(key, (who, []))[1].append(record)

    def _record(self, line: Line, who: Reported) -> Record:
        name = line.get("name") or line.get("component_name")
        owner = self._owner(line, who)
        subject = asset_id(name, owner=owner.id if owner else "", code=line.get("code"))
        claim = self._claim(line, who)
        facts = [*self._described(line, subject, claim), *self._facts(line, subject, owner)]
        entities = {fact.id: fact for fact in facts if isinstance(fact, Entity)}
        if owner:
            entities |= {entity.id: entity for entity in owner.entities}
        relations = {fact.key: fact for fact in facts if isinstance(fact, Relation)}
        if owner:
            relations |= {relation.key: relation for relation in owner.relations}
        return Record(
            subject, claim, tuple(entities.values()), tuple(relations.values()), line.row.place.row or 0
        )

    def _claim(self, line: Line, who: Reported) -> Claim:
        return Claim(
            source="census",
            document=self.context.document,
            said_on=who.said_on,
            place=line.row.place,
            rule="census.row",
            sha256=self.document.sha256,
        )

    def _described(self, line: Line, subject: EntityId, claim: Claim) -> Iterator[Entity | Relation]:
        """What the prose cells of the row say of its system; what the row's other cells say wins."""
        name = line.get("name") or line.get("component_name")
        listed = bool(split_functions(line.get("functions")))
        for column, field_name in sorted(self.sheet.header.columns.items()):
            text = line.get(field_name) if field_name in PROSE_FIELDS else ""
            if text and not (listed and field_name == "functions"):
                place = replace(line.row.place, column=column + 1)
                yield from described_facts(subject, name, Prose(text, place, claim, functions=not listed))

    def _owner(self, line: Line, who: Reported) -> Named | None:
        name = line.get("owner") or who.unit or ""
        if not name:
            return None
        return organization(name, region=line.get("region") or self.context.region)

    def _facts(self, line: Line, subject: EntityId, owner: Named | None) -> Iterator[Entity | Relation]:
        name = line.get("name") or line.get("component_name")
        kind = "Component" if line.get("component_name") or self._offers(line) else "System"
        yield Entity(subject, kind, name, self._properties(line, kind))
        if owner:
            yield Relation(owner.id, "OWNS", subject)
        place = find_region(line.get("region")) if line.get("region") else None
        if place:
            yield region_entity(place)
            yield Relation(subject, "LOCATED_IN", region_id(place.code))
        yield from function_facts(subject, line.get("functions"))
        yield from use_facts(subject, line.get("components_used"), relation="REUSES")
        yield from use_facts(subject, line.get("systems_linked"), relation="DEPENDS_ON")
        yield from standard_facts(subject, line.get("standards"))
        if kind == "Component":
            yield from offer_facts(subject, name, line.get("capability"))
        yield from self._companies(line, subject)
        yield from self._project(line, subject, owner)

    def _offers(self, line: Line) -> bool:
        fields = ("serves", "levels_served", "interfaces", "price_mode", "accreditation", "capability")
        return bool(line.get("capability")) or sum(bool(line.get(field)) for field in fields) >= 3

    def _properties(self, line: Line, kind: str) -> Properties:
        cells = Cells()
        declared = load_ontology().entity_types[kind].properties
        for column, field_name in self.sheet.header.columns.items():
            row = self.mapping.fields[field_name]
            if row.property and row.property in declared and column < len(line.row.cells):
                unit = self.sheet.header.units.get(field_name)
                cells.add(declared[row.property], line.get(field_name), header=row.headers[0], unit=unit)
        prose = line.get("functions")
        if prose and not split_functions(prose) and "description" not in cells.properties:
            cells.properties["description"] = prose
        if line.get("region"):
            cells.properties["region"] = line.get("region")
        for text in cells.warnings:
            place = line.row.place
            self.output.warnings.append(Note(self.context.document, place.sheet, place.row, text))
        return cells.properties

    def _companies(self, line: Line, subject: EntityId) -> Iterator[Entity | Relation]:
        for column, relation in (("vendor", "SUPPLIES"), ("operator", "OPERATES")):
            if line.get(column):
                company = organization(line.get(column), kind="供应商" if column == "vendor" else "")
                yield from company.entities
                yield from company.relations
                yield Relation(company.id, relation, subject)

    def _project(self, line: Line, subject: EntityId, owner: Named | None) -> Iterator[Entity | Relation]:
        name, code = line.get("project_name"), line.get("project_code")
        if name or code:
            project = project_id(name or code, owner=owner.id if owner else "", code=code)
            yield Entity(project, "Project", name or code, {"code": code} if code else {})
            yield Relation(project, "DELIVERS", subject)
            if owner:
                yield Relation(owner.id, "OWNS", project)

    def _reject(self, row: int | None, reason: str, remedy: str) -> None:
        self.output.rejected.append(Rejection(self.context.document, self.sheet.name, row, reason, remedy))

    def _note_unit(self) -> None:
        """Warns once for a sheet whose money has no unit anywhere: yuan is then assumed, not known."""
        header = self.sheet.header
        if "budget" not in header.columns.values() or "budget" in header.units:
            return
        bare = [line for line in self.sheet.lines if line.get("budget").replace(".", "").isdigit()]
        if bare:
            text = "金额列未注明单位，按元读取；请在表头注明元或万元"
            self.output.warnings.append(Note(self.context.document, self.sheet.name, None, text))

    def _note_unmapped(self) -> None:
        for column, header in sorted(self.sheet.header.unknown.items()):
            rows = [line.row.cells for line in self.sheet.lines]
            filled = [cells[column] for cells in rows if column < len(cells) and cells[column].strip()]
            if filled:
                found = Unmapped(self.context.document, self.sheet.name, header, len(filled), filled[0][:80])
                self.output.unmapped.append(found)
