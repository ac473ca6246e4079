"""A project of the graph as the proposal it once was: with the functions of the systems it would deliver."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from kg.matching.description import Item
from kg.matching.proposal import Proposal
from kg.model import EntityId
from queries.estate import Estate, Member


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
