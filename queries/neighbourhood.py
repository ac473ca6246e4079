"""The part of the graph worth drawing: around one entity, of one department, or the most connected things."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.model import Direction, Entity, EntityId, Relation
from kg.snapshot import Snapshot, steps
from kg.store.base import GraphReader

DRAWN = (
    "OWNS",
    "OPERATES",
    "SUPPLIES",
    "USES_SYSTEM",
    "DELIVERS",
    "OFFERS",
    "REUSES",
    "DEPENDS_ON",
    "PART_OF",
    "DERIVED_FROM",
    "SUCCEEDS",
)
"""Relations between things that people name; functions and places would tie everything to everything."""
NODES = 300
"""Beyond this many nodes nobody reads a drawing, and browsers without a graphics card stop following."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Entities nearest first and the relations among them; `total` counts the entities left out, too."""

    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    total: int


def around(
    reader: GraphReader, roots: Sequence[EntityId], *, snapshot: Snapshot, depth: int, limit: int = NODES
) -> Drawing:
    """What lies within `depth` relations of the roots, in either direction."""
    reached = snapshot.reach(roots, steps(DRAWN, Direction.BOTH), depth=depth)
    near = reached.entity_ids(limit=max(limit - len(roots), 0))
    return _drawing(reader, [*roots[:limit], *near], total=len(roots) + len(reached))


def of_department(
    reader: GraphReader, department: EntityId, *, snapshot: Snapshot, depth: int, limit: int = NODES
) -> Drawing:
    """A department's own systems, components and projects, and what lies within `depth` of them."""
    owned = [one.target for one in reader.relations([department], types=("OWNS",))]
    return around(reader, [department, *owned], snapshot=snapshot, depth=depth, limit=limit)


def most_connected(reader: GraphReader, *, limit: int = NODES) -> Drawing:
    """The entities with most relations, ties by id."""
    degrees = Counter(end for one in reader.relations(types=DRAWN) for end in (one.source, one.target))
    ranked = sorted(degrees, key=lambda one: (-degrees[one], one))
    return _drawing(reader, ranked[:limit], total=len(ranked))


def _drawing(reader: GraphReader, ids: Sequence[EntityId], *, total: int) -> Drawing:
    found = reader.get(ids)
    shown: Collection[EntityId] = set(found)
    among = [one for one in reader.relations(sorted(shown), types=DRAWN) if one.target in shown]
    return Drawing(tuple(found[one] for one in ids if one in found), tuple(among), total)
