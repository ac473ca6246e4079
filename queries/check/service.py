"""Checks a proposal against the estate and concludes."""

from collections.abc import Collection, Sequence

from kg.matching.proposal import Proposal
from kg.model import EntityId
from kg.store.base import GraphReader
from queries.check.comparing import Compared, compare_all, least_score, with_sources
from queries.check.context import CheckContext
from queries.check.coverage import basis, coverage, header, sums
from queries.check.declared import declared_members
from queries.check.earlier import Earlier, earlier_version
from queries.check.modules import Line, module_lines
from queries.check.rebuilt import rebuilt_components
from queries.check.report import Dropped, Module, Reason, Rebuilt, Report
from queries.check.verdict import Findings, Judge
from queries.estate import ASSET_TYPES
from queries.policy import Policy, load_policy
from queries.precedents import Asked, Found, find_precedents

DROPPED_SHOWN = 20


def check(reader: GraphReader, proposal: Proposal, *, context: CheckContext) -> Report:
    """The decision paper on a proposal; its verdict is None when nothing could be read or compared."""
    policy = load_policy()
    missing = _why_no_verdict(proposal, context)
    if missing:
        return _without_verdict(missing, proposal, context, policy=policy)
    lines = module_lines(proposal.description.items)
    rebuilt, doubtful = rebuilt_components(proposal, context, policy)
    compared, dropped = compare_all(
        proposal, lines, context, reader=reader, policy=policy, shared=rebuilt.keys()
    )
    earlier = earlier_version(proposal, context, reader)
    compared, dropped = _without_earlier(compared, dropped, earlier)
    shown = with_sources(compared[: int(policy.thresholds.shown.value)], reader)
    judge = Judge(_findings(proposal, shown, rebuilt, policy=policy), policy)
    modules = tuple(judge.decide(line) for line in lines)
    verdict, reasons = judge.conclude(modules)
    return Report(
        verdict=verdict,
        reasons=reasons,
        proposal=header(proposal),
        candidates=tuple(c.candidate for c in shown),
        modules=modules,
        rebuilt=_named_once(rebuilt),
        dropped=tuple(dropped[:DROPPED_SHOWN]),
        money=sums(proposal, modules),
        coverage=coverage(proposal, context),
        basis=basis(proposal, context, policy),
        to_verify=(*proposal.notes, *_lost(proposal, context), *_weak(modules), *doubtful),
        earlier_version=earlier.to_json() if earlier else None,
        precedents=_precedents(reader, proposal, lines, context=context, own=earlier.own if earlier else ()),
    )


def _precedents(
    reader: GraphReader,
    proposal: Proposal,
    lines: Sequence[Line],
    *,
    context: CheckContext,
    own: Collection[EntityId],
) -> Found:
    """How like modules were decided; the proposal's own earlier version is no precedent."""
    items = proposal.description.items
    asked = [Asked(line.text, tuple(items[i].text for i in line.items)) for line in lines]
    least = least_score(context, load_policy())
    return find_precedents(asked, context.library(reader), reader, least=least, own=own)


def _without_earlier(
    compared: Sequence[Compared], dropped: Sequence[Dropped], earlier: Earlier | None
) -> tuple[list[Compared], list[Dropped]]:
    """No application repeats its own earlier version, however much of it is the same."""
    own = earlier.own if earlier else frozenset()
    itself = [
        Dropped(c.candidate.id, c.candidate.name, c.candidate.score, "本申报材料的前一版本，不作重复比对")
        for c in compared
        if c.candidate.id in own
    ]
    return [c for c in compared if c.candidate.id not in own], [*itself, *dropped]


def _findings(
    proposal: Proposal, shown: Sequence[Compared], rebuilt: dict[int, Rebuilt], *, policy: Policy
) -> Findings:
    limit = policy.thresholds.firm_confidence.value
    return Findings(
        candidates=[c.candidate for c in shown],
        pairs={c.candidate.id: c.pairs for c in shown},
        rebuilt=rebuilt,
        firm={c.candidate.id: any(s.confidence >= limit for s in c.candidate.sources) for c in shown},
        firm_proposal=proposal.confidence >= limit,
        declared_reuse=bool(proposal.description.declared),
        department=proposal.description.department,
    )


def _named_once(rebuilt: dict[int, Rebuilt]) -> tuple[Rebuilt, ...]:
    return tuple(rebuilt[number] for number in sorted(rebuilt))


def _lost(proposal: Proposal, context: CheckContext) -> tuple[str, ...]:
    """A declaration of reuse that is about nothing in the graph excuses nothing: a person must look."""
    sentence = proposal.description.declared
    if not sentence or declared_members(proposal.description, context.estate.of_type(*ASSET_TYPES)):
        return ()
    return (f"材料称“{sentence}”，知识库中没有找到所指的系统，请核对",)


def _weak(modules: Sequence[Module]) -> tuple[str, ...]:
    return tuple(m.reason.text for m in modules if m.reason.rule in ("weak_evidence", "component_blocked"))


def _why_no_verdict(proposal: Proposal, context: CheckContext) -> str:
    if not proposal.description.items:
        remedy = "请提供含功能清单的 docx、pdf 或 xlsx 文件"
        return f"未能从材料中读出功能清单：{'；'.join(proposal.unread) or remedy}"
    if not any(member.type in ("System", "Component") for member in context.members):
        return "知识库中没有可比对的系统；请先用 kg ingest 载入普查表"
    return ""


def _without_verdict(missing: str, proposal: Proposal, context: CheckContext, *, policy: Policy) -> Report:
    return Report(
        verdict=None,
        reasons=(Reason("no_verdict", missing, policy.source),),
        proposal=header(proposal),
        candidates=(),
        modules=(),
        rebuilt=(),
        dropped=(),
        money={},
        coverage=coverage(proposal, context),
        basis=basis(proposal, context, policy),
        to_verify=proposal.notes,
    )
