"""What a person means by an id or a name."""

from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.model import EntityId
from kg.store.base import GraphReader

NEAREST = 3
"""Names offered to somebody whose own is not there."""
RECALL = 20
SHORTEST = 2
"""Characters; a single one stands in most names."""


@dataclass(frozen=True, slots=True)
class Meant:
    """The entity meant, and the others of that name, by id."""

    id: EntityId
    others: tuple[EntityId, ...] = ()


def meant(reader: GraphReader, text: str) -> Meant:
    """The entity with this id, else with this name, else with this alias; of several the first by id.

    Raises:
        NotFoundError: nothing in the graph is called so; the nearest names are offered.
    """
    known = reader.get([EntityId(text)]).get(EntityId(text))
    if known is not None:
        return Meant(known.id)
    first, *others = reader.named(text) or [EntityId("")]
    if not first:
        near = nearest_names(reader, text)
        offered = f"，名称相近的有：{'、'.join(near)}" if near else ""
        raise NotFoundError(f"知识库中没有 ID 或名称为「{text}」的条目{offered}")
    return Meant(first, tuple(others))


def nearest_names(reader: GraphReader, text: str, *, limit: int = NEAREST) -> tuple[str, ...]:
    """Names, best first, that hold the text, else the longest piece at its beginning or end that any holds.

    Names of functions are left out. Empty when nothing holds half of it.
    """
    plain = "".join(text.split())
    for length in range(len(plain), max(SHORTEST, (len(plain) + 1) // 2) - 1, -1):
        for piece in dict.fromkeys((plain[:length], plain[-length:])):
            hits = reader.search(piece, limit=RECALL)
            names = dict.fromkeys(hit.name for hit in hits if hit.type != "Function")
            if names:
                return tuple(names)[:limit]
    return ()
