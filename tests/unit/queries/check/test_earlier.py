from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.identity import asset_id, function_id, organization_id, project_id
from kg.matching.description import Description, Item
from kg.matching.encoder.lexical import LexicalEncoder
from kg.matching.proposal import Proposal
from kg.model import Entity, EntityId, Record, Relation
from kg.store.memory import MemoryStore
from queries.check import Report, check, prepare
from queries.check.changes import changes
from tests.unit.queries.small_estate import CARE, CLAIM, SCHOOL, filled, system

UNIT = "丙市民政局"
NAME = "智慧养老平台"
FIRST = {CARE[0]: 100, CARE[1]: 200}
SECOND = {CARE[0]: 150, CARE[2]: 300}
DIGEST = "ab" * 32


def filed(
    name: str, functions: Mapping[str, int], *, stage: str = "申报", period: str = "2026", verdict: str = ""
) -> Record:
    """A proposal as a load keeps it, with the review that decided it where there was one."""
    unit = organization_id(UNIT)
    project = project_id(name, owner=unit)
    planned = asset_id(name, owner=project)
    claim = replace(CLAIM, source="proposal", document="申报书.docx", said_on="2026-01-05", sha256=DIGEST)
    parts = [
        Entity(function_id(planned, "", text), "Function", text, {"amount": Decimal(amount)})
        for text, amount in functions.items()
    ]
    entities = [
        Entity(project, "Project", name, {"stage": stage, "period": period, "budget": Decimal(1000)}),
        Entity(planned, "System", name, {"status": "拟建"}),
        Entity(unit, "Organization", UNIT),
        *parts,
    ]
    relations = [
        Relation(project, "DELIVERS", planned),
        Relation(unit, "OWNS", project),
        Relation(unit, "OWNS", planned),
        *(Relation(planned, "PROVIDES", part.id) for part in parts),
    ]
    if verdict:
        review = EntityId("review-1")
        entities.append(
            Entity(review, "Review", "评审意见", {"verdict": verdict, "reviewed_on": "2026-02-01"})
        )
        relations.append(Relation(review, "REVIEWS", project))
    return Record(project, claim, tuple(entities), tuple(relations))


def checked(*kept: Record, name: str = NAME, sha256: str = "", period: str = "2026") -> Report:
    """The check of the second version against an estate that keeps these records."""
    store: MemoryStore = filled([system("义务教育学籍平台", "甲市教育局", SCHOOL), *kept])
    items = tuple(Item(text, amount=Decimal(amount)) for text, amount in SECOND.items())
    told = Description("p", name=name, department=UNIT, items=items, period=period)
    proposal = Proposal(told, "申报书.docx", sha256, budget=Decimal(1200))
    return check(store, proposal, context=prepare(store, LexicalEncoder("test"), engine="1"))


def test_an_earlier_version_is_no_candidate_and_its_changes_are_told() -> None:
    report = checked(filed(NAME, FIRST))
    assert report.candidates == ()
    assert report.earlier_version is not None
    told = report.earlier_version["changes"]
    assert [one["text"] for one in told["added"]] == [CARE[2]]
    assert [one["text"] for one in told["removed"]] == [CARE[1]]
    assert [(one["text"], one["before"], one["after"]) for one in told["changed"]] == [(CARE[0], 100, 150)]
    assert told["money"] == {"before": 1000, "after": 1200, "difference": 200}
    assert (report.earlier_version["verdict"], report.earlier_version["same_file"]) == (None, False)


@pytest.mark.parametrize("name", ["养老综合管理系统", "智慧养老平台（修订稿）"])
def test_it_is_known_by_unit_core_of_the_name_and_period(name: str) -> None:
    report = checked(filed(NAME, FIRST), name=name)
    assert report.candidates == ()
    assert report.earlier_version is not None


def test_the_same_file_kept_before_is_itself() -> None:
    report = checked(filed(NAME, SECOND), sha256=DIGEST)
    assert report.earlier_version is not None
    assert report.earlier_version["same_file"]
    assert not any(report.earlier_version["changes"][key] for key in ("added", "removed", "changed"))


def test_how_it_was_decided_is_told() -> None:
    refused = checked(filed(NAME, FIRST, stage="不予立项")).earlier_version
    reviewed = checked(filed(NAME, FIRST, verdict="核减")).earlier_version
    assert (refused and refused["verdict"], reviewed and reviewed["verdict"]) == ("不予立项", "核减")


def test_another_year_or_an_approved_project_is_no_earlier_version() -> None:
    assert checked(filed("养老综合管理系统", FIRST, period="2024")).earlier_version is None
    assert checked(filed(NAME, FIRST, stage="批复")).earlier_version is None


def test_a_function_listed_twice_is_two_functions() -> None:
    def proposal(*texts: str) -> Proposal:
        return Proposal(Description("p", items=tuple(map(Item, texts))), "p", "")

    assert [one.text for one in changes(proposal("甲项"), proposal("甲项", "甲项")).added] == ["甲项"]
    assert changes(proposal("甲项"), proposal("甲项")).none
