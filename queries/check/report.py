"""What a duplicate check answers: the decision paper as data."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from queries.precedents.telling import Found


class Verdict(StrEnum):
    """The four conclusions of practice, worst first."""

    REFUSE = "不予立项"
    CUT = "核减"
    CONDITIONAL = "有条件推进"
    PASS = "通过"


class Action(StrEnum):
    """What to do with a module."""

    DROP = "不建"
    REUSE = "复用"
    CONNECT = "接入"
    MERGE = "合并"
    KEEP = "保留"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the rule's id, its words filled in, and the document it rests on."""

    rule: str
    text: str
    source: str

    def to_json(self) -> dict[str, Any]:
        return {"rule": self.rule, "text": self.text, "source": self.source}


@dataclass(frozen=True, slots=True)
class FunctionPair:
    """One proposed function beside the existing one that does the same, in both wordings; score 0..1."""

    proposed: str
    existing: str
    existing_id: str
    kind: str
    score: float
    place: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "proposed": self.proposed,
            "existing": self.existing,
            "existing_id": self.existing_id,
            "kind": self.kind,
            "score": round(self.score, 4),
            "place": self.place,
        }


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a candidate's facts come from: the file and place of one claim, and how sure it is."""

    source: str
    document: str
    place: str
    confidence: float

    def to_json(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "document": self.document,
            "place": self.place,
            "confidence": self.confidence,
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """One existing system or project worth a reviewer's look; `share` 0..1 of the money it covers."""

    id: str
    type: str
    stage: str | None
    name: str
    department: str
    kind: str
    score: float
    built: bool
    share: float
    functions: tuple[FunctionPair, ...]
    contributions: dict[str, float]
    evidence: tuple[str, ...]
    sources: tuple[Evidence, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "type": self.type,
            "stage": self.stage,
            "name": self.name,
            "department": self.department,
            "kind": self.kind,
            "score": round(self.score, 4),
            "built": self.built,
            "share": round(self.share, 4),
            "functions": [pair.to_json() for pair in self.functions],
            "contributions": {name: round(value, 4) for name, value in self.contributions.items()},
            "evidence": list(self.evidence),
            "sources": [source.to_json() for source in self.sources],
        }


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that was compared and put aside, and why."""

    id: str
    name: str
    score: float
    reason: str

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "score": round(self.score, 4), "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Module:
    """One line of the function list with its verdict; `candidate` is the action's target, None to keep."""

    path: str
    text: str
    amount: Decimal | None
    place: str
    verdict: Verdict
    kind: str
    action: Action
    candidate: str | None
    reason: Reason
    functions: tuple[FunctionPair, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "path": f"{self.path}/{self.text}" if self.path else self.text,
            "text": self.text,
            "amount": money(self.amount),
            "place": self.place,
            "verdict": self.verdict.value,
            "kind": self.kind,
            "action": self.action.value,
            "candidate": self.candidate,
            "reason": self.reason.to_json(),
            "functions": [pair.to_json() for pair in self.functions],
        }


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A proposed function that a shared component already provides; blocked ones are named, never cut."""

    function: str
    place: str
    component: str | None
    component_name: str | None
    capability: str
    capability_id: str
    score: float
    prototype: str
    usable: bool
    blockers: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        component = {"id": self.component, "name": self.component_name} if self.component else None
        return {
            "function": self.function,
            "place": self.place,
            "component": component,
            "capability": self.capability,
            "capability_id": self.capability_id,
            "score": round(self.score, 4),
            "because": self.prototype,
            "usable": self.usable,
            "blockers": list(self.blockers),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The decision paper; `verdict` is None when nothing could be read or compared, `reasons` say why.

    `earlier_version` is the same application as the graph held it before, and what has changed since;
    `precedents` are like modules of decided projects, which change no verdict.
    """

    verdict: Verdict | None
    reasons: tuple[Reason, ...]
    proposal: dict[str, Any]
    candidates: tuple[Candidate, ...]
    modules: tuple[Module, ...]
    rebuilt: tuple[Rebuilt, ...]
    dropped: tuple[Dropped, ...]
    money: dict[str, Any]
    coverage: dict[str, Any]
    basis: dict[str, Any]
    to_verify: tuple[str, ...]
    earlier_version: dict[str, Any] | None = None
    precedents: Found = field(default_factory=Found)

    def to_json(self) -> dict[str, Any]:
        """The report as tools outside read it."""
        return {
            "verdict": self.verdict.value if self.verdict else None,
            "reasons": [reason.to_json() for reason in self.reasons],
            "proposal": self.proposal,
            "candidates": [candidate.to_json() for candidate in self.candidates],
            "modules": [module.to_json() for module in self.modules],
            "rebuilt": [finding.to_json() for finding in self.rebuilt],
            "dropped": [candidate.to_json() for candidate in self.dropped],
            "money": self.money,
            "coverage": self.coverage,
            "basis": self.basis,
            "to_verify": list(self.to_verify),
            "earlier_version": self.earlier_version,
            "precedents": [one.to_json() for one in self.precedents.modules],
            "unlike_decisions": [one.to_json() for one in self.precedents.unlike],
            "precedent_counts": self.precedents.counts(),
        }


def money(amount: Decimal | None) -> int | float | None:
    """Yuan as a JSON number: whole yuan without a fraction, else with at most two places."""
    if amount is None:
        return None
    return int(amount) if amount == amount.to_integral_value() else float(round(amount, 2))
