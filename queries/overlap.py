"""Overlaps of the estate with itself: which systems are the same, of one kind, or one in another shell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kg.matching.pairs import Comparison, compare
from queries.check.context import CheckContext
from queries.estate import Member

EVIDENCE_LINES = 5
REUSE_STATED = "资料载明二者为复用、派生或接续关系，不属重复建设"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two members that overlap; score 0..1 is the sum of `contributions`."""

    a: Member
    b: Member
    kind: str
    score: float
    contributions: dict[str, float]
    evidence: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """One line of `kg overlaps --json`."""
        return {
            "a": _named(self.a),
            "b": _named(self.b),
            "kind": self.kind,
            "score": round(self.score, 4),
            "contributions": {name: round(value, 4) for name, value in self.contributions.items()},
            "evidence": list(self.evidence[:EVIDENCE_LINES]),
        }


def overlaps(
    context: CheckContext, *, min_score: float | None = None, kind: str | None = None, top: int = 50
) -> list[Overlap]:
    """The best pairs of the estate by score, each unordered pair once, ties by id.

    `kind` same, same_kind, reskinned or reuse keeps only that; nothing else is cut unless `min_score` says
    so.
    """
    found = [
        overlap
        for overlap in _compared(context)
        if (kind is None or overlap.kind == kind) and (min_score is None or overlap.score >= min_score)
    ]
    found.sort(key=lambda o: (-o.score, o.a.id, o.b.id))
    return found[:top]


def _compared(context: CheckContext) -> Iterator[Overlap]:
    for left, right, _ in context.index.pairs():
        a, b = sorted((context.members[left], context.members[right]), key=lambda member: member.id)
        if _belong_together(a, b, context):
            continue
        comparison = compare(a.description, b.description, context=context.matching)
        if comparison.label != "different":
            yield _overlap(a, b, comparison, open_reuse=_is_open_reuse(a, b, context))


def _belong_together(a: Member, b: Member, context: CheckContext) -> bool:
    """A project is no system of its own, and a part overlaps with its whole by what it is."""
    wholes = context.estate.wholes
    return "Project" in {a.type, b.type} or b.id in wholes.get(a.id, ()) or a.id in wholes.get(b.id, ())


def _is_open_reuse(a: Member, b: Member, context: CheckContext) -> bool:
    built_on = context.estate.built_on
    return b.id in built_on.get(a.id, ()) or a.id in built_on.get(b.id, ())


def _overlap(a: Member, b: Member, comparison: Comparison, *, open_reuse: bool) -> Overlap:
    kind, evidence = comparison.label, comparison.evidence
    if open_reuse:
        kind, evidence = "reuse", (REUSE_STATED, *evidence)
    return Overlap(a, b, kind, comparison.score, dict(comparison.contributions), evidence)


def _named(member: Member) -> dict[str, str]:
    return {"id": member.id, "name": member.name, "department": member.description.department}
