"""Finds entities by what they are called, page by page."""

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from kg.errors import ValidationError
from kg.ontology import load_ontology
from kg.store.base import GraphReader, Hit


@dataclass(frozen=True, slots=True)
class Page:
    """Hits, best first; `next` is the cursor of the following page, None on the last."""

    items: tuple[Hit, ...]
    next: str | None

    def to_json(self) -> dict[str, Any]:
        """The page as `kg search --json` prints it."""
        items = [
            {"id": hit.id, "type": hit.type, "name": hit.name, "score": round(hit.score, 4)}
            for hit in self.items
        ]
        return {"items": items, "next": self.next}


def search(
    reader: GraphReader,
    text: str,
    *,
    entity_type: str | None = None,
    limit: int = 10,
    cursor: str | None = None,
) -> Page:
    """One page of what `text` finds.

    Raises:
        ValidationError: the ontology has no such type, or the cursor is of another making.
    """
    known = load_ontology().entity_types
    if entity_type is not None and entity_type not in known:
        raise ValidationError(f"没有类型「{entity_type}」；可选：{'、'.join(sorted(known))}")
    offset = _offset(cursor)
    found = reader.search(text, entity_type=entity_type, limit=limit + 1, offset=offset)
    more = len(found) > limit
    return Page(tuple(found[:limit]), _cursor(offset + limit) if more else None)


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(str(offset).encode()).decode()


def _offset(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        offset = int(base64.b64decode(cursor, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise ValidationError("翻页标记无效，请从第一页重新查询") from error
    if not 0 <= offset < 1 << 31:
        raise ValidationError("翻页标记无效，请从第一页重新查询")
    return offset
