"""What an entity is shown as: a capability with the functions and systems that are grouped under it."""

from typing import Any

from api.graph import View
from kg.model import EntityId
from kg.store.base import GraphReader
from kg.store.capability_judgements import CAPABILITY
from queries.capabilities import Capability, WithCapabilities
from queries.entity import Shown, show
from queries.naming import Meant, meant

PREFIX = CAPABILITY.lower()


def asked_entity(view: View, text: str) -> tuple[Shown, dict[str, Any]]:
    """The entity of this id or name as it is shown and as it is told. Raises: NotFoundError."""
    one = capability_of(view, EntityId(text))
    found = Meant(one.id) if one else meant(view.reader, text)
    shown = shown_entity(view, found.id, others=found.others)
    return shown, entity_document(view, shown)


def shown_entity(view: View, identity: EntityId, *, others: tuple[EntityId, ...] = ()) -> Shown:
    """What is said of an entity, and of a capability what is grouped. Raises: NotFoundError."""
    return show(_seen(view, identity), identity, others=others)


def entity_document(view: View, shown: Shown) -> dict[str, Any]:
    """The entity as `kg show --json` and GET /entities tell it; a capability with its systems."""
    found = capability_of(view, shown.entity.id)
    more = {"capability": view.capabilities().to_json(found)} if found else {}
    return shown.to_json() | more


def capability_of(view: View, identity: EntityId) -> Capability | None:
    """The capability of this id; None for every other entity, which costs nothing."""
    return view.capabilities().find(identity) if _may_be(view, identity) else None


def exported(view: View, *, include_derived: bool) -> GraphReader:
    """The graph as it is exported, nothing merged; with what is derived also the capabilities."""
    return WithCapabilities(view.stored, view.capabilities()) if include_derived else view.stored


def _seen(view: View, identity: EntityId) -> GraphReader:
    if not _may_be(view, identity):
        return view.reader
    return WithCapabilities(view.reader, view.capabilities())


def _may_be(view: View, identity: EntityId) -> bool:
    """Whether it may be a capability: by the form of its id, or because the graph says so."""
    if identity.startswith((f"{PREFIX}:", f"{PREFIX}-")):
        return True
    known = view.reader.get([identity]).get(identity)
    return known is not None and known.type == CAPABILITY
