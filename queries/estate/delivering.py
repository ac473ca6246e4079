"""Which systems the projects of the estate deliver."""

from collections.abc import Collection, Mapping

from kg.model import EntityId
from kg.store.base import GraphReader


def delivered_by(projects: Collection[EntityId], reader: GraphReader) -> Mapping[EntityId, list[EntityId]]:
    """Which systems each project delivers or would deliver, in the order of their ids."""
    found: dict[EntityId, set[EntityId]] = {}
    for relation in reader.relations(projects, types=("DELIVERS",)) if projects else ():
        found.setdefault(relation.source, set()).add(relation.target)
    return {project: sorted(systems) for project, systems in found.items()}
