"""Ranking a catalogue: one name is one name, however it is written."""

import pytest

from kg.matching.similar import Entry, SimilarIndex

POOL = [
    Entry("1", "recalls_api", "Interface of product recalls"),
    Entry("2", "recalls-website", "Website on product recalls, built on the interface of product recalls"),
    Entry("3", "Reusable Accessible Mapping Platform (RAMP)", "Maps"),
    Entry("4", "fedramp", "Security of cloud services"),
    Entry("5", "河长制信息平台", "巡河轨迹记录"),
]


@pytest.mark.parametrize(
    ("name", "first"),
    [("recalls-api", "1"), ("Recalls API", "1"), ("RAMP", "3"), ("ＲＡＭＰ", "3"), ("河长制信息平台", "5")],
)
@pytest.mark.parametrize("same_name", [True, False])
def test_one_name_in_other_signs_comes_first(name: str, first: str, *, same_name: bool) -> None:
    assert SimilarIndex(POOL).rank(Entry("q", name), same_name=same_name)[0].id == first


def test_the_order_of_the_pool_changes_nothing() -> None:
    query = Entry("q", "recalls", "product")
    assert SimilarIndex(POOL).rank(query) == SimilarIndex(POOL[::-1]).rank(query)


def test_a_name_without_letters_is_no_name() -> None:
    pool = [*POOL, Entry("6", "---"), Entry("7", "")]
    assert SimilarIndex(pool).rank(Entry("q", "()"), top=1)[0].score == 0.0
