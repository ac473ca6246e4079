"""A person's decisions on sameness: claims that survive re-reading and can be withdrawn."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kg.errors import NotFoundError
from kg.model import Claim, Direction, EntityId, Record, Relation
from kg.store.base import Delivery, GraphReader, GraphStore
from kg.store.books import READ

SAME_AS = "SAME_AS"
DIFFERENT_FROM = "DIFFERENT_FROM"
REVIEWER = "reviewer"
CORRECTION = "correction-"
DECISIONS = ("judgement-", CORRECTION)
"""How the ids of decisions begin; each is a delivery of its own."""
NOTHING: Mapping[str, object] = MappingProxyType({})


class Sameness(StrEnum):
    """What a reviewer says of two entities; `unsure` leaves neither relation but keeps the decision."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


_RELATION = {Sameness.SAME: SAME_AS, Sameness.DIFFERENT: DIFFERENT_FROM}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision that stands. `id` names the pair: a later verdict on it takes the place of this one."""

    id: str
    a: EntityId
    b: EntityId
    verdict: Sameness
    by: str
    because: str
    said_on: str


def judgement_id(a: EntityId, b: EntityId) -> str:
    """The id of the decision on a pair, whichever way round it is given."""
    return "judgement-" + hashlib.sha256("\n".join(sorted((a, b))).encode()).hexdigest()[:16]


def judge(
    store: GraphStore,
    pair: tuple[EntityId, EntityId],
    verdict: Sameness,
    *,
    by: str,
    because: str,
    said_on: str,
    summary: Mapping[str, object] = NOTHING,
) -> Judgement:
    """Writes a decision in a run of its own and ends the former one on the same pair.

    `summary` is kept with the run. Which decision counts is told by the order of runs, never by the clock.

    Raises:
        NotFoundError: one of the two is not in the graph.
        ValueError: the two are one.
    """
    first, second = sorted(pair)
    if first == second:
        raise ValueError(f"同一对象不能与自身比较：{first}")
    for missing in sorted({first, second} - set(store.get([first, second]))):
        raise NotFoundError(f"图谱中没有 {missing}")
    made = Judgement(judgement_id(first, second), first, second, verdict, by, because, said_on)
    what = f"judge {first} {second} {verdict}"
    told = {"verdict": verdict.value, **summary}
    write_judgement(store, made.id, _record(made), what=what, summary=told)
    return made


def write_judgement(
    store: GraphStore, identity: str, record: Record, *, what: str, summary: Mapping[str, object]
) -> None:
    """Writes a decision in a run of its own, in the place of the former one of this id."""
    said_on = record.claim.said_on
    told = {**_signed(record.claim.by, record.claim.because), READ: {identity: said_on}}
    former = store.records(identity)
    run = store.begin(what)
    store.upsert(run, Delivery(identity, REVIEWER, None, None, said_on, 1), [record])
    if set(store.records(identity)) - set(former):
        store.sweep(run, identity, set(former), said_on=said_on)
    store.finish(run, status="complete", summary={"judgement": identity, **told, **summary})


def withdraw(
    store: GraphStore, judgement: str, *, said_on: str, by: str | None = None, because: str | None = None
) -> None:
    """Ends a judgement or a correction; all is again as the sources and the rules have it.

    `by` and `because` are kept with the run.

    Raises:
        NotFoundError: no decision of this id stands.
    """
    standing = store.records(judgement) if judgement.startswith(DECISIONS) else {}
    if not standing:
        raise NotFoundError(f"没有仍然有效的判定或更正 {judgement}")
    run = store.begin(f"withdraw {judgement}")
    store.sweep(run, judgement, set(standing), said_on=said_on)
    told = {"withdrawn": judgement, READ: {judgement: said_on}, **_signed(by, because)}
    store.finish(run, status="complete", summary=told)


def _signed(by: str | None, because: str | None) -> dict[str, object]:
    return {name: said for name, said in (("by", by), ("because", because)) if said}


def judgements(reader: GraphReader) -> list[Judgement]:
    """Every decision that stands and says same or different, by id."""
    found = []
    for verdict, kind in _RELATION.items():
        stated = list(reader.relations(types=(kind,)))
        sources = sorted({relation.source for relation in stated})
        for relation in reader.relations(sources, types=(kind,), direction=Direction.OUT):
            for claim in relation.claims:
                if claim.source == REVIEWER:
                    found.append(_judgement(relation, verdict, claim))
    return sorted(found, key=lambda judgement: judgement.id)


def _judgement(relation: Relation, verdict: Sameness, claim: Claim) -> Judgement:
    return Judgement(
        id=judgement_id(relation.source, relation.target),
        a=relation.source,
        b=relation.target,
        verdict=verdict,
        by=claim.by or "",
        because=claim.because or "",
        said_on=claim.said_on,
    )


def _record(made: Judgement) -> Record:
    claim = Claim(
        source=REVIEWER,
        document=made.id,
        said_on=made.said_on,
        rule=f"judge:{made.verdict}",
        by=made.by,
        because=made.because,
    )
    kind = _RELATION.get(made.verdict)
    relations = (Relation(made.a, kind, made.b),) if kind else ()
    return Record(made.a, claim, (), relations)
