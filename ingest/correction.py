"""Correcting a value: what a reviewer writes becomes a value of the ontology and a claim that wins."""

from dataclasses import dataclass
from typing import Any

from ingest.sources.values import read_value
from ingest.sources.wording import how_to_write
from kg.errors import NotFoundError, ValidationError
from kg.model import Entity, EntityId, Value
from kg.ontology import EntityType, PropertyType, load_ontology
from kg.ontology.values import problem_of
from kg.store.base import GraphStore
from kg.store.canonical import CanonicalReader
from kg.store.corrections import NAME, Correction, write_correction
from kg.store.mentioned import is_mention


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reviewer asks for: this text in `property_name` of the entity; who, why, on which ISO date."""

    entity: EntityId
    property_name: str
    text: str
    by: str
    because: str
    said_on: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction that was written. `shown` is the whole before, `member` where it stands."""

    id: str
    asked: EntityId
    shown: Entity
    member: EntityId
    made: Correction

    def to_json(self) -> dict[str, Any]:
        """The document of `kg correct --json` and of POST /corrections."""
        return {
            "id": self.id,
            "entity": self.shown.id,
            "asked": self.asked,
            "property": self.made.property_name,
            "before": _plain(_shown(self.shown, self.made.property_name)),
            "value": _plain(self.made.value),
            "by": self.made.by,
            "because": self.made.because,
            "said_on": self.made.said_on,
        }


def correct(store: GraphStore, wanted: Wanted) -> Corrected:
    """Writes a correction; the id of a merged member is understood as that of the whole.

    Raises:
        NotFoundError: the entity is not in the graph.
        ValidationError: its type has no such property, or the text is no value of it; told what is.
    """
    reader = CanonicalReader(store, load_ontology())
    shown = reader.get([wanted.entity]).get(wanted.entity)
    if shown is None:
        raise NotFoundError(f"图谱中没有 {wanted.entity}")
    value = _value(shown.type, wanted.property_name, wanted.text.strip())
    member = _member(store, reader.clusters.members.get(shown.id, (shown.id,)), shown)
    made = Correction(member, wanted.property_name, value, wanted.by, wanted.because, wanted.said_on)
    write_correction(store, made)
    return Corrected(made.id, wanted.entity, shown, member.id, made)


def _value(kind: str, name: str, text: str) -> Value:
    if not text:
        raise ValidationError("更正后的值为空；要撤销以前的更正请用 kg judge --withdraw")
    if name == NAME:
        return text
    known = load_ontology().entity_types[kind]
    declared = known.properties.get(name)
    if declared is None:
        raise ValidationError(f"{known.label.zh}没有属性 {name}；可更正的有：{_allowed(known)}")
    try:
        value = read_value(declared, text)
    except ValidationError as error:
        raise ValidationError(_refusal(declared, str(error))) from error
    if problem := problem_of(declared.kind, value):
        raise ValidationError(_refusal(declared, problem))
    return value


def _refusal(declared: PropertyType, problem: str) -> str:
    return f"{declared.label.zh}（{declared.name}）{problem}；{how_to_write(declared)}".rstrip("；")


def _allowed(known: EntityType) -> str:
    told = [f"{NAME} 名称", *(f"{name} {one.label.zh}" for name, one in known.properties.items())]
    return "、".join(told)


def _member(store: GraphStore, members: tuple[EntityId, ...], shown: Entity) -> Entity:
    """Where a correction of a merged whole stands: at the first member that is described, not only named."""
    read = store.get(members)
    whole = [read[one] for one in members if one in read]
    described = [one for one in whole if not is_mention(one)] or whole
    return next((one for one in described if one.type == shown.type), described[0])


def _shown(entity: Entity, name: str) -> Value | None:
    return entity.name if name == NAME else entity.properties.get(name)


def _plain(value: Value | None) -> Any:
    """As JSON has it; money is a number of yuan."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return list(value) if isinstance(value, tuple) else float(value)
