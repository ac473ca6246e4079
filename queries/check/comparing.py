"""Finds and classifies the existing systems and projects that a proposal may repeat."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.matching.pairs import Comparison, compare
from kg.matching.proposal import Proposal
from kg.matching.thresholds import thresholds
from kg.model import Entity, EntityId
from kg.store.base import GraphReader
from kg.text import fold
from queries.check.context import CheckContext
from queries.check.declared import declared_members
from queries.check.modules import Line, functions_of
from queries.check.report import Candidate, Dropped, Evidence, FunctionPair
from queries.check.verdict import COVERING, covers, share
from queries.estate import ASSET_TYPES, Member
from queries.places import claimed_place
from queries.policy import Policy

PLANNED = frozenset({"申报", "拟建"})
ORDER = {"reuse": 0, "same": 1, "reskinned": 2, "same_kind": 3}


@dataclass(frozen=True, slots=True)
class Compared:
    """One member that overlaps, with the pair found for each item of the proposal."""

    candidate: Candidate
    pairs: Mapping[int, FunctionPair]


def compare_all(
    proposal: Proposal,
    lines: Sequence[Line],
    context: CheckContext,
    *,
    reader: GraphReader,
    policy: Policy,
    shared: Collection[int] = (),
) -> tuple[list[Compared], list[Dropped]]:
    """What overlaps, strongest first, and what was compared and put aside with its reason.

    `shared` are the items that a shared component provides: in common with others, they make no kind.
    """
    items = functions_of(proposal.description.items)
    asked = replace(proposal.description, items=items)
    least = least_score(context, policy)
    kept: list[Compared] = []
    dropped: list[Dropped] = []
    recalled = context.index.query(asked, int(policy.thresholds.recall.value))
    members = [context.estate.members[EntityId(found.id)] for found in recalled]
    own = _read_from_it(proposal, members, reader)
    about = declared_members(asked, context.estate.of_type(*ASSET_TYPES))
    for member in members:
        if member.id in own or is_itself(proposal, member):
            dropped.append(Dropped(member.id, member.name, 0.0, "即本申报材料自身"))
            continue
        excused = member.id in about
        comparison = compare(
            asked if excused else replace(asked, declared=""), member.description, context=context.matching
        )
        compared = _compared(proposal, member, comparison, lines=lines, policy=policy, least=least)
        if _is_telling(compared, comparison, policy, shared=shared):
            kept.append(compared)
        else:
            reason = comparison.evidence[0] if comparison.evidence else "功能对不上"
            put_aside = reason if comparison.label == "different" else f"逐项对应的功能不足：{reason}"
            dropped.append(Dropped(member.id, member.name, comparison.score, put_aside))
    kept.sort(key=lambda c: (ORDER[c.candidate.kind], -c.candidate.share, -c.candidate.score, c.candidate.id))
    dropped.sort(key=lambda d: (-d.score, d.id))
    return kept, dropped


def _is_telling(
    compared: Compared, comparison: Comparison, policy: Policy, *, shared: Collection[int]
) -> bool:
    """Whether the overlap is worth a reviewer's look: enough functions stand for each other one by one."""
    if comparison.label in ("different", "same"):
        return comparison.label == "same"
    needed = policy.thresholds.kind_pairs.value if comparison.label == "same_kind" else 1
    return len(compared.pairs.keys() - set(shared)) >= needed


def least_score(context: CheckContext, policy: Policy) -> float:
    """From which likeness two functions stand for each other; the policy's figure holds for meaning only."""
    if context.encoder.mode == "semantic":
        return policy.thresholds.function_score.value
    return thresholds().pairs.match


def _read_from_it(proposal: Proposal, members: Sequence[Member], reader: GraphReader) -> frozenset[EntityId]:
    """Planned members that an earlier load read from this very file."""
    if not proposal.sha256:
        return frozenset()
    planned = reader.get([member.id for member in members if member.stage in PLANNED])
    return frozenset(
        key
        for key, entity in planned.items()
        if any(claim.sha256 == proposal.sha256 for claim in entity.claims)
    )


def is_itself(proposal: Proposal, member: Member) -> bool:
    """Whether a planned member is this very proposal: same name, same unit or unit unknown."""
    if member.stage not in PLANNED:
        return False
    same_name = fold(member.name) == fold(proposal.description.name)
    owner, unit = fold(member.department), fold(proposal.description.department)
    return same_name and (not owner or not unit or owner == unit)


def _compared(
    proposal: Proposal,
    member: Member,
    comparison: Comparison,
    *,
    lines: Sequence[Line],
    policy: Policy,
    least: float,
) -> Compared:
    pairs = _pairs(proposal, member, comparison, least=least)
    covered = [(line, covers(line, pairs, policy)) for line in lines]
    candidate = Candidate(
        id=member.id,
        type=member.type,
        stage=member.stage,
        name=member.name,
        department=member.department,
        kind=comparison.label,
        score=comparison.score,
        built=policy.is_built(member.type, member.stage),
        share=share(covered),
        functions=tuple(pairs[i] for i in sorted(pairs)),
        contributions=dict(comparison.contributions),
        evidence=comparison.evidence,
    )
    return Compared(candidate, pairs)


def _pairs(
    proposal: Proposal, member: Member, comparison: Comparison, *, least: float
) -> dict[int, FunctionPair]:
    """The existing partner of each proposed item; items of one wording share their partner."""
    ids = {item.text: i for item, i in zip(member.description.items, member.functions, strict=False)}
    partners = {fold(aligned.a): aligned for aligned in comparison.aligned if aligned.score >= least}
    pairs = {}
    for number, item in enumerate(proposal.description.items):
        aligned = partners.get(fold(item.text))
        if aligned is not None:
            kind = comparison.label if comparison.label in (*COVERING, "reuse") else aligned.kind
            kind = "same" if fold(item.text) == fold(aligned.b) else kind
            pairs[number] = FunctionPair(
                item.text, aligned.b, str(ids.get(aligned.b, "")), kind, aligned.score, item.place
            )
    return pairs


def with_sources(compared: Sequence[Compared], reader: GraphReader) -> list[Compared]:
    """The same, each candidate with where its facts come from."""
    read = reader.get([c.candidate.id for c in compared])  # type: ignore[misc]  # candidate ids are entity ids
    return [
        replace(c, candidate=replace(c.candidate, sources=_sources(read.get(c.candidate.id))))  # type: ignore[call-overload]
        for c in compared
    ]


def _sources(entity: Entity | None) -> tuple[Evidence, ...]:
    claims = entity.claims if entity else ()
    rows = [Evidence(c.source, c.document, claimed_place(c), c.confidence) for c in claims]
    return tuple(dict.fromkeys(rows))
