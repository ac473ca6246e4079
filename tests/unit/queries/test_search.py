import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ValidationError
from kg.store import open_store
from queries.search import search
from tests.conformance.graphs import CENSUS, entity, load, row

NAMES = [f"养老服务系统{number}号" for number in range(7)]


@given(st.integers(min_value=1, max_value=9))
def test_pages_follow_each_other_without_gap_or_repeat(limit: int) -> None:
    with open_store("memory:") as store:
        load(store, CENSUS, *(row(CENSUS, entity(f"a-{n}", "System", n), at=i) for i, n in enumerate(NAMES)))
        whole = [hit.id for hit in search(store, "养老服务", limit=99).items]
        pages, cursor = [], None
        while True:
            page = search(store, "养老服务", limit=limit, cursor=cursor)
            pages += [hit.id for hit in page.items]
            cursor = page.next
            if cursor is None:
                break
    assert len(whole) == 7
    assert pages == whole


@pytest.mark.parametrize("cursor", ["x", "LTE=", "OTk5OTk5OTk5OTk5", "你好"])
def test_a_cursor_of_another_making_is_refused(cursor: str) -> None:
    with open_store("memory:") as store, pytest.raises(ValidationError):
        search(store, "养老", cursor=cursor)


def test_an_unknown_type_is_refused_with_those_there_are() -> None:
    with open_store("memory:") as store, pytest.raises(ValidationError, match="System"):
        search(store, "养老", entity_type="Sistem")
