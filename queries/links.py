"""The relations of one entity, page by page: a hub has thousands."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, TypeAlias

from kg.errors import NotFoundError, ValidationError
from kg.model import Direction, EntityId, Relation
from kg.store.base import GraphReader
from queries.entity import Link

Key: TypeAlias = tuple[int, str, str, str]
"""Outgoing before incoming, then source, type and target."""


@dataclass(frozen=True, slots=True)
class LinkPage:
    """Relations seen from an entity; `next` is the cursor of the following page, None on the last."""

    items: tuple[Link, ...]
    next: str | None

    def to_json(self) -> dict[str, Any]:
        """The page as the API answers it."""
        return {"items": [link.to_json() for link in self.items], "next": self.next}


def links(reader: GraphReader, entity_id: EntityId, *, limit: int, cursor: str | None = None) -> LinkPage:
    """One page of relations with evidence.

    Raises:
        NotFoundError: no entity has this id.
        ValidationError: the cursor is of another making.
    """
    if entity_id not in reader.get([entity_id]):
        raise NotFoundError(f"知识库中没有 ID 为「{entity_id}」的条目")
    after = _key(cursor) if cursor else None
    sides = [
        (direction, relation)
        for direction in (Direction.OUT, Direction.IN)
        for relation in reader.relations([entity_id], direction=direction)
        if (direction is Direction.OUT or relation.source != relation.target)
        and (after is None or _place(direction, relation) > after)
    ]
    shown = sides[:limit]
    found = reader.get(sorted({_other(*side) for side in shown}))
    items = tuple(Link(relation, way, found.get(_other(way, relation))) for way, relation in shown)
    return LinkPage(items, _cursor(*shown[-1]) if len(sides) > limit else None)


def _other(direction: Direction, relation: Relation) -> EntityId:
    return relation.target if direction is Direction.OUT else relation.source


def _place(direction: Direction, relation: Relation) -> Key:
    return (int(direction is Direction.IN), *relation.key)


def _cursor(direction: Direction, relation: Relation) -> str:
    text = json.dumps(_place(direction, relation), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode()


def _key(cursor: str) -> Key:
    try:
        way, source, kind, target = json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
        return int(way), str(source), str(kind), str(target)
    except (binascii.Error, ValueError, TypeError) as error:
        raise ValidationError("翻页标记无效，请从第一页重新查询") from error
