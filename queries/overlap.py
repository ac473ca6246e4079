"""Overlaps of the estate with itself: which systems are the same, of one kind, or one in another shell."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.matching.overlap_index import OverlapIndex, Progress, quiet, updated
from kg.matching.pairs import Comparison, Context, compare
from kg.matching.scoring import LABELS
from queries.check.context import CheckContext
from queries.estate import Estate, Member

EVIDENCE_LINES = 5
REUSE_STATED = "资料载明二者为复用、派生或接续关系，不属重复建设"


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two members that overlap, a before b by id; score 0..1.

    Why is worked out when somebody asks: of many thousand overlaps few are looked at.
    """

    a: Member
    b: Member
    kind: str
    score: float
    matching: Context = field(compare=False, repr=False)

    @property
    def contributions(self) -> dict[str, float]:
        """The parts of the score."""
        return dict(self._compared().contributions)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Lines for a reader, most telling first."""
        return self._evidence(self._compared())

    def to_json(self) -> dict[str, Any]:
        """One line of `kg overlaps --json`."""
        compared = self._compared()
        return {
            "a": _named(self.a),
            "b": _named(self.b),
            "kind": self.kind,
            "score": round(self.score, 4),
            "contributions": {name: round(value, 4) for name, value in compared.contributions.items()},
            "evidence": list(self._evidence(compared)[:EVIDENCE_LINES]),
        }

    def _compared(self) -> Comparison:
        return compare(self.a.description, self.b.description, context=self.matching)

    def _evidence(self, compared: Comparison) -> tuple[str, ...]:
        stated = self.kind == "reuse" and compared.label != "reuse"
        return (REUSE_STATED, *compared.evidence) if stated else compared.evidence


def overlaps(
    context: CheckContext, *, min_score: float | None = None, kind: str | None = None, top: int = 50
) -> list[Overlap]:
    """The best pairs of the estate by score, each unordered pair once, ties by id.

    `kind` same, same_kind, reskinned or reuse keeps only that; nothing else is cut unless `min_score` says
    so.
    """
    found = [
        overlap
        for overlap in overlaps_in(context, overlap_index(context, None))
        if (kind is None or overlap.kind == kind) and (min_score is None or overlap.score >= min_score)
    ]
    return found[:top]


def overlap_index(
    context: CheckContext,
    before: OverlapIndex | None,
    *,
    progress: Progress = quiet,
    workers: int = 1,
    unfinished: Path | None = None,
) -> OverlapIndex:
    """The overlaps of the estate as it is; what has not changed since `before` is taken from there.

    `unfinished` is the folder for what is judged before the run is over.
    """
    key = f"{context.engine} {context.encoder.key}"
    descriptions = [member.description for member in context.members if member.type != "Project"]
    return updated(
        before,
        descriptions,
        context.encoder,
        key=key,
        progress=progress,
        workers=workers,
        unfinished=unfinished,
    )


def overlaps_in(context: CheckContext, index: OverlapIndex) -> list[Overlap]:
    """Every overlap that the index holds, best first, ties by id; what belongs together is left out."""
    return list(_read(context, index, Context(context.encoder, index.rarity)))


def _read(context: CheckContext, index: OverlapIndex, matching: Context) -> Iterator[Overlap]:
    members = {str(member.id): member for member in context.members}
    ordered = [members[ident] for ident in index.ids]
    judged = index.judged
    rows = zip(judged.pairs.tolist(), judged.labels.tolist(), judged.scores.tolist(), strict=True)
    for (first, second), label, score in rows:
        a, b = ordered[first], ordered[second]
        if not _is_part(a, b, context.estate):
            kind = "reuse" if _is_open_reuse(a, b, context.estate) else LABELS[label]
            yield Overlap(a, b, kind, score, matching)


def _is_part(a: Member, b: Member, estate: Estate) -> bool:
    """A part overlaps with its whole by what it is."""
    return b.id in estate.wholes.get(a.id, ()) or a.id in estate.wholes.get(b.id, ())


def _is_open_reuse(a: Member, b: Member, estate: Estate) -> bool:
    return b.id in estate.built_on.get(a.id, ()) or a.id in estate.built_on.get(b.id, ())


def _named(member: Member) -> dict[str, str]:
    return {"id": member.id, "name": member.name, "department": member.department}
