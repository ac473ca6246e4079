"""Real Word, PDF and Excel proposals give the functions, money and facts that a person reads in them."""

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingest.documents.reader import read_document
from ingest.proposal.reader import read_proposal
from kg.matching.proposal import Proposal
from tests.unit.ingest.proposal.papers import load, write

PAPERS = load(Path(__file__).parents[3] / "data" / "proposals")


@pytest.fixture(scope="module", params=[paper for _, paper in PAPERS], ids=[name for name, _ in PAPERS])
def read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Proposal, Any]:
    path = write(request.param, tmp_path_factory.mktemp("papers"))
    return read_proposal(read_document(path)), request.param["golden"]


def test_every_function_has_its_path_and_its_money(read: tuple[Proposal, Any]) -> None:
    proposal, golden = read
    expected = Counter((p, t, None if a is None else Decimal(a)) for p, t, a in golden["functions"])
    assert Counter((i.path, i.text, i.amount) for i in proposal.description.items) == expected
    assert all(item.place for item in proposal.description.items)


def test_the_head_tells_name_unit_period_and_money(read: tuple[Proposal, Any]) -> None:
    proposal, golden = read
    described = proposal.description
    found = {
        "name": described.name,
        "department": described.department,
        "period": described.period,
        "budget": proposal.budget,
        "build_kind": proposal.build_kind,
        "fund_source": proposal.fund_source,
        "grade": proposal.grade,
        "confidence": proposal.confidence,
    }
    assert {key: found[key] for key in found if key in golden} == {k: golden[k] for k in found if k in golden}
    assert all(fact.place for fact in proposal.facts)


def test_the_ties_are_those_told_and_no_others(read: tuple[Proposal, Any]) -> None:
    proposal, golden = read
    for kind in ("uses", "replaces", "deploys"):
        assert sorted(f.value for f in proposal.facts if f.kind == kind) == sorted(golden.get(kind, []))
    assert bool(proposal.description.declared) is ("deploys" in golden)


def test_contradictions_are_noted(read: tuple[Proposal, Any]) -> None:
    proposal, golden = read
    assert any(golden.get("notes", "") in note for note in (*proposal.notes, ""))
