"""What a person means by an id or a name."""

from dataclasses import dataclass

from kg.errors import NotFoundError
from kg.model import EntityId
from kg.store.base import GraphReader


@dataclass(frozen=True, slots=True)
class Meant:
    """The entity meant, and the others of that name, by id."""

    id: EntityId
    others: tuple[EntityId, ...] = ()


def meant(reader: GraphReader, text: str) -> Meant:
    """The entity with this id, else with this name, else with this alias; of several the first by id.

    Raises:
        NotFoundError: nothing in the graph is called so.
    """
    known = reader.get([EntityId(text)]).get(EntityId(text))
    if known is not None:
        return Meant(known.id)
    first, *others = reader.named(text) or [EntityId("")]
    if not first:
        raise NotFoundError(f"知识库中没有 ID 或名称为「{text}」的条目")
    return Meant(first, tuple(others))
