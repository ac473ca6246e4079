"""How modules like those of a proposal were decided before."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from api.reports.page import report_page
from api.reports.precedents import precedent_lines
from kg.identity import function_id, organization_id, project_id
from kg.matching.description import Description, Item
from kg.matching.encoder.lexical import LexicalEncoder
from kg.matching.proposal import Proposal
from kg.model import Claim, Entity, EntityId, Record, Relation
from queries.check import check, prepare
from queries.check.report import Report
from queries.precedents.decided import Outcome, outcome_of
from tests.unit.queries.small_estate import filled, system

PARKING = ("泊位编码管理", "停车诱导发布", "欠费追缴提醒", "车场备案登记")
CLAIM = Claim("projects", "批复.xlsx", "2025-01-01")


def project(
    name: str, stage: str, *, functions: Sequence[str] = PARKING, verdict: str = "", unit: str = "乙市交通局"
) -> Record:
    """A project of the ledger with its functions, and a review that concluded so."""
    owner = organization_id(unit)
    own = project_id(name, owner=owner)
    parts = [Entity(function_id(own, "", text), "Function", text) for text in functions]
    told = {"stage": stage} if stage else {}
    entities = [Entity(own, "Project", name, told), Entity(owner, "Organization", unit)]
    relations = [Relation(owner, "OWNS", own), *(Relation(own, "PROVIDES", part.id) for part in parts)]
    if verdict:
        review = EntityId(f"review-{name}")
        said = {"verdict": verdict, "reviewed_on": "2025-03-02", "description": "应先整合现有平台"}
        entities.append(Entity(review, "Review", f"{name}评审", said))
        relations.append(Relation(review, "REVIEWS", own))
    return Record(own, CLAIM, (*entities, *parts), tuple(relations))


def checked(*ledger: Record, functions: Sequence[str] = PARKING, department: str = "甲市城管局") -> Report:
    store = filled([system("养老服务系统", "丙市民政局", ("老人档案登记", "床位管理")), *ledger])
    items = tuple(Item(text, path="业务", amount=Decimal(10_000)) for text in functions)
    described = Description("p", name="静态交通平台", items=items, department=department, period="2026")
    proposal = Proposal(described, "a.docx", "0" * 64, budget=Decimal(40_000))
    return check(store, proposal, context=prepare(store, LexicalEncoder("test"), engine="1"))


@pytest.mark.parametrize("stage", ["不予立项", ""])
def test_like_modules_tell_how_they_were_decided_and_where_that_stands(stage: str) -> None:
    found = checked(project("停车诱导项目", stage, verdict="不予立项")).to_json()
    assert [one["module"] for one in found["precedents"]] == list(PARKING)
    (told,) = found["precedents"][0]["precedents"]
    assert (told["project"]["name"], told["department"]) == ("停车诱导项目", "乙市交通局")
    assert (told["outcome"], told["decision"], told["decided_on"]) == ("refused", "不予立项", "2025-03-02")
    assert (told["proposed"], told["text"], told["opinion"]) == (PARKING[0], PARKING[0], "应先整合现有平台")
    assert told["source"]["document"] == "批复.xlsx"
    assert found["precedent_counts"] == {"modules": 4, "approved": 0, "refused": 1, "unlike": 0, "decided": 1}


def test_unlike_decisions_on_like_modules_stand_side_by_side() -> None:
    ledger = project("停车诱导项目", "不予立项"), project("泊车管理项目", "批复", unit="丁市交通局")
    found = checked(*ledger)
    assert [one.module for one in found.precedents.unlike] == list(PARKING)
    (first, *_) = found.to_json()["unlike_decisions"]
    assert first["approved"][0]["project"]["name"] == "泊车管理项目"
    assert first["refused"][0]["project"]["name"] == "停车诱导项目"
    assert any(line.startswith("同类不同决——泊位编码管理") for line in precedent_lines(found.to_json()))


@pytest.mark.parametrize("stage", ["", "申报"])
def test_what_nobody_decided_is_no_precedent(stage: str) -> None:
    found = checked(project("停车诱导项目", stage))
    assert (found.precedents.modules, found.precedents.decided) == ((), 0)


def test_nothing_alike_gives_no_section() -> None:
    found = checked(project("古树项目", "批复", functions=("古树名木建档", "树龄鉴定")))
    assert found.precedents.modules == ()
    assert "既往类似模块的处理" not in report_page(found.to_json() | {"file": "a.docx"})


def test_precedents_are_on_the_page() -> None:
    found = checked(project("停车诱导项目", "不予立项"))
    assert "既往类似模块的处理" in report_page(found.to_json() | {"file": "a.docx"})


def test_the_proposals_own_earlier_version_is_no_precedent() -> None:
    own = project("静态交通平台", "不予立项", unit="甲市城管局")
    assert checked(own).precedents.modules == ()


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("原则同意", Outcome.APPROVED),
        ("不同意立项", Outcome.REFUSED),
        ("退回修改", Outcome.REFUSED),
        ("核减后通过", Outcome.APPROVED),
        ("待补充材料", None),
    ],
)
def test_words_of_a_review_come_to_a_decision_or_none(words: str, outcome: Outcome | None) -> None:
    assert outcome_of(words) is outcome


def test_the_order_of_the_ledger_does_not_matter() -> None:
    ledger = project("停车诱导项目", "不予立项"), project("泊车管理项目", "批复", unit="丁市交通局")
    assert checked(*ledger).to_json()["precedents"] == checked(*reversed(ledger)).to_json()["precedents"]
