"""Lists in which only the words for the objects were replaced are seen, lists of neighbours are not."""

import functools

import pytest

from kg.matching.replaced import could_be_replaced, replaced

OBJECTS = {"家庭医生": "签约服务", "健康档案": "居民病历", "疫苗接种": "免疫打针"}
LIST = tuple(f"{one}{act}" for act in ("登记", "查询", "预警", "归档") for one in OBJECTS)
COMMON = ("用户管理", "日志审计")


def retold(items: tuple[str, ...], words: dict[str, str]) -> tuple[str, ...]:
    return tuple(
        functools.reduce(lambda said, pair: said.replace(*pair), words.items(), item) for item in items
    )


def test_other_words_for_every_object_are_seen_in_either_direction() -> None:
    other = retold(LIST, OBJECTS)
    assert replaced(LIST + COMMON, other + COMMON) == 1.0
    assert replaced(other + COMMON, LIST + COMMON) == 1.0
    assert could_be_replaced(LIST, other, limit=1.0)


def test_one_object_more_or_less_between_them_does_not_hide_it() -> None:
    other = retold(LIST, OBJECTS)
    assert replaced(LIST, (*other[:4], "移动巡查", *other[4:])) >= 0.9


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (tuple(f"排污许可{act}" for act in ("申请", "受理", "审批", "公示", "归档")),) * 2,
        (LIST, tuple(reversed(retold(LIST, OBJECTS)))),
        (tuple(f"{one}管理" for one in "人车船枪弹"), tuple(f"{one}管理" for one in "桥路河山林")),
    ],
)
def test_templates_turned_lists_and_mere_actions_are_none(
    first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    other = tuple(item.replace("排污", "排水") for item in second)
    assert replaced(first, other) < 0.6


def test_lists_of_other_actions_are_told_apart_at_a_glance() -> None:
    assert not could_be_replaced(LIST, tuple(f"{one}巡检" for one in OBJECTS), limit=0.6)
