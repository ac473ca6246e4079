"""What a verdict stands on: the estate compared with, the versions used, and the money it speaks of."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kg.matching.proposal import Proposal
from kg.matching.thresholds import ability_bands, thresholds
from kg.ontology import load_ontology
from queries.check.context import CheckContext
from queries.check.report import Module, Verdict, money
from queries.policy import Policy
from queries.policy.precedents import precedent_rules
from queries.policy.season import season_rules

NAMED = 50
"""Units without data that are named; beyond that their number says enough."""


def coverage(proposal: Proposal, context: CheckContext) -> dict[str, Any]:
    """How much was compared, and what was not read."""
    estate = context.estate
    systems = estate.of_type("System", "Component")
    owners = {member.owner for member in estate.members.values() if member.owner}
    departments = {key: name for key, name in estate.organizations.items() if key not in estate.suppliers}
    without = sorted(name for key, name in departments.items() if key not in owners)
    return {
        "systems": len(systems),
        "functions": sum(member.listed for member in systems),
        "projects": len(estate.of_type("Project")),
        "organizations": len(departments),
        "organizations_without_data": without[:NAMED],
        "as_of": context.as_of,
        "newest": context.newest,
        "unread": list(proposal.unread),
    }


def basis(proposal: Proposal, context: CheckContext, policy: Policy) -> dict[str, Any]:
    """Input, data and versions: the same file on the same basis gives the same report."""
    ontology = load_ontology()
    return {
        "input_sha256": proposal.sha256,
        "store_version": context.estate.version,
        "run": context.run,
        "as_of": context.as_of,
        "engine": context.engine,
        "ontology": f"{ontology.name}@{ontology.version}",
        "thresholds": str(thresholds().version),
        "policy": f"{policy.version}+{season_rules().version}+{precedent_rules().version}",
        "model": context.encoder.key if context.encoder.mode == "semantic" else None,
        "mode": context.encoder.mode,
        "mode_reason": context.encoder.reason,
        "measured": _measured(context),
    }


def _measured(context: CheckContext) -> str:
    """How well systems are told apart and functions of shared abilities known, with these vectors."""
    abilities = ability_bands(context.encoder.mode).measured
    return f"{thresholds().pairs.measured}。共享组件识别：{abilities}"


def header(proposal: Proposal) -> dict[str, Any]:
    """The header facts of the proposal as the report shows them."""
    described = proposal.description
    return {
        "name": described.name,
        "department": described.department,
        "region": described.region,
        "period": described.period,
        "budget": money(proposal.budget),
        "build_kind": proposal.build_kind,
        "fund_source": proposal.fund_source,
        "grade": proposal.grade,
        "file": proposal.file,
        "facts": [{"kind": f.kind, "value": f.value, "place": f.place} for f in proposal.facts],
    }


def sums(proposal: Proposal, modules: Sequence[Module]) -> dict[str, Any]:
    """The modules' money by verdict beside the total; None where no module carries an amount."""
    priced = [module for module in modules if module.amount is not None]
    if not priced:
        return {}
    total = sum((module.amount or Decimal(0) for module in priced), Decimal(0))
    return {
        "budget": money(proposal.budget),
        "modules": money(total),
        "difference": money(proposal.budget - total) if proposal.budget is not None else None,
        "cut": money(_of(priced, Verdict.CUT)),
        "conditional": money(_of(priced, Verdict.CONDITIONAL)),
        "kept": money(_of(priced, Verdict.PASS)),
    }


def _of(modules: Sequence[Module], verdict: Verdict) -> Decimal:
    return sum((m.amount or Decimal(0) for m in modules if m.verdict is verdict), Decimal(0))
