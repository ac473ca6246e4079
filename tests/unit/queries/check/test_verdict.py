from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.check.modules import Line
from queries.check.report import Action, Candidate, FunctionPair, Rebuilt, Verdict
from queries.check.verdict import Findings, Judge, share
from queries.policy import load_policy

POLICY = load_policy()
LINES = tuple(
    Line("", text, Decimal(100), "表1", (i,)) for i, text in enumerate(["登记", "审批", "统计", "预警"])
)


def candidate(kind: str, *, share_of: float = 0.0, built: bool = True) -> Candidate:
    return Candidate(
        id="asset-1",
        type="System",
        stage="在用",
        name="既有系统",
        department="市民政局",
        kind=kind,
        score=0.9,
        built=built,
        share=share_of,
        functions=(),
        contributions={},
        evidence=(),
    )


def pair(text: str) -> FunctionPair:
    return FunctionPair(text, text, "function-1", "same", 1.0)


def findings(found: Candidate, covered: int, **changes: object) -> Findings:
    base = Findings(
        candidates=(found,),
        pairs={found.id: {i: pair(LINES[i].text) for i in range(covered)}},
        rebuilt={},
        firm={found.id: True},
        firm_proposal=True,
        declared_reuse=False,
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # one field at a time, by the tests below


def conclude(found: Findings) -> Verdict:
    judge = Judge(found, POLICY)
    return judge.conclude([judge.decide(line) for line in LINES])[0]


def component(*, usable: bool) -> Rebuilt:
    blockers = () if usable else ("未在运行（在建）",)
    return Rebuilt(
        "登录",
        "",
        "asset-9",
        "统一身份认证平台",
        "统一身份认证",
        "capability:identity",
        0.9,
        "登录",
        usable,
        blockers,
    )


def test_one_candidate_covering_most_of_the_money_is_refused() -> None:
    assert conclude(findings(candidate("same", share_of=0.75), 3)) is Verdict.REFUSE
    assert conclude(findings(candidate("reskinned", share_of=0.75), 3)) is Verdict.REFUSE


def test_part_coverage_is_cut_and_the_rest_kept() -> None:
    found = findings(candidate("reskinned", share_of=0.25), 1)
    modules = [Judge(found, POLICY).decide(line) for line in LINES]
    assert [m.verdict for m in modules] == [Verdict.CUT, Verdict.PASS, Verdict.PASS, Verdict.PASS]
    assert modules[0].action is Action.REUSE
    assert modules[0].candidate == "asset-1"
    assert conclude(found) is Verdict.CUT


def test_a_similar_kind_is_only_a_condition() -> None:
    assert conclude(findings(candidate("same_kind", share_of=1.0), 4)) is Verdict.CONDITIONAL


def test_declared_reuse_is_never_refused_or_cut() -> None:
    found = findings(candidate("reuse", share_of=1.0), 4, declared_reuse=True)
    assert conclude(found) is Verdict.CONDITIONAL


def test_what_the_declaration_is_not_about_is_cut_but_not_refused() -> None:
    for kind in ("same", "reskinned"):
        found = findings(candidate(kind, share_of=1.0), 4, declared_reuse=True)
        assert conclude(found) is Verdict.CUT


def test_what_the_declared_system_covers_is_not_cut_for_its_likeness_to_another() -> None:
    declared = replace(candidate("reuse", share_of=1.0), id="asset-2")
    found = findings(candidate("reskinned", share_of=1.0), 4, declared_reuse=True)
    both = replace(
        found,
        candidates=(*found.candidates, declared),
        pairs={**found.pairs, "asset-2": found.pairs["asset-1"]},
        firm={"asset-1": True, "asset-2": True},
    )
    assert conclude(both) is Verdict.CONDITIONAL


def test_a_built_system_counts_behind_a_stronger_one_that_is_only_planned() -> None:
    planned = candidate("same", share_of=1.0, built=False)
    built = replace(candidate("reskinned", share_of=0.5), id="asset-2")
    found = findings(planned, 4)
    both = replace(
        found,
        candidates=(planned, built),
        pairs={**found.pairs, "asset-2": {0: pair(LINES[0].text)}},
        firm={"asset-1": True, "asset-2": True},
    )
    assert Judge(both, POLICY).decide(LINES[0]).candidate == "asset-2"


def test_what_is_not_built_cuts_nothing() -> None:
    assert conclude(findings(candidate("same", share_of=1.0, built=False), 4)) is Verdict.CONDITIONAL


def test_weak_evidence_leads_at_most_to_a_condition() -> None:
    for change in ({"firm_proposal": False}, {"firm": {"asset-1": False}}):
        assert conclude(findings(candidate("same", share_of=1.0), 4, **change)) is Verdict.CONDITIONAL


def test_a_rebuilt_component_is_cut_when_usable_and_named_when_not() -> None:
    usable = findings(candidate("different"), 0, rebuilt={0: component(usable=True)})
    blocked = findings(candidate("different"), 0, rebuilt={0: component(usable=False)})
    assert Judge(usable, POLICY).decide(LINES[0]).verdict is Verdict.CUT
    module = Judge(blocked, POLICY).decide(LINES[0])
    assert module.verdict is Verdict.CONDITIONAL
    assert module.action is Action.CONNECT
    assert "未在运行" in module.reason.text


def test_nothing_found_passes() -> None:
    assert conclude(findings(candidate("different"), 0)) is Verdict.PASS


def test_share_is_of_money_and_of_modules_where_no_money_stands() -> None:
    assert share([(replace(LINES[0], amount=Decimal(300)), True), (LINES[1], False)]) == 0.75
    assert share([(replace(LINES[0], amount=None), True), (LINES[1], False)]) == 0.5
    assert share([]) == 0.0


@given(st.lists(st.tuples(st.integers(0, 10**9), st.booleans()), max_size=8))
def test_share_stays_within_bounds(rows: list[tuple[int, bool]]) -> None:
    lines = [(replace(LINES[0], amount=Decimal(amount)), covered) for amount, covered in rows]
    assert 0.0 <= share(lines) <= 1.0


@pytest.mark.parametrize(
    ("changes", "rule", "action"),
    [
        ({"department": "市教育局"}, "share_same_kind", Action.REUSE),
        ({}, "share_own", Action.MERGE),
        ({"built": False, "stage": "停用"}, "share_idle", Action.KEEP),
        ({"built": False, "stage": "拟建"}, "share_planned", Action.MERGE),
    ],
)
def test_a_condition_says_whose_the_likeness_is_and_whether_it_runs(
    changes: dict[str, object], rule: str, action: Action
) -> None:
    alike = replace(candidate("same_kind", share_of=1.0), **changes)  # type: ignore[arg-type]  # by the cases above
    found = findings(alike, 4, department="市民政局")
    module = Judge(found, POLICY).decide(LINES[0])
    assert (module.reason.rule, module.action) == (rule, action)
