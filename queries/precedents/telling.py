"""What is told of precedents: both texts, how the older one was decided, and where that is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Claim, Entity, EntityId
from kg.store.base import GraphReader
from queries.places import claimed_place
from queries.precedents.decided import Decided, Outcome


@dataclass(frozen=True, slots=True)
class Precedent:
    """A function of a decided project (`text`) like the one proposed; `score` 0..1 is their likeness.

    `source` is the claim that tells the decision, None where it is not known.
    """

    decided: Decided
    proposed: str
    text: str
    score: float
    source: Claim | None = None

    def to_json(self) -> dict[str, Any]:
        one = self.decided
        return {
            "project": {"id": one.project.id, "name": one.project.name},
            "department": one.project.department,
            "proposed": self.proposed,
            "text": self.text,
            "score": self.score,
            "stage": one.project.stage,
            "outcome": one.outcome.value,
            "decision": one.decision,
            "decided_on": one.decided_on,
            "opinion": one.opinion,
            "source": _cited(self.source) if self.source else None,
        }


@dataclass(frozen=True, slots=True)
class ModulePrecedents:
    """A module of the proposal and its precedents, nearest first."""

    module: str
    precedents: tuple[Precedent, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "module": self.module,
            "function": self.precedents[0].proposed,
            "precedents": [one.to_json() for one in self.precedents],
        }


@dataclass(frozen=True, slots=True)
class Unlike:
    """A module the like of which was approved here and refused there."""

    module: str
    approved: tuple[Precedent, ...]
    refused: tuple[Precedent, ...]

    def to_json(self) -> dict[str, Any]:
        first = min(self.approved[0], self.refused[0], key=lambda one: -one.score)
        return {
            "module": self.module,
            "function": first.proposed,
            "approved": [one.to_json() for one in self.approved],
            "refused": [one.to_json() for one in self.refused],
        }


@dataclass(frozen=True, slots=True)
class Found:
    """Precedents of all modules; `decided` projects were compared with, so many of them were like."""

    modules: tuple[ModulePrecedents, ...] = ()
    unlike: tuple[Unlike, ...] = ()
    decided: int = 0
    approved: int = 0
    refused: int = 0

    def counts(self) -> dict[str, int]:
        """How many modules have precedents, projects decided so or so, and modules with unlike decisions."""
        return {
            "modules": len(self.modules),
            "approved": self.approved,
            "refused": self.refused,
            "unlike": len(self.unlike),
            "decided": self.decided,
        }


def sources(decided: Sequence[Decided], reader: GraphReader) -> dict[EntityId, Claim]:
    """By project the claim that tells its decision: the review's, else the one that gives the stage."""
    asked = {one.project.id: one.review or one.project.id for one in decided}
    read = reader.get(sorted(set(asked.values()))) if asked else {}
    found = {one.project.id: _claim(read.get(asked[one.project.id]), one) for one in decided}
    return {project: claim for project, claim in found.items() if claim is not None}


def _claim(entity: Entity | None, decided: Decided) -> Claim | None:
    claims = sorted(entity.claims, key=lambda c: (c.document, claimed_place(c))) if entity else []
    key, value = ("verdict", decided.decision) if decided.review else ("stage", decided.project.stage)
    saying = [claim for claim in claims if claim.properties.get(key) == value]
    return next(iter(saying or claims), None)


def _cited(claim: Claim) -> dict[str, Any]:
    return {"source": claim.source, "document": claim.document, "place": claimed_place(claim)}


def count(decided: Sequence[Decided], outcome: Outcome) -> int:
    """How many were decided so."""
    return sum(one.outcome is outcome for one in decided)
