"""Pages on one entity: its values and relations with their evidence, what it needs, whom it affects."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from api.capabilities import capability_of, shown_entity
from api.citations import citations, sayers
from api.http.moved import moved_path
from api.http.scopes import READING
from api.http.wiring import Ready
from api.labels import is_money, modality_label, property_label, relation_label, value_text
from api.reports.words import yuan
from api.web.rendering import page
from kg.model import Direction, Entity, EntityId, Value
from kg.ontology import load_ontology
from kg.store.base import GraphReader
from queries.dependencies import Question, dependencies
from queries.entity import Link, Shown

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse, dependencies=READING)
GROUP = 200
"""Relations of one kind shown; a hub has thousands."""
SHORT = 3
"""Longer groups of one source are a list under it instead of a table."""
REACHED = 300
LAST = ("提供功能",)
Planned = Annotated[bool, Query()]


@dataclass(frozen=True, slots=True)
class Row:
    """One value, or one other end of a relation, with what stands behind it."""

    text: str
    sources: list[str]
    entity: Entity | None = None
    modality: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Other ends of one kind of relation; `shared` is what stands behind all, where it is the same."""

    label: str
    rows: list[Row]
    shared: list[str]


@router.get("/entity/{entity_id:path}")
def entity_page(request: Request, ready: Ready, entity_id: str) -> Response:
    """One entity: values with their sources, where sources differ, and its relations."""
    moved = moved_path(ready.reader, entity_id, request=request)
    if moved:
        return moved
    shown = shown_entity(ready, EntityId(entity_id))
    found = capability_of(ready, shown.entity.id)
    return page(
        request,
        "entity.html",
        entity=shown.entity,
        owners=_ends(shown, "OWNS"),
        values=_values(shown.entity),
        contradictions=_contradictions(shown),
        groups=_groups(shown.links),
        most=GROUP,
        capability=ready.capabilities().to_json(found) if found else None,
    )


@router.get("/impact/{entity_id:path}")
def impact_page(request: Request, ready: Ready, entity_id: str, *, planned: Planned = False) -> Response:
    """Who is affected when the entity changes or fails."""
    return _reach_page(request, ready, entity_id, question=Question(Direction.IN, None, planned, REACHED))


@router.get("/depends/{entity_id:path}")
def depends_page(request: Request, ready: Ready, entity_id: str, *, planned: Planned = False) -> Response:
    """What the entity stands on."""
    return _reach_page(request, ready, entity_id, question=Question(Direction.OUT, None, planned, REACHED))


def _reach_page(request: Request, ready: Ready, entity_id: str, *, question: Question) -> Response:
    moved = moved_path(ready.reader, entity_id, request=request)
    if moved:
        return moved
    found = dependencies(
        ready.reader, EntityId(entity_id), snapshot=ready.snapshot(), question=question
    ).to_json()
    return page(
        request,
        "reach.html",
        found=found,
        name_of=_names(ready.reader, found),
        affected=question.direction is Direction.IN,
        planned=question.planned,
    )


def _names(reader: GraphReader, found: dict[str, Any]) -> dict[str, str]:
    steps = [step for item in found["items"] for step in item["path"]]
    ids = {EntityId(step[end]) for step in steps for end in ("source", "target")}
    return {str(one): entity.name for one, entity in reader.get(sorted(ids)).items()}


def _ends(shown: Shown, relation_type: str) -> list[Entity]:
    """The other ends of the relations of this type that point here."""
    return [
        link.other
        for link in shown.links
        if link.relation.type == relation_type and link.direction is Direction.IN and link.other
    ]


def _values(entity: Entity) -> list[tuple[str, Row]]:
    """Label, value and sources of each property, in the order of the ontology."""
    declared = list(load_ontology().entity_types[entity.type].properties)
    names = sorted(
        entity.properties, key=lambda n: (declared.index(n) if n in declared else len(declared), n)
    )
    return [(_label(entity.type, name), _value(entity, name)) for name in names]


def _label(entity_type: str, name: str) -> str:
    """The label of a property; money brings its own unit."""
    return property_label(entity_type, name).removesuffix("（元）")


def _value(entity: Entity, name: str) -> Row:
    return Row(_text(entity.type, name, value=entity.properties[name]), sayers(entity, name))


def _text(entity_type: str, name: str, *, value: Value) -> str:
    return yuan(float(str(value))) if is_money(entity_type, name) else value_text(value)


def _contradictions(shown: Shown) -> list[tuple[str, list[tuple[str, str]]]]:
    kind = shown.entity.type
    return [
        (_label(kind, one.name), [(_text(kind, one.name, value=v), doc) for v, doc in one.values])
        for one in shown.contradictions
    ]


def _groups(links: Iterable[Link]) -> list[Group]:
    """Relations by their label as read from this end; functions last, because they are many."""
    found: dict[str, list[Row]] = {}
    for link in links:
        if link.other is not None:
            said = citations(link.relation.claims)
            row = Row(link.other.name, said, link.other, modality_label(link.relation.modality))
            found.setdefault(relation_label(link), []).append(row)
    groups = [_group(label, rows) for label, rows in found.items()]
    return sorted(groups, key=lambda group: (group.label in LAST, len(group.rows), group.label))


def _group(label: str, rows: list[Row]) -> Group:
    units = all(row.entity and row.entity.type == "Organization" for row in rows)
    alike = len(rows) > SHORT and all(row.sources == rows[0].sources for row in rows)
    whole = label.replace("…", "下列单位" if units else "下列各项")
    return Group(whole, rows, rows[0].sources if alike else [])
