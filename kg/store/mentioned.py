"""Tells what is only named by somebody from what somebody describes."""

from kg.identity import asset_id, region_id
from kg.model import Entity
from kg.registry import find_region, region

SAID_OF_MENTIONS = frozenset({"region"})
"""All that a source says of a thing it only names: from where the name is said."""


def is_mention(asset: Entity) -> bool:
    """Whether a system or component is only named: its id is made of its name, nothing else is said of it.

    An id that was given, or made with an owner or a code, is no mention's.
    """
    if not set(asset.properties) <= SAID_OF_MENTIONS:
        return False
    said = str(asset.properties.get("region", ""))
    place = region(said) if said.isdigit() else find_region(said)
    scopes = ("", region_id(place.code)) if place else ("",)
    return any(asset.id == asset_id(asset.name, owner=scope) for scope in scopes)
