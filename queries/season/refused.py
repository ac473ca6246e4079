"""Projects of the ledger that were refused, with the functions of the systems they would have delivered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kg.matching.description import Item
from kg.matching.proposal import Proposal
from kg.model import EntityId
from kg.store.base import GraphReader
from queries.estate import Estate, Member
from queries.policy.season import SeasonRules
from queries.season.submission import Submission


def refused_projects(estate: Estate, reader: GraphReader, rules: SeasonRules) -> list[Submission]:
    """Refused projects in the order of their ids."""
    refused = [member for member in estate.of_type("Project") if member.stage in rules.refused_stages]
    delivered = _delivered([member.id for member in refused], reader)
    return [
        _submission(member, [estate.members[i] for i in delivered.get(member.id, ())]) for member in refused
    ]


def _delivered(projects: Sequence[EntityId], reader: GraphReader) -> Mapping[EntityId, list[EntityId]]:
    found: dict[EntityId, list[EntityId]] = {}
    for relation in reader.relations(projects, types=("DELIVERS",)) if projects else ():
        found.setdefault(relation.source, []).append(relation.target)
    return {project: sorted(set(systems)) for project, systems in found.items()}


def _submission(project: Member, systems: Sequence[Member]) -> Submission:
    items = (*project.description.items, *(item for system in systems for item in system.description.items))
    unique = tuple(dict.fromkeys(Item(item.text, item.path, item.amount) for item in items))
    budget = project.properties.get("budget")
    described = replace(project.description, items=unique)
    proposal = Proposal(described, "", "", budget=Decimal(str(budget)) if budget is not None else None)
    return Submission("", proposal, id=project.id, stage=project.stage or "")
