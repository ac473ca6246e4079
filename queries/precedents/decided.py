"""Projects of the ledger that were approved or refused, by their stage, else by their last review."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.model import Entity, EntityId
from kg.store.base import GraphReader
from kg.text import fold
from queries.estate import Estate, Member
from queries.policy import load_policy
from queries.policy.precedents import precedent_rules
from queries.policy.season import season_rules


class Outcome(StrEnum):
    """How a project was decided."""

    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided project. `decision` is its last review's conclusion, else its stage.

    `review` is the review that says so, None where only the stage tells; `decided_on` is the ISO date and
    `opinion` the words of that review, None where not told.
    """

    project: Member
    outcome: Outcome
    decision: str
    decided_on: str | None = None
    opinion: str | None = None
    review: EntityId | None = None


def decided_projects(estate: Estate, reader: GraphReader) -> list[Decided]:
    """All decided projects in the order of their ids; those nobody has decided are left out."""
    reviews = _last_reviews(reader)
    found = (_decided(member, reviews.get(member.id)) for member in estate.of_type("Project"))
    return [one for one in found if one is not None]


def outcome_of(verdict: str) -> Outcome | None:
    """What the words of a review come to; None where they decide nothing."""
    rules, said = precedent_rules(), fold(verdict)
    if any(word in said for word in rules.refused):
        return Outcome.REFUSED
    return Outcome.APPROVED if any(word in said for word in rules.approved) else None


def _decided(member: Member, review: Entity | None) -> Decided | None:
    """The stage decides, being told later than a review; a review that says otherwise is not quoted."""
    verdict = str(review.properties["verdict"]) if review else ""
    outcome = _of_stage(member.stage) or outcome_of(verdict)
    if outcome is None:
        return None
    if review is None or outcome_of(verdict) is not outcome:
        return Decided(member, outcome, member.stage or "")
    told = review.properties
    return Decided(
        member,
        outcome,
        verdict,
        decided_on=str(told["reviewed_on"]) if told.get("reviewed_on") else None,
        opinion=str(told["description"]) if told.get("description") else None,
        review=review.id,
    )


def _of_stage(stage: str | None) -> Outcome | None:
    if stage in season_rules().refused_stages:
        return Outcome.REFUSED
    return Outcome.APPROVED if load_policy().is_built("Project", stage) else None


def _last_reviews(reader: GraphReader) -> dict[EntityId, Entity]:
    """The last review with a conclusion of each project, by date, then id."""
    pairs = [(r.target, r.source) for r in reader.relations(types=("REVIEWS",))]
    read = reader.get([review for _, review in pairs]) if pairs else {}
    concluded = [
        (project, read[review])
        for project, review in pairs
        if review in read and read[review].properties.get("verdict")
    ]
    return _newest(concluded)


def _newest(reviews: Iterable[tuple[EntityId, Entity]]) -> dict[EntityId, Entity]:
    ordered = sorted(reviews, key=lambda one: (str(one[1].properties.get("reviewed_on", "")), one[1].id))
    return dict(ordered)
