"""Concludes, per module and overall, by the rules of the policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from queries.check.modules import Line
from queries.check.report import Action, Candidate, FunctionPair, Module, Reason, Rebuilt, Verdict
from queries.policy import Policy, Rule

COVERING = ("same", "reskinned")
SHARING = ("reuse", "same_kind")
PLANNED = frozenset({"申报", "拟建", "立项"})
ACTIONS = {
    "same": Action.DROP,
    "reskinned": Action.REUSE,
    "same_kind": Action.REUSE,
    "reuse": Action.MERGE,
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What a verdict rests on. `pairs` hold, per candidate id, the pair of each item index that it covers.

    `rebuilt` are findings by item index; `firm` tells of a candidate id whether its facts are sure enough
    to cut on; `firm_proposal` the same of the proposal's function list.
    """

    candidates: Sequence[Candidate]
    pairs: Mapping[str, Mapping[int, FunctionPair]]
    rebuilt: Mapping[int, Rebuilt]
    firm: Mapping[str, bool]
    firm_proposal: bool
    declared_reuse: bool
    department: str = ""


def reason(rule: str, policy: Policy, detail: str = "") -> Reason:
    """The rule's own words, with what it was applied to."""
    found: Rule = getattr(policy.rules, rule)
    return Reason(rule, f"{found.text}：{detail}" if detail else found.text, found.source)


def share(line_amounts: Sequence[tuple[Line, bool]]) -> float:
    """Share 0..1 of the money that covered lines carry; of their number where any amount is missing."""
    if not line_amounts:
        return 0.0
    total = sum((line.amount or Decimal(0) for line, _ in line_amounts), Decimal(0))
    if total == 0 or any(line.amount is None for line, _ in line_amounts):
        return sum(covered for _, covered in line_amounts) / len(line_amounts)
    covered_money = sum((line.amount or Decimal(0) for line, covered in line_amounts if covered), Decimal(0))
    return float(covered_money / total)


def covers(line: Line, pairs: Mapping[int, FunctionPair], policy: Policy) -> bool:
    """Whether enough of the module's functions have a partner."""
    return sum(i in pairs for i in line.items) >= policy.thresholds.module_share.value * len(line.items)


@dataclass(frozen=True, slots=True)
class Judge:
    """Applies the policy to what was found."""

    findings: Findings
    policy: Policy

    def decide(self, line: Line) -> Module:
        """The module's verdict: the strongest rule that firm evidence supports."""
        covering = self._best(line, COVERING, built=True)
        component = self._rebuilt(line)
        if component is not None and component.usable:
            return self._replaced(line, component)
        declared = self._best(line, ("reuse",))
        if declared is not None:
            return self._shared(line, declared)
        if covering is not None:
            return self._covered(line, covering)
        if component is not None:
            return self._replaced(line, component)
        sharing = self._best(line, (*SHARING, *COVERING))
        if sharing is not None:
            return self._shared(line, sharing)
        why = reason("pass_clear", self.policy)
        return _module(line, Verdict.PASS, why, kind="new", action=Action.KEEP)

    def conclude(self, modules: Sequence[Module]) -> tuple[Verdict, tuple[Reason, ...]]:
        """The overall verdict with every reason for it, the deciding one first."""
        refusing = None if self.findings.declared_reuse else self._refusing()
        reasons: list[Reason] = []
        if refusing is not None:
            reasons.append(reason("refuse_same", self.policy, f"{_named(refusing)}覆盖 {refusing.share:.0%}"))
        for verdict in (Verdict.CUT, Verdict.CONDITIONAL):
            reasons.extend(module.reason for module in modules if module.verdict is verdict)
        unique = tuple(dict.fromkeys(reasons))
        if refusing is not None:
            return Verdict.REFUSE, unique
        for verdict in (Verdict.CUT, Verdict.CONDITIONAL):
            if any(module.verdict is verdict for module in modules):
                return verdict, unique
        return Verdict.PASS, (reason("pass_clear", self.policy),)

    def is_firm(self, candidate: Candidate) -> bool:
        """Whether both the proposal's words and the candidate's facts are sure enough to cut on."""
        return self.findings.firm_proposal and self.findings.firm[candidate.id]

    def _refusing(self) -> Candidate | None:
        limit = self.policy.thresholds.refuse_share.value
        for candidate in self.findings.candidates:
            strong = candidate.kind in COVERING and candidate.built and candidate.share >= limit
            if strong and self.is_firm(candidate):
                return candidate
        return None

    def _best(self, line: Line, kinds: Sequence[str], *, built: bool = False) -> Candidate | None:
        for candidate in self.findings.candidates:
            wanted = candidate.kind in kinds and (candidate.built or not built)
            if wanted and covers(line, self.findings.pairs[candidate.id], self.policy):
                return candidate
        return None

    def _rebuilt(self, line: Line) -> Rebuilt | None:
        found = [self.findings.rebuilt[i] for i in line.items if i in self.findings.rebuilt]
        if not found or len(found) < self.policy.thresholds.module_share.value * len(line.items):
            return None
        return next((finding for finding in found if finding.usable), found[0])

    def _covered(self, line: Line, candidate: Candidate) -> Module:
        firm = self.is_firm(candidate)
        rule, verdict = ("cut_covered", Verdict.CUT) if firm else ("weak_evidence", Verdict.CONDITIONAL)
        return self._to(line, candidate, verdict=verdict, rule=rule, kind=candidate.kind)

    def _shared(self, line: Line, candidate: Candidate) -> Module:
        rule, action = self._sharing(candidate)
        return self._to(
            line, candidate, verdict=Verdict.CONDITIONAL, rule=rule, kind=candidate.kind, action=action
        )

    def _sharing(self, candidate: Candidate) -> tuple[str, Action]:
        """By which rule a likeness is a condition: whose it is, and whether it is there to be shared."""
        if candidate.kind == "reuse":
            return "declared_reuse", Action.MERGE
        if not candidate.built and candidate.stage in PLANNED:
            return "share_planned", Action.MERGE
        if not candidate.built:
            return "share_idle", Action.KEEP
        if candidate.department and candidate.department == self.findings.department:
            return "share_own", Action.MERGE
        return "share_same_kind", ACTIONS[candidate.kind]

    def _to(
        self,
        line: Line,
        candidate: Candidate,
        *,
        verdict: Verdict,
        rule: str,
        kind: str,
        action: Action | None = None,
    ) -> Module:
        pairs = self.findings.pairs[candidate.id]
        return _module(
            line,
            verdict,
            reason(rule, self.policy, f"{line.text} → {_named(candidate)}"),
            kind=kind,
            action=action or ACTIONS[kind],
            target=candidate.id,
            functions=tuple(pairs[i] for i in line.items if i in pairs),
        )

    def _replaced(self, line: Line, finding: Rebuilt) -> Module:
        target = finding.component or finding.capability_id
        detail = f"{line.text} → {finding.component_name or finding.capability}"
        if not finding.usable:
            why = reason("component_blocked", self.policy, f"{detail}：{'、'.join(finding.blockers)}")
            verdict = Verdict.CONDITIONAL
        elif self.findings.firm_proposal:
            why, verdict = reason("cut_rebuilt", self.policy, detail), Verdict.CUT
        else:
            why, verdict = reason("weak_evidence", self.policy, detail), Verdict.CONDITIONAL
        return _module(line, verdict, why, kind="same_kind", action=Action.CONNECT, target=target)


def _named(candidate: Candidate) -> str:
    return f"《{candidate.name}》（{candidate.department or '单位不明'}）"


def _module(
    line: Line,
    verdict: Verdict,
    why: Reason,
    *,
    kind: str,
    action: Action,
    target: str | None = None,
    functions: tuple[FunctionPair, ...] = (),
) -> Module:
    return Module(
        path=line.path,
        text=line.text,
        amount=line.amount,
        place=line.place,
        verdict=verdict,
        kind=kind,
        action=action,
        candidate=target,
        reason=why,
        functions=functions,
    )
