"""What a person means by a name, and what is offered where there is no such name."""

import pytest

from kg.errors import NotFoundError
from kg.store import open_store
from queries.naming import meant, nearest_names
from tests.conformance.graphs import CENSUS, entity, load, row

PLATFORMS = ("湖南省统一身份认证平台", "长沙市统一身份认证平台", "统一身份认证网关", "统一身份认证门户")
FACTS = [
    *(entity(f"asset-{at}", "System", name) for at, name in enumerate(PLATFORMS)),
    entity("function-1", "Function", "统一身份认证"[:4]),
    entity("asset-9", "System", "渔业船舶动态监控系统"),
]


def test_a_name_that_is_not_there_is_answered_by_up_to_three_near_ones() -> None:
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *FACTS))
        with pytest.raises(NotFoundError) as told:
            meant(store, "统一身份认证")
    message = str(told.value)
    assert "\n" not in message
    assert sum(name in message for name in PLATFORMS) == 3


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("渔业船舶动态监控平台", ("渔业船舶动态监控系统",)),
        ("省渔业船舶动态监控系统", ("渔业船舶动态监控系统",)),
        ("危险化学品监测系统", ()),
        ("asset-404", ()),
        ("", ()),
    ],
)
def test_the_longest_piece_that_any_name_holds_is_near(asked: str, near: tuple[str, ...]) -> None:
    with open_store("memory:") as store:
        load(store, CENSUS, row(CENSUS, *FACTS))
        assert nearest_names(store, asked) == near
