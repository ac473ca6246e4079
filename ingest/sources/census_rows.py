"""One row of a census as facts: the system or component, its unit, and all its cells say of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.sources.abroad import told_abroad
from ingest.sources.assets import (
    function_facts,
    integration_facts,
    offer_facts,
    standard_facts,
    use_facts,
)
from ingest.sources.delivery import Reported
from ingest.sources.described import Prose, described_facts
from ingest.sources.lists import is_prose, listed, listed_facts, names_in
from ingest.sources.mapping import ColumnMapping
from ingest.sources.organizations import Named, organization, region_entity
from ingest.sources.tables import Line, Sheet
from ingest.sources.values import Cells, split_functions, split_list
from ingest.sources.whence import region_of_unit, reported_from
from ingest.ticks import ticked
from kg.identity import asset_id, project_id, region_id
from kg.model import Claim, Entity, EntityId, Place, Properties, Record, Relation
from kg.ontology import ValueKind, load_ontology
from kg.registry import Region, find_region
from kg.text import fold

Fact = Entity | Relation
PROSE_FIELDS = frozenset({"functions", "description"})
USES = {"components_used": "REUSES", "systems_linked": "DEPENDS_ON"}
NAMING_FIELDS = frozenset(USES)


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a row, and the place it speaks from as far as the row and its sheet tell."""

    owner: Named | None
    place: Region | None


@dataclass(frozen=True, slots=True)
class Rows:
    """Builds the records of one sheet. `region` holds for units whose own row names none.

    `evident` says that the column of descriptions lists functions. What cells did not fit goes to
    `Cells.warnings`.
    """

    sheet: Sheet
    mapping: ColumnMapping
    region: str
    evident: bool

    def record(self, line: Line, who: Reported, *, claim: Claim, cells: Cells) -> Record:
        """The record of a line whose name is one."""
        owner = self._owner(line, who)
        subject = asset_id(name_of(line), owner=owner.id if owner else "", code=line.get("code"))
        unit = Unit(owner, owner.region if owner and owner.region else self._reported(who))
        told = self._told(line, subject, claim=claim, unit=unit)
        facts = [*told, *self._facts(line, subject, unit=unit, cells=cells)]
        entities = {fact.id: fact for fact in facts if isinstance(fact, Entity)}
        relations = {fact.key: fact for fact in facts if isinstance(fact, Relation)}
        if owner:
            entities |= {entity.id: entity for entity in owner.entities}
            relations |= {relation.key: relation for relation in owner.relations}
        row = line.row.place.row or 0
        return told_abroad(Record(subject, claim, tuple(entities.values()), tuple(relations.values()), row))

    def listing(self, line: Line) -> tuple[str, ...]:
        """The functions that the description lists, where no column of the row lists them."""
        if split_functions(line.get("functions")):
            return ()
        return listed(line.get("description"), evident=self.evident)

    def _told(self, line: Line, subject: EntityId, *, claim: Claim, unit: Unit) -> Iterator[Fact]:
        """What the prose cells of the row say of its system; what the row's other cells say wins."""
        pieces = self.listing(line)
        known = bool(pieces or split_functions(line.get("functions")))
        for column, field in sorted(self.sheet.header.columns.items()):
            text = line.get(field)
            prose = field in PROSE_FIELDS or (field in NAMING_FIELDS and is_prose(text))
            if text and prose and not (known and field == "functions"):
                place = self._place(line, column, field)
                wanted = not known and field in PROSE_FIELDS
                prose_of = Prose(text, place, claim, wanted, unit.place)
                yield from described_facts(subject, name_of(line), prose_of)
                if pieces and field == "description":
                    yield from listed_facts(subject, text, pieces=pieces, place=place, said=claim)

    def _place(self, line: Line, column: int, field: str) -> Place:
        return line.places[field] if line.places else replace(line.row.place, column=column + 1)

    def _owner(self, line: Line, who: Reported) -> Named | None:
        """The unit a row names, else the one that reports, else the division that answers for the system."""
        name = line.get("owner") or who.unit or line.get("sub_unit")
        if not name:
            return None
        stated = line.get("region") or self.region
        return organization(name, region=region_of_unit(name, stated=stated, reported=self._reported(who)))

    def _reported(self, who: Reported) -> Region | None:
        return reported_from(who, load=self.region, titles=self.sheet.titles)

    def _facts(self, line: Line, subject: EntityId, *, unit: Unit, cells: Cells) -> Iterator[Fact]:
        name, owner = name_of(line), unit.owner
        kind = "Component" if line.get("component_name") or _offers(line) else "System"
        yield Entity(subject, kind, name, self._properties(line, kind, cells))
        if owner:
            yield Relation(owner.id, "OWNS", subject)
        place = find_region(line.get("region")) if line.get("region") else None
        if place:
            yield region_entity(place)
            yield Relation(subject, "LOCATED_IN", region_id(place.code))
        yield from function_facts(subject, line.get("functions"))
        for field, relation in USES.items():
            others = "、".join(self._others(line, field, cells))
            yield from use_facts(subject, others, relation=relation, place=unit.place)
        yield from self._integrated(line, subject, unit.place, cells=cells)
        yield from standard_facts(subject, line.get("standards"))
        if kind == "Component":
            yield from offer_facts(subject, name, line.get("capability"))
        yield from _companies(line, subject)
        yield from _project(line, subject, owner)

    def _integrated(
        self, line: Line, subject: EntityId, place: Region | None, *, cells: Cells
    ) -> Iterator[Fact]:
        """Where the system is to go; a cell that names no system is told."""
        into = line.get("merged_into")
        found = list(integration_facts(subject, line.get("disposal"), into, place=place))
        if split_list(into) and not found:
            header = self.sheet.header.text_of("merged_into") or self.mapping.fields["merged_into"].headers[0]
            told = f"未认出系统名称：{into[:40]}，该单元格未采用"
            cells.warn(told, header=header, remedy="请只填整合后所入系统的全称；没有的填 无")
        yield from found

    def _others(self, line: Line, field: str, cells: Cells) -> Iterator[str]:
        """The names in a cell of things used; the system's own is none of them, and told."""
        own = {fold(line.get(one)) for one in ("name", "component_name")}
        for name in split_list(names_in(line.get(field))):
            if fold(name) not in own:
                yield name
            else:
                shown = self.sheet.header.text_of(field) or self.mapping.fields[field].headers[0]
                told = f"所填为该系统自身：{name}，该项未采用"
                cells.warn(told, header=shown, remedy="请改填别的系统；没有的填 无")

    def _properties(self, line: Line, kind: str, cells: Cells) -> Properties:
        declared = load_ontology().entity_types[kind].properties
        header = self.sheet.header
        # A field whose values are only put into other words yields to one that gives the property itself.
        fields = sorted(header.columns.values(), key=lambda name: not self.mapping.fields[name].values)
        for field in fields:
            row = self.mapping.fields[field]
            if row.property and row.property in declared and field in line.cells:
                text = line.get(field)
                text = ticked(text) if declared[row.property].kind is ValueKind.CATEGORY else text
                text = row.values.get(text, text)
                shown = header.text_of(field) or row.headers[0]
                cells.add(declared[row.property], text, header=shown, unit=header.units.get(field))
        prose = line.get("functions")
        if prose and not split_functions(prose) and "description" not in cells.properties:
            cells.properties["description"] = prose
        if line.get("region"):
            cells.properties["region"] = line.get("region")
        return cells.properties


def name_of(line: Line) -> str:
    """The name of a line's system or component; "" when both cells are blank."""
    return line.get("name") or line.get("component_name")


def _offers(line: Line) -> bool:
    fields = ("serves", "levels_served", "interfaces", "price_mode", "accreditation", "capability")
    return bool(line.get("capability")) or sum(bool(line.get(field)) for field in fields) >= 3


def _companies(line: Line, subject: EntityId) -> Iterator[Fact]:
    for column, relation in (("vendor", "SUPPLIES"), ("operator", "OPERATES")):
        if line.get(column):
            company = organization(line.get(column), kind="供应商" if column == "vendor" else "")
            yield from company.entities
            yield from company.relations
            yield Relation(company.id, relation, subject)


def _project(line: Line, subject: EntityId, owner: Named | None) -> Iterator[Fact]:
    name, code = line.get("project_name"), line.get("project_code")
    if name or code:
        project = project_id(name or code, owner=owner.id if owner else "", code=code)
        yield Entity(project, "Project", name or code, {"code": code} if code else {})
        yield Relation(project, "DELIVERS", subject)
        if owner:
            yield Relation(owner.id, "OWNS", project)
