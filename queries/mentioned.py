"""What a thing that is only named may be, where nobody could tell for certain."""

from kg.model import Entity
from kg.registry import find_region, is_within, region
from kg.registry.relative import said_place
from kg.registry.shared_names import shared_name
from kg.store.base import GraphReader
from kg.store.mentioned import is_mention
from kg.store.references import name_key
from kg.store.surroundings import ASSETS, NOT_YET

RECALL = 50
SHOWN = 5


def may_mean(reader: GraphReader, asset: Entity) -> tuple[Entity, ...]:
    """The described systems and components whose name is that of a mention but for the place, best first.

    At most five, none of another place; empty for what is no mere mention.
    """
    if asset.type not in ASSETS or not is_mention(asset):
        return ()
    core = said_place(asset.name).core
    shared = shared_name(core)
    hits = reader.search(shared.stem if shared else core, limit=RECALL)
    read = reader.get([hit.id for hit in hits if hit.type in ASSETS and hit.id != asset.id])
    found = (read[hit.id] for hit in hits if hit.id in read)
    return tuple(one for one in found if _alike(one, core) and not _apart(one, asset))[:SHOWN]


def _alike(candidate: Entity, core: str) -> bool:
    described = not is_mention(candidate) and candidate.properties.get("status") != NOT_YET
    return described and name_key(said_place(candidate.name).core) == name_key(core)


def _apart(one: Entity, other: Entity) -> bool:
    """Whether two places are known of which neither holds the other."""
    a, b = _place(one), _place(other)
    return bool(a and b) and not is_within(a, b) and not is_within(b, a)


def _place(asset: Entity) -> str:
    said = said_place(asset.name).code
    stated = str(asset.properties.get("region", ""))
    known = region(stated) if stated.isdigit() else find_region(stated)
    return said or (known.code if known else "")
