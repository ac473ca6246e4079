"""Which shared abilities a system offers without a source saying so: it bears the name of one."""

import re

from kg.identity import capability_id
from kg.model import Entity, EntityId
from kg.registry.named_components import component_by_name
from kg.registry.relative import said_place
from kg.registry.shared_names import shared_name
from kg.store.mentioned import is_mention
from kg.store.ranking import aliases_of
from kg.store.surroundings import NOT_YET

_UNLISTED = re.compile(r"[\u4e00-\u9fff]{2,4}?[省市州县区](?=[\u4e00-\u9fff]{4})")


def offers_by_name(asset: Entity, *, reused: bool) -> frozenset[EntityId]:
    """The capabilities that the names of a described system or component promise; empty for mere mentions.

    A name promises an ability when it is the ability's own and says that the thing is for all (统一, 公共,
    a place), or when somebody names it as `reused`. Functions alone promise nothing: business systems have
    logins and messages of their own. What is only applied for offers nothing yet.
    """
    if asset.properties.get("status") == NOT_YET or is_mention(asset):
        return frozenset()
    names = (asset.name, *aliases_of(asset.properties.get("aliases")))
    keys = {key for name in names if (key := _promised(name, reused=reused)) is not None}
    return frozenset(capability_id(key, registered=True) for key in keys)


def _promised(name: str, *, reused: bool) -> str | None:
    if (known := component_by_name(name)) is not None:
        return known.ability
    said = said_place(name)
    # A place that no list of divisions has still says that the thing is that place's.
    unlisted = None if said.code or said.sign else _UNLISTED.match(name)
    found = shared_name(name[unlisted.end() :] if unlisted else said.core)
    placed = bool(said.code or said.sign or unlisted)
    shared = found is not None and (reused or found.for_all or placed)
    return found.ability if found and shared else None
