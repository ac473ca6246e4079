"""The earlier version of a proposal in the graph: no candidate, but what has changed since is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.matching.encoder.onnx import prepared
from kg.matching.names import core
from kg.matching.proposal import Proposal
from kg.model import Direction, Entity, EntityId
from kg.store.base import GraphReader
from kg.text import fold
from queries.check.changes import Changes, changes
from queries.check.context import CheckContext
from queries.check.filed import filed_proposal
from queries.estate import Member
from queries.estate.delivering import delivered_by
from queries.policy.season import season_rules, without_versions

FILED = frozenset({"申报", "拟建"})
"""Stages of a project of which nobody has decided yet."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A project that is this very application; `own` are it and the systems it would deliver.

    `verdict` is how it was decided, None when nobody has; `changes` is None where it lists no functions.
    """

    id: EntityId
    name: str
    stage: str
    verdict: str | None
    file: str
    said_on: str
    same_file: bool
    changes: Changes | None
    own: frozenset[EntityId]

    def to_json(self) -> dict[str, Any]:
        """The earlier version as tools outside read it."""
        return {
            "id": self.id,
            "name": self.name,
            "stage": self.stage,
            "verdict": self.verdict,
            "file": self.file,
            "said_on": self.said_on,
            "same_file": self.same_file,
            "changes": self.changes.to_json() if self.changes else None,
        }


def earlier_version(proposal: Proposal, context: CheckContext, reader: GraphReader) -> Earlier | None:
    """The undecided or refused project of the same unit, name core and period; None when there is none.

    Of several the one read from the same file, else the one of the same name, else the first by id. A project
    that was approved is no earlier version: to apply for it again is to build it twice.
    """
    alike = [member for member in context.estate.of_type("Project") if _may_be(proposal, member)]
    if not alike:
        return None
    read = reader.get([member.id for member in alike])
    name = fold(proposal.description.name)

    def rank(member: Member) -> tuple[bool, bool, EntityId]:
        return not _of_same_file(proposal, read.get(member.id)), fold(member.name) != name, member.id

    chosen = min(alike, key=rank)
    delivered = delivered_by([member.id for member in alike], reader)
    own = {i for member in alike for i in (member.id, *delivered.get(member.id, ()))}
    return _earlier(proposal, chosen, read.get(chosen.id), context=context, reader=reader, own=frozenset(own))


def _earlier(
    proposal: Proposal,
    chosen: Member,
    entity: Entity | None,
    *,
    context: CheckContext,
    reader: GraphReader,
    own: frozenset[EntityId],
) -> Earlier:
    systems = sorted(own - {chosen.id})
    before = filed_proposal(chosen, systems, context.estate)
    claims = sorted(entity.claims, key=lambda c: (c.said_on, c.document)) if entity else []
    return Earlier(
        id=chosen.id,
        name=chosen.name,
        stage=chosen.stage or "",
        verdict=_decided(chosen, reader),
        file=claims[-1].document if claims else "",
        said_on=claims[-1].said_on if claims else "",
        same_file=_of_same_file(proposal, entity),
        changes=changes(before, proposal) if before.description.items else None,
        own=own,
    )


def _may_be(proposal: Proposal, member: Member) -> bool:
    if member.stage not in FILED | season_rules().refused_stages:
        return False
    told, other = proposal.description, member.description
    if not told.department or prepared(told.department) != prepared(other.department):
        return False
    same_name = fold(told.name) == fold(other.name)
    same_core = core(without_versions(told.name)) == core(without_versions(other.name))
    years, then = set(filter(None, told.period.split("/"))), set(filter(None, other.period.split("/")))
    return same_name if not years or not then else same_core and bool(years & then)


def _of_same_file(proposal: Proposal, entity: Entity | None) -> bool:
    claims = entity.claims if entity else ()
    return bool(proposal.sha256) and any(claim.sha256 == proposal.sha256 for claim in claims)


def _decided(project: Member, reader: GraphReader) -> str | None:
    """What its last review concluded, else that it was refused; None when it was not decided."""
    reviews = [r.source for r in reader.relations([project.id], types=("REVIEWS",), direction=Direction.IN)]
    told = _verdicts(reader.get(reviews)) if reviews else []
    refused = project.stage if project.stage in season_rules().refused_stages else None
    return told[-1] if told else refused


def _verdicts(reviews: Mapping[EntityId, Entity]) -> Sequence[str]:
    ordered = sorted(reviews.values(), key=lambda r: (str(r.properties.get("reviewed_on", "")), r.id))
    return [str(one.properties["verdict"]) for one in ordered if one.properties.get("verdict")]
