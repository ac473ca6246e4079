"""Chooses among the overlaps of an estate: by kind, score, department, ability and money."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kg.errors import NotFoundError
from kg.model import EntityId
from kg.store.base import GraphReader
from queries.capabilities import Capability
from queries.estate import Member
from queries.naming import meant
from queries.overlap import Overlap


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; None asks for nothing.

    `department` is an id: one side belongs to it. Of a capability one side is among those that offer it, or
    both are among those that have it.
    `money` in yuan is the least that the cheaper side, which could be saved, has cost; sides without an
    amount do not count.
    """

    kind: str | None = None
    min_score: float | None = None
    department: EntityId | None = None
    capability: Capability | None = None
    money: Decimal | None = None


def chosen(found: Iterable[Overlap], asked: Filter) -> list[Overlap]:
    """Those that are asked for, in their order."""
    return [overlap for overlap in found if _is_asked(overlap, asked)]


def named_department(reader: GraphReader, text: str) -> EntityId:
    """The organization of this id or name. Raises: NotFoundError."""
    return _of_type(reader, text, "Organization", called="单位")


def cost(member: Member) -> Decimal | None:
    """What the system has cost in yuan; None when not said."""
    said = member.properties.get("budget")
    try:
        return Decimal(str(said)) if said is not None else None
    except InvalidOperation:
        return None


def at_stake(overlap: Overlap) -> Decimal | None:
    """What the cheaper of both has cost in yuan; None when neither says."""
    return min((one for one in (cost(overlap.a), cost(overlap.b)) if one is not None), default=None)


def _is_asked(overlap: Overlap, asked: Filter) -> bool:
    if asked.kind is not None and overlap.kind != asked.kind:
        return False
    if asked.min_score is not None and overlap.score < asked.min_score:
        return False
    sides = (overlap.a, overlap.b)
    if asked.department is not None and all(side.owner != asked.department for side in sides):
        return False
    if asked.capability is not None and not _meets(sides, asked.capability):
        return False
    return asked.money is None or (at_stake(overlap) or Decimal(-1)) >= asked.money


def _meets(sides: tuple[Member, Member], capability: Capability) -> bool:
    """Whether both build it, or one offers what the other could use."""
    offering, holding = set(capability.offered_by), set(capability.holders)
    return any(side.id in offering for side in sides) or all(side.id in holding for side in sides)


def _of_type(reader: GraphReader, text: str, entity_type: str, *, called: str) -> EntityId:
    """Of several things of that name the one of this type."""
    found = meant(reader, text)
    known = reader.get([found.id, *found.others])
    for ident in (found.id, *found.others):
        if ident in known and known[ident].type == entity_type:
            return ident
    raise NotFoundError(f"「{text}」不是{called}")
