"""Precedents of a proposal: how like modules of other projects were decided."""

from kg.identity import function_id, organization_id, project_id
from kg.matching.description import Description, Item
from kg.matching.encoder.lexical import LexicalEncoder
from kg.matching.proposal import Proposal
from kg.model import Entity, Record, Relation
from queries.check import Report, check, prepare
from tests.unit.queries.small_estate import CARE, CLAIM, SCHOOL, filled, system


def project(name: str, owner: str, stage: str) -> Record:
    unit = organization_id(owner)
    key = project_id(name, owner=unit)
    part = function_id(key, "", CARE[0])
    return Record(
        key,
        CLAIM,
        (
            Entity(key, "Project", name, {"stage": stage}),
            Entity(unit, "Organization", owner),
            Entity(part, "Function", CARE[0]),
        ),
        (Relation(unit, "OWNS", key), Relation(key, "PROVIDES", part)),
    )


def checked(*ledger: Record) -> Report:
    store = filled([system("义务教育学籍平台", "甲市教育局", SCHOOL), *ledger])
    told = Description("p", name="智慧养老平台", department="丙市民政局", items=tuple(map(Item, CARE)))
    context = prepare(store, LexicalEncoder("test"), engine="1")
    return check(store, Proposal(told, "p.docx", ""), context=context)


APPROVED = project("养老床位系统", "乙市民政局", "批复")
REFUSED = project("床位管理平台", "丁市民政局", "不予立项")


def test_like_modules_approved_and_refused_are_listed_as_unlike_decisions() -> None:
    told = checked(APPROVED, REFUSED).to_json()
    (row,) = told["precedents"]
    assert (row["module"], row["function"]) == (CARE[0], CARE[0])
    assert {one["decision"] for one in row["precedents"]} == {"批复", "不予立项"}
    assert all(one["source"]["document"] == CLAIM.document for one in row["precedents"])
    assert [one["module"] for one in told["unlike_decisions"]] == [CARE[0]]


def test_undecided_projects_and_the_own_earlier_version_are_no_precedents() -> None:
    own = project("智慧养老平台", "丙市民政局", "不予立项")
    told = checked(project("床位管理平台", "丁市民政局", "申报"), own).to_json()
    assert (told["precedents"], told["unlike_decisions"]) == ([], [])


def test_the_order_of_the_ledger_makes_no_difference() -> None:
    first, second = checked(APPROVED, REFUSED).to_json(), checked(REFUSED, APPROVED).to_json()
    assert first["precedents"] == second["precedents"]
