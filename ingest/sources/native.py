"""Native JSONL: one entity or relation a line, ids and claims kept as given."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.sources.abroad import told_abroad
from ingest.sources.base import Context, Lot, Note, Reading, Rejection
from ingest.sources.values import Cells
from kg.errors import DocumentError
from kg.exchange import parse_line
from kg.model import Claim, Entity, EntityId, Place, Properties, Record, Relation
from kg.ontology import Ontology, PropertyType, ValueKind, load_ontology
from kg.ontology.values import problem_of
from kg.store.base import GraphReader

SOURCE = "native"
LONGEST_LINE = 4_000_000
"""Characters; a longer line is no fact but a file of another form."""


def read_native(path: Path, context: Context, *, sha256: str) -> Reading:
    """Every line of the file as a record; whether the ends of relations exist is asked over all files.

    Raises: DocumentError when the file is not UTF-8 text.
    """
    records: list[Record] = []
    rejected: list[Rejection] = []
    warnings: list[Note] = []
    said_on = context.dated or context.today
    for number, line in _lines(path):
        if not line.strip():
            continue
        fact = parse_line(line) if len(line) <= LONGEST_LINE else ["该行过长"]
        if not isinstance(fact, list):
            fact, problems = _fitted(fact)
            warnings += [Note(context.document, None, number, problem) for problem in problems]
            fact = _refused(fact) or fact
        if isinstance(fact, list):
            rejected.append(Rejection(context.document, None, number, "；".join(fact), "改正该行后重新提交"))
            continue
        claim = Claim(SOURCE, context.document, said_on, Place(row=number), "native.line", sha256=sha256)
        records += [_record(part, claim, number) for part in _parts(fact)]
    lots = [Lot(f"{SOURCE}:{context.document}", None, None, said_on, tuple(records))] if records else []
    if not records and not rejected:
        raise DocumentError("文件中没有数据行", "每行应为一个 JSON 对象")
    return Reading(tuple(lots), tuple(rejected), tuple(warnings))


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as stream:
            yield from enumerate(stream, 1)
    except UnicodeDecodeError as error:
        raise DocumentError("不是 UTF-8 编码的文本", "请以 UTF-8 编码重新导出") from error


def _parts(fact: Entity | Relation) -> Iterator[Entity | Relation]:
    """The fact as what holds says it, then as those say it who ended on one day; most lines are one part.

    Where some claims assert properties of their own, the line's belong to none of the others.
    """
    ends = sorted({claim.ended or "" for claim in fact.claims})
    if len(ends) < 2:
        yield fact
        return
    stated = any(claim.name is not None or claim.properties for claim in fact.claims)
    for end in ends:
        claims = tuple(claim for claim in fact.claims if (claim.ended or "") == end)
        yield replace(fact, claims=claims, properties={} if stated else fact.properties)


def _record(fact: Entity | Relation, claim: Claim, number: int) -> Record:
    ended = fact.claims[0].ended if fact.claims else None
    if isinstance(fact, Entity):
        made = Record(fact.id, claim, (fact,), (), number, ended=ended)
        # A line with claims is of a graph, where all that its words tell has been said.
        return made if fact.claims else told_abroad(made)
    return Record(fact.source, claim, (), (fact,), number, ended=ended)


def _fitted(fact: Entity | Relation) -> tuple[Entity | Relation, list[str]]:
    """The fact with values as the ontology has them; what does not fit is left out and told."""
    ontology = load_ontology()
    declared: Mapping[str, PropertyType] = ontology.relation_properties
    if isinstance(fact, Entity):
        known = ontology.entity_types.get(fact.type)
        declared = known.properties if known else {}
    properties, problems = _values(fact.properties, declared)
    claims = tuple(
        replace(claim, properties=_values(claim.properties, declared)[0]) if claim.properties else claim
        for claim in fact.claims
    )
    if not problems and claims == fact.claims and properties == fact.properties:
        return fact, []
    return replace(fact, properties=properties, claims=claims), problems


def _values(properties: Properties, declared: Mapping[str, PropertyType]) -> tuple[Properties, list[str]]:
    cells = Cells()
    for name, value in properties.items():
        kind = declared.get(name)
        if kind is None:
            cells.properties[name] = value
        elif kind.kind is ValueKind.CATEGORY:
            cells.add(kind, str(value), header=name)
        elif problem := problem_of(kind.kind, value):
            cells.warnings.append(f"「{name}」{problem}，该值未采用")
        else:
            cells.properties[name] = value
    return cells.properties, cells.warnings


def _refused(fact: Entity | Relation) -> list[str] | None:
    """Why a line is refused by itself: its type is not known, or its name is blank."""
    ontology = load_ontology()
    if isinstance(fact, Entity):
        return ontology.check_entity(fact) or None
    return None if fact.type in ontology.relation_types else [f"未知的关系类型 {fact.type!r}"]


def reject_loose_ends(readings: Sequence[Reading], store: GraphReader) -> list[Reading]:
    """The readings without relations whose ends are nowhere or of the wrong types; these are rejected.

    An end may stand in any file of the load, or in the store.
    """
    types: dict[EntityId, str] = {}
    for record in _records(readings):
        types.update((entity.id, entity.type) for entity in record.entities)
    ends = {
        end
        for record in _records(readings)
        if not record.entities
        for relation in record.relations
        for end in (relation.source, relation.target)
    }
    stored = store.get(sorted(ends - types.keys()))
    types.update((identity, entity.type) for identity, entity in stored.items())
    return [_checked(reading, types) for reading in readings]


def _records(readings: Iterable[Reading]) -> Iterator[Record]:
    return (record for reading in readings for lot in reading.lots for record in lot.records)


def _checked(reading: Reading, types: Mapping[EntityId, str]) -> Reading:
    ontology = load_ontology()
    rejected: list[Rejection] = []
    lots = []
    for lot in reading.lots:
        kept = []
        for record in lot.records:
            problems = [] if record.entities else _loose(record.relations, types, ontology)
            if problems:
                document, row = record.claim.document, record.claim.place.row
                rejected.append(
                    Rejection(document, None, row, "；".join(problems), "补上缺少的实体或改正关系")
                )
            else:
                kept.append(record)
        lots.append(replace(lot, records=tuple(kept)))
    if not rejected:
        return reading
    every = sorted((*reading.rejected, *rejected), key=lambda row: row.row or 0)
    return replace(reading, lots=tuple(lot for lot in lots if lot.records), rejected=tuple(every))


def _loose(relations: Iterable[Relation], types: Mapping[EntityId, str], ontology: Ontology) -> list[str]:
    problems: list[str] = []
    for relation in relations:
        missing = [end for end in (relation.source, relation.target) if end not in types]
        if missing:
            problems += [f"关系的一端不存在：{end}" for end in dict.fromkeys(missing)]
        else:
            problems += ontology.check_relation(relation, types[relation.source], types[relation.target])
    return problems
