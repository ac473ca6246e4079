"""Precision is told by kind and band, of the decisions that stand; circles of judgements are found."""

import pytest

from kg.model import EntityId, RunId
from kg.store import open_store
from kg.store.base import GraphStore, Run
from kg.store.judgements import Sameness, judge
from queries.contradictions import contradiction_lines, contradictions
from queries.proposals import Proposal
from queries.suggestions import Suggestion, precision, precision_lines, suggestion_of
from tests.conformance.graphs import CENSUS, entity, load, row

A, B, C = (EntityId(f"asset-{letter}") for letter in "abc")


@pytest.fixture
def store() -> GraphStore:
    opened = open_store("memory:")
    load(
        opened, CENSUS, *(row(CENSUS, entity(one, "System", one), at=at) for at, one in enumerate((A, B, C)))
    )
    return opened


def judged(
    number: int, of: str, verdict: str, score: float | None = None, *, status: str = "complete"
) -> Run:
    said = {"judgement": of, "verdict": verdict}
    suggested = Suggestion("may_be_one", score).to_summary() if score else {}
    return Run(RunId(number), "", "", status, "judge", {**said, **suggested})


def rows(*runs: Run) -> list[tuple[float | None, int, int, int]]:
    return [(one.low, one.accepted, one.decided, one.unsure) for one in precision(runs)]


def test_bands_hold_the_accepted_the_decided_and_the_unsure_apart() -> None:
    runs = [
        judged(1, "a", "same", 0.95),
        judged(2, "b", "different", 0.99),
        judged(3, "c", "unsure", 1.0),
        judged(4, "d", "same", 0.61),
        judged(5, "e", "same", 0.89),
    ]
    assert rows(*runs) == [(0.5, 1, 1, 0), (0.8, 1, 1, 0), (0.95, 1, 2, 1)]
    assert [one.to_json()["band"] for one in precision(runs)] == ["0.50–0.70", "0.80–0.90", "0.95–1.00"]


def test_the_last_word_counts_and_keeps_the_suggestion_it_was_first_made_on() -> None:
    assert rows(judged(1, "a", "same", 0.9), judged(2, "a", "different")) == [(0.9, 0, 1, 0)]
    assert rows(judged(1, "a", "same")) == []


def test_what_was_withdrawn_undone_or_never_finished_does_not_count() -> None:
    made = judged(1, "a", "same", 0.9)
    taken = Run(RunId(2), "", "", "complete", "withdraw a", {"withdrawn": "a"})
    undone = Run(RunId(2), "", "", "complete", "undo 1", {"undone": "1"})
    assert [rows(made, one) for one in (taken, undone)] == [[], []]
    assert rows(judged(1, "a", "same", 0.9, status="failed")) == []
    assert list(precision_lines([]))[-1] == "尚无判定"


def test_a_pair_is_known_as_proposed_or_as_joined_by_a_rule(store: GraphStore) -> None:
    assert suggestion_of(store, (A, B), []) is None
    assert suggestion_of(store, (B, A), [Proposal(A, B, 0.83)]) == Suggestion("may_be_one", 0.83)


def test_a_circle_of_judgements_is_found_with_all_its_judgements(store: GraphStore) -> None:
    for pair, verdict in (((A, B), Sameness.SAME), ((B, C), Sameness.SAME)):
        judge(store, pair, verdict, by="张三", because="同一合同", said_on="2026-01-01")
    assert contradictions(store) == []
    judge(store, (A, C), Sameness.DIFFERENT, by="李四", because="两个合同", said_on="2026-01-02")
    (circle,) = contradictions(store)
    assert (len(circle.judgements), circle.apart) == (3, ((A, C),))
    assert any("asset-a ≠ asset-c（李四：两个合同）" in line for line in contradiction_lines([circle]))
