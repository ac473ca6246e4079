"""A project of the graph as the proposal it once was: with the functions of the systems it would deliver."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from kg.matching.description import Item
from kg.matching.proposal import Proposal
from kg.model import EntityId
from kg.store.base import GraphReader
from queries.estate import Estate, Member


def delivered_by(projects: Collection[EntityId], reader: GraphReader) -> Mapping[EntityId, list[EntityId]]:
    """Which systems each project delivers or would deliver, in the order of their ids."""
    found: dict[EntityId, set[EntityId]] = {}
    for relation in reader.relations(projects, types=("DELIVERS",)) if projects else ():
        found.setdefault(relation.source, set()).add(relation.target)
    return {project: sorted(systems) for project, systems in found.items()}


def filed_proposal(project: Member, systems: Collection[EntityId], estate: Estate) -> Proposal:
    """What the graph holds of the proposal behind a project."""
    own = [project, *(estate.members[i] for i in systems if i in estate.members)]
    items = (Item(i.text, i.path, i.amount) for member in own for i in member.description.items)
    budget = project.properties.get("budget")
    return Proposal(
        replace(project.description, items=tuple(dict.fromkeys(items))),
        "",
        "",
        budget=Decimal(str(budget)) if budget is not None else None,
    )
