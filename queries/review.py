"""The review list: what may mean several things, and what may be one thing, for a person to judge."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.model import Claim, Direction, Entity, EntityId, Value
from kg.store.base import GraphReader
from kg.store.unsettled import Reason, Unsettled, unsettled
from queries.contradictions import Contradiction, contradiction_lines, contradictions
from queries.places import place_in_words
from queries.proposals import Proposal

SHOWN = 5
"""Pieces of evidence of one mention; how many there are is told."""
CANDIDATES = 10
REASONS = {
    Reason.SEVERAL_ASSETS: "有多个系统或组件符合这一名称",
    Reason.SEVERAL_ORGANS: "该地有多个机构可用这一简称",
    Reason.NAMESAKE_PLACES: "名称中的区划有重名",
    Reason.PLACE_NOT_SAID: "没有写明是哪一地的单位",
    Reason.MAY_BE_ONE: "与另一来源的条目可能是同一系统",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a mention stands: document, place in words, the words read ("" where a whole cell was)."""

    document: str
    place: str
    quote: str
    said_on: str

    def to_json(self) -> dict[str, str]:
        """As `kg review --json` prints it."""
        return {
            "document": self.document,
            "place": self.place,
            "quote": self.quote,
            "said_on": self.said_on,
        }


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the mention may mean; `of` is the unit that owns it, or the region it lies in, "" if unknown."""

    entity: Entity
    of: str

    def to_json(self) -> dict[str, str]:
        """As `kg review --json` prints it."""
        return {"id": self.entity.id, "type": self.entity.type, "name": self.entity.name, "of": self.of}


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One mention to judge. `said` counts all places where it stands, of which `evidence` shows the first.

    `total` counts the candidates; `candidates` are the first by id. `score` tells how likely a proposed pair
    is one, .5 to 1; None where a name is open.
    """

    mention: Entity
    reason: Reason
    candidates: tuple[Candidate, ...]
    total: int
    evidence: tuple[Evidence, ...]
    said: int
    score: float | None = None

    def to_json(self) -> dict[str, Any]:
        """One item of `kg review --json`."""
        return {
            "id": self.mention.id,
            "type": self.mention.type,
            "name": self.mention.name,
            "reason": self.reason.value,
            "text": REASONS[self.reason],
            "candidates": [one.to_json() for one in self.candidates],
            "total": self.total,
            "evidence": [one.to_json() for one in self.evidence],
            "said": self.said,
            "score": self.score,
        }


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The first open questions, those said most often before others, and how many there are.

    `contradictions` are circles of judgements of which none counts until one is withdrawn.
    """

    items: tuple[OpenQuestion, ...]
    total: int
    contradictions: tuple[Contradiction, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The answer of `kg review --json` and of GET /reviews."""
        return {
            "items": [one.to_json() for one in self.items],
            "total": self.total,
            "contradictions": [one.to_json() for one in self.contradictions],
        }


def review_list(stored: GraphReader, *, limit: int = 50, proposed: Sequence[Proposal] = ()) -> ReviewList:
    """What is to be judged in a graph read without merging; the answer is a judgement of the pair.

    `proposed` are pairs that may be one (`queries.proposals`); names that are open are not asked twice.
    """
    found = unsettled(stored)
    scores = {(one.a, one.b): one.score for one in proposed}
    asked = {frozenset((one.mention, i)) for one in found for i in one.candidates}
    found += [Unsettled(a, Reason.MAY_BE_ONE, (b,)) for a, b in scores if frozenset((a, b)) not in asked]
    said = _claims(stored, [one.mention for one in found])
    found.sort(key=lambda one: (-len(said[one.mention]), one.mention, one.candidates))
    first = found[:limit]
    ids = {i for one in first for i in (one.mention, *one.candidates[:CANDIDATES])}
    read = stored.get(sorted(ids))
    owners = _owners(stored, sorted(ids))
    items = (_question(one, read, owners, said=said[one.mention]) for one in first if one.mention in read)
    shown = tuple(_scored(one, scores) for one in items)
    return ReviewList(shown, len(found), tuple(contradictions(stored)))


def _scored(one: OpenQuestion, scores: Mapping[tuple[EntityId, EntityId], float]) -> OpenQuestion:
    if one.reason is not Reason.MAY_BE_ONE or not one.candidates:
        return one
    return replace(one, score=scores.get((one.mention.id, one.candidates[0].entity.id)))


def _question(
    one: Unsettled, read: Mapping[EntityId, Entity], owners: Mapping[EntityId, str], *, said: list[Claim]
) -> OpenQuestion:
    candidates = (Candidate(read[i], _of(read[i], owners)) for i in one.candidates[:CANDIDATES] if i in read)
    evidence = tuple(map(_evidence, said[:SHOWN]))
    return OpenQuestion(
        read[one.mention], one.reason, tuple(candidates), len(one.candidates), evidence, len(said)
    )


def _of(candidate: Entity, owners: Mapping[EntityId, str]) -> str:
    place: Value = candidate.properties.get("region", "")
    return owners.get(candidate.id, "") or str(place)


def _claims(stored: GraphReader, ids: Iterable[EntityId]) -> Mapping[EntityId, list[Claim]]:
    """What sources say of each mention, by document and place; those of rules and reviewers left out."""
    found: dict[EntityId, list[Claim]] = defaultdict(list)
    for identity, entity in stored.get(sorted(set(ids))).items():
        said = [claim for claim in entity.claims if claim.source not in {"resolver", "reviewer"}]
        found[identity] = sorted(said, key=lambda claim: (claim.document, *map(str, claim.place.coordinates)))
    return found


def _owners(stored: GraphReader, ids: list[EntityId]) -> Mapping[EntityId, str]:
    owned = list(stored.relations(ids, types=("OWNS",), direction=Direction.IN))
    names = stored.get(sorted({relation.source for relation in owned}))
    return {r.target: names[r.source].name for r in reversed(owned) if r.source in names}


def _evidence(claim: Claim) -> Evidence:
    return Evidence(claim.document, place_in_words(claim.place), claim.quote or "", claim.said_on)


def question_lines(one: OpenQuestion) -> Iterator[str]:
    """One question for a person to read: where the name stands, and what it may mean."""
    yield f"{one.mention.name}  {one.mention.id}：{REASONS[one.reason]}（出现 {one.said} 处）"
    for place in one.evidence:
        quoted = f"：“{place.quote}”" if place.quote else ""
        yield f"    {place.document} {place.place}{quoted}"
    for candidate in one.candidates:
        of = f"（{candidate.of}）" if candidate.of else ""
        likely = "" if one.score is None else f"  把握 {one.score:.0%}"
        yield f"    可能是 {candidate.entity.name}{of}  {candidate.entity.id}{likely}"
    if one.total > len(one.candidates):
        yield f"    另有 {one.total - len(one.candidates)} 个"


def lines(found: ReviewList) -> Iterator[str]:
    """The list for a person to read; contradictions, then `total` first."""
    yield from contradiction_lines(found.contradictions)
    yield f"待确认 {found.total} 项"
    for one in found.items:
        yield from question_lines(one)
    if found.items:
        yield "逐项判定：kg judge A B same|different|unsure --by 姓名 --because 理由"
