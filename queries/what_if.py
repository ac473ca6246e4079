"""What happens if a system is retired or replaced: who must be told, what the replacement does not do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import ValidationError
from kg.matching.alignment import align
from kg.matching.encoder.port import Encoder
from kg.model import Direction, Entity, EntityId
from kg.store.base import GraphReader
from queries.dependencies import Dependencies, Reached

ASSETS = ("System", "Component")
NAMED = 5
"""Systems named in a notice; the table lists all."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One department to be told: its contacts as its sheets name them, what of it is affected, the text."""

    department: str
    contacts: tuple[str, ...]
    affected: tuple[Reached, ...]
    text: str

    def to_json(self) -> dict[str, Any]:
        return {
            "department": self.department,
            "contacts": list(self.contacts),
            "systems": [
                {"id": one.entity.id, "name": one.entity.name, "hop": one.hop} for one in self.affected
            ],
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A function or ability that the replacement has not; `nearest` comes nearest, "" for nothing."""

    text: str
    nearest: str
    score: float

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "nearest": self.nearest, "score": self.score}


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What is affected, whom to tell, and of a replacement: what it lacks, and who stands on it already."""

    found: Dependencies
    replacement: Entity | None
    notices: tuple[Notice, ...]
    uncovered: tuple[Uncovered, ...]
    already: tuple[EntityId, ...]

    def to_json(self) -> dict[str, Any]:
        """The answer of impact, and the plan under `what_if`."""
        other = self.replacement
        plan = {
            "mode": "replace" if other else "retire",
            "replacement": {"id": other.id, "name": other.name, "type": other.type} if other else None,
            "notices": [notice.to_json() for notice in self.notices],
            "uncovered": [one.to_json() for one in self.uncovered],
            "already": list(self.already),
        }
        return self.found.to_json() | {"what_if": plan}


def what_if(
    reader: GraphReader, found: Dependencies, *, replacement: EntityId | None, encoder: Encoder
) -> WhatIf:
    """The plan to retire the root of `found`, or to put `replacement` in its place.

    Raises: ValidationError when one of the two is no system or component, or both are one.
    """
    other = _checked(reader, found.root, replacement) if replacement else None
    affected = [one for one in found.items if one.entity.type in ASSETS and other != one.entity]
    return WhatIf(
        found,
        other,
        _notices(reader, affected, root=found.root, other=other),
        _uncovered(reader, found.root.id, other.id, encoder=encoder) if other else (),
        _users(reader, other.id, {one.entity.id for one in affected}) if other else (),
    )


def _checked(reader: GraphReader, root: Entity, replacement: EntityId) -> Entity:
    other = reader.get([replacement])[replacement]
    if other.id == root.id:
        raise ValidationError(f"“{root.name}”不能由自身替代")
    for one in (root, other):
        if one.type not in ASSETS:
            raise ValidationError(f"“{one.name}”不是信息系统或组件，不能作替代方案")
    return other


def _notices(
    reader: GraphReader, affected: Sequence[Reached], *, root: Entity, other: Entity | None
) -> tuple[Notice, ...]:
    """One for each department by name, those not known last."""
    by_department: dict[str, list[Reached]] = defaultdict(list)
    for one in affected:
        by_department[one.department].append(one)
    contacts = _contacts(reader, by_department)
    return tuple(
        Notice(name, contacts[name], tuple(every), _text(name, every, root=root, other=other))
        for name, every in sorted(by_department.items(), key=lambda item: (not item[0], item[0]))
    )


def _contacts(
    reader: GraphReader, affected: Mapping[str, Iterable[Reached]]
) -> Mapping[str, tuple[str, ...]]:
    """Of each department its own contact, else those of the systems affected."""
    found = {}
    for name, every in affected.items():
        units = reader.get(reader.named(name)).values() if name else ()
        own = [unit for unit in units if unit.type == "Organization" and unit.properties.get("contact")]
        told = own or [one.entity for one in every]
        said = (str(one.properties["contact"]) for one in told if one.properties.get("contact"))
        found[name] = tuple(dict.fromkeys(said))
    return found


def _text(department: str, every: Sequence[Reached], *, root: Entity, other: Entity | None) -> str:
    change = f"拟由“{other.name}”替代" if other else "拟停用"
    names = "、".join(f"“{one.entity.name}”" for one in every[:NAMED])
    more = f"等 {len(every)} 个系统" if len(every) > NAMED else ""
    ask = "改接新系统的安排和时间" if other else "影响和替代安排"
    told = f"“{root.name}”{change}，你单位的{names}{more}依赖它，请反馈{ask}。"
    return f"{department or '（单位不明）'}：{told}"


def _uncovered(
    reader: GraphReader, root: EntityId, other: EntityId, *, encoder: Encoder
) -> tuple[Uncovered, ...]:
    """Functions of the root without a partner in the replacement, and abilities that only the root offers."""
    mine, theirs = (_names(reader, one, "PROVIDES") for one in (root, other))
    lacking = [
        Uncovered(mine[one.i], theirs[one.j] if one.j >= 0 else "", round(one.score, 4))
        for one in align(mine, theirs, encoder)
        if not one.same
    ]
    offered = set(_names(reader, other, "OFFERS"))
    abilities = [name for name in _names(reader, root, "OFFERS") if name not in offered]
    return (*lacking, *(Uncovered(name, "", 0.0) for name in abilities))


def _names(reader: GraphReader, asset: EntityId, kind: str) -> list[str]:
    targets = sorted({one.target for one in reader.relations([asset], types=(kind,))})
    known = reader.get(targets)
    return list(dict.fromkeys(known[one].name for one in targets if one in known))


def _users(reader: GraphReader, other: EntityId, affected: set[EntityId]) -> tuple[EntityId, ...]:
    """Those affected that stand on the replacement already."""
    using = reader.relations([other], types=("DEPENDS_ON", "REUSES"), direction=Direction.IN)
    return tuple(sorted({one.source for one in using} & affected))
