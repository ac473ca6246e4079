"""How good the suggestions of the review list are, told by what people decided."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.model import Direction, EntityId
from kg.store.base import GraphReader, Run
from kg.store.books import UNDONE, standing
from kg.store.judgements import SAME_AS, Sameness
from kg.store.unsettled import Reason, unsettled
from queries.proposals import Proposal
from queries.review import REASONS

SUGGESTED = "suggested"
"""Key in the summary of a judgement's run: what was suggested of the pair when it was judged."""
BANDS = (0.5, 0.7, 0.8, 0.9, 0.95)
"""Lower ends of the bands of confidence."""
RULE = "rule:"
"""Before the name of the rule, for pairs that a rule had joined already."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Why a pair was suggested to be one; `score` 0..1, None where none was told."""

    kind: str
    score: float | None

    def to_summary(self) -> dict[str, object]:
        """As the run of the judgement keeps it."""
        return {SUGGESTED: {"kind": self.kind, "score": self.score}}


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the suggestions of one kind and band (`low` to the next, None: no score) how many were accepted."""

    kind: str
    low: float | None
    accepted: int
    decided: int
    unsure: int

    def to_json(self) -> dict[str, Any]:
        """One row of `kg review --stats --json`; `precision` is null where nothing was decided."""
        share = round(self.accepted / self.decided, 4) if self.decided else None
        return {
            "kind": self.kind,
            "text": _text(self.kind),
            "band": _band(self.low),
            "accepted": self.accepted,
            "decided": self.decided,
            "unsure": self.unsure,
            "precision": share,
        }


def suggestion_of(
    stored: GraphReader, pair: tuple[EntityId, EntityId], proposed: Sequence[Proposal]
) -> Suggestion | None:
    """What the review list or a rule says of a pair in a graph read without merging; None for nothing."""
    wanted = frozenset(pair)
    for one in proposed:
        if wanted == {one.a, one.b}:
            return Suggestion(Reason.MAY_BE_ONE.value, one.score)
    for found in unsettled(stored):
        if any(wanted == {found.mention, one} for one in found.candidates):
            return Suggestion(found.reason.value, None)
    for relation in stored.relations(sorted(wanted), types=(SAME_AS,), direction=Direction.OUT):
        if wanted == {relation.source, relation.target}:
            ruled = [one for one in relation.claims if one.source == "resolver"]
            return Suggestion(RULE + ruled[0].rule, ruled[0].confidence) if ruled else None
    return None


def precision(runs: Iterable[Run]) -> list[Precision]:
    """By kind and band, from the judgements that stand: withdrawn, undone and overruled ones do not count."""
    found: dict[tuple[str, float | None], list[str]] = defaultdict(list)
    for suggested, verdict in _decisions(runs):
        score = suggested.get("score")
        low = None if score is None else _low(float(str(score)))
        found[str(suggested["kind"]), low].append(verdict)
    same, unsure = Sameness.SAME.value, Sameness.UNSURE.value
    return [
        Precision(kind, low, said.count(same), len(said) - said.count(unsure), said.count(unsure))
        for (kind, low), said in sorted(found.items(), key=lambda row: (row[0][0], row[0][1] or 0))
    ]


def _decisions(runs: Iterable[Run]) -> Iterator[tuple[Mapping[str, object], str]]:
    """Of every decision that stands the suggestion it was made on first, and the verdict."""
    suggested: dict[str, Mapping[str, object]] = {}
    verdicts: dict[str, str] = {}
    for run in standing(runs):
        if run.status in {UNDONE, "failed", "running"}:
            continue
        told, made = run.summary.get(SUGGESTED), str(run.summary.get("judgement", ""))
        if made:
            verdicts[made] = str(run.summary.get("verdict"))
            if isinstance(told, Mapping):
                suggested.setdefault(made, told)
        verdicts.pop(str(run.summary.get("withdrawn", "")), None)
    return ((suggested[made], verdict) for made, verdict in sorted(verdicts.items()) if made in suggested)


def _low(score: float) -> float:
    return max((low for low in BANDS if low <= score), default=BANDS[0])


def _band(low: float | None) -> str:
    if low is None:
        return ""
    high = next((one for one in BANDS if one > low), 1.0)
    return f"{low:.2f}–{high:.2f}"


def _text(kind: str) -> str:
    if kind.startswith(RULE):
        return f"规则 {kind.removeprefix(RULE)} 已归并"
    return REASONS.get(Reason(kind), kind) if kind in set(Reason) else kind


def precision_lines(found: Sequence[Precision]) -> Iterator[str]:
    """The table for a person to read."""
    yield "建议的准确程度（按已作出的判定，撤回和撤销的不计）"
    for one in found:
        told = one.to_json()
        share = "—" if told["precision"] is None else f"{told['precision']:.1%}"
        band = f"  把握 {told['band']}" if told["band"] else ""
        counted = f"判定 {one.decided} 项，采纳 {one.accepted} 项，{share}；不确定 {one.unsure} 项"
        yield f"{told['text']}{band}：{counted}"
    if not found:
        yield "尚无判定"
