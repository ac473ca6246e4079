from dataclasses import replace

import pytest

from kg.matching.encoder.lexical import LexicalEncoder
from kg.model import Relation
from queries.check import CheckContext, prepare
from queries.overlap import overlaps
from tests.unit.queries.small_estate import CARE, filled, system


def test_each_pair_of_alike_systems_is_named_once(context: CheckContext) -> None:
    found = overlaps(context)
    assert [(o.a.name, o.b.name, o.kind) for o in found] == [
        ("养老服务管理系统", "养老服务管理系统", "same_kind")
    ]
    assert {found[0].a.description.department, found[0].b.description.department} == {
        "甲市民政局",
        "乙市民政局",
    }


def test_the_score_is_the_sum_of_its_parts_and_within_bounds(context: CheckContext) -> None:
    for found in overlaps(context):
        assert 0.0 <= found.score <= 1.0
        assert abs(sum(found.contributions.values()) - found.score) < 1e-3
        shown = found.to_json()
        assert shown["evidence"]
        assert len(shown["evidence"]) <= 5


def test_kind_score_and_number_cut_only_when_asked(context: CheckContext) -> None:
    score = overlaps(context)[0].score
    assert overlaps(context, min_score=score)
    assert overlaps(context, min_score=score + 0.01) == []
    assert overlaps(context, kind="same") == []
    assert overlaps(context, top=0) == []


def linked(relation: str) -> CheckContext:
    """Two systems of the same functions, the second linked to the first."""
    first, second = system("养老平台", "甲市民政局", CARE), system("养老平台", "乙市民政局", CARE)
    link = Relation(second.subject, relation, first.subject)
    store = filled([first, replace(second, relations=(*second.relations, link))])
    return prepare(store, LexicalEncoder("test"), engine="1.0")


def test_a_system_does_not_overlap_with_its_own_part() -> None:
    assert overlaps(linked("PART_OF")) == []


def test_systems_that_exchange_data_may_still_be_alike() -> None:
    assert len(overlaps(linked("DEPENDS_ON"))) == 1


@pytest.mark.parametrize("relation", ["REUSES", "DERIVED_FROM", "SUCCEEDS"])
def test_a_system_built_on_another_is_reuse_and_says_so(relation: str) -> None:
    found = overlaps(linked(relation))
    assert [one.kind for one in found] == ["reuse"]
    assert "接续" in found[0].evidence[0]
    assert overlaps(linked(relation), kind="reuse") == found
