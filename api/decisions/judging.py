"""A judgement on a pair: on the canonical ids, with what was suggested, and what it contradicts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import ValidationError
from kg.model import EntityId
from kg.ontology import load_ontology
from kg.store.base import GraphStore
from kg.store.canonical import CanonicalReader
from kg.store.judgements import Judgement, Sameness, judge
from queries.contradictions import Contradiction, contradiction_lines, contradictions
from queries.proposals import Proposal
from queries.suggestions import Suggestion, suggestion_of


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reviewer says of a pair: who, why and on which ISO date."""

    pair: tuple[EntityId, EntityId]
    verdict: Sameness
    by: str
    because: str
    said_on: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A judgement that was written. `merged` has ids given that stand for another now, with that one.

    `contradicts` are the circles of judgements that it closes; none of their judgements joins anything.
    """

    made: Judgement
    merged: Mapping[EntityId, EntityId]
    contradicts: Sequence[Contradiction]

    def to_json(self) -> dict[str, Any]:
        """The document of `kg judge --json` and of POST /judgements."""
        made = self.made
        return {
            "id": made.id,
            "a": made.a,
            "b": made.b,
            "verdict": made.verdict.value,
            "by": made.by,
            "because": made.because,
            "said_on": made.said_on,
            "merged": dict(self.merged),
            "contradictions": [one.to_json() for one in self.contradicts],
        }

    def lines(self) -> Iterator[str]:
        """For a person to read."""
        for given, whole in self.merged.items():
            yield f"{given} 已并入 {whole}，按 {whole} 记录"
        yield f"已记录 {self.made.id}"
        yield from contradiction_lines(self.contradicts)


def decide(
    store: GraphStore,
    asked: Asked,
    *,
    proposed: Sequence[Proposal] = (),
    suggested: Suggestion | None = None,
) -> Decided:
    """Writes a judgement. Ids of merged members mean the whole, but two of one whole are judged as given.

    `suggested` is on which suggestion the reviewer judges; None: it is looked up among the open questions and
    `proposed` pairs.

    Raises:
        NotFoundError: one of the two is not in the graph.
        ValidationError: the two ids are one.
    """
    reader = CanonicalReader(store, load_ontology())
    a, b = asked.pair
    pair = (reader.canonical(a), reader.canonical(b))
    if a == b:
        raise ValidationError(f"同一对象不能与自身比较：{a}")
    if pair[0] == pair[1]:
        pair = (a, b)
    why = suggested or suggestion_of(store, asked.pair, proposed)
    made = judge(
        store,
        pair,
        asked.verdict,
        by=asked.by,
        because=asked.because,
        said_on=asked.said_on,
        summary=why.to_summary() if why else {},
    )
    circles = [one for one in contradictions(store) if made.id in _ids(one)]
    merged = {given: whole for given, whole in zip(asked.pair, pair, strict=True) if given != whole}
    return Decided(made, merged, circles)


def _ids(circle: Contradiction) -> set[str]:
    return {one.id for one in circle.judgements}
