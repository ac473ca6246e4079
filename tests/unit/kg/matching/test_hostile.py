"""Hostile and empty descriptions: an answer all the same, and none that flatters."""

import time

import pytest

from kg.matching.encoder.port import Encoder
from kg.matching.lines import compare_lines
from kg.matching.pairs import Context

ITEMS = ["床位动态登记", "护理等级评估", "助餐服务派单", "高龄津贴核算"]
OTHER = ["河道水位监测", "巡河问题整改", "取水计划审批", "水库泄洪调度"]


def label(lexical: Encoder, a: object, b: object) -> str:
    [found] = compare_lines([{"id": "1", "a": a, "b": b}], context=Context.shipped(lexical))
    return str(found["label"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", ""),
        ("系统", "系统"),
        ("20240115-003", "20240115-003"),
        ("XM-2023-0001", "XM-2023-0002"),
        ("1", "1"),
    ],
)
def test_names_that_name_nothing_make_no_systems_of_other_functions_alike(
    lexical: Encoder, one: str, other: str
) -> None:
    assert (
        label(lexical, {"name": one, "functions": ITEMS}, {"name": other, "functions": OTHER}) == "different"
    )


@pytest.mark.parametrize("name", ["", "系统", "XM-2023-0001"])
def test_the_same_functions_are_found_whatever_the_name(lexical: Encoder, name: str) -> None:
    assert label(
        lexical, {"name": "居家养老服务平台", "functions": ITEMS}, {"name": name, "functions": ITEMS}
    ) in (
        "reskinned",
        "same_kind",
        "same",
    )


def test_two_empty_descriptions_are_different(lexical: Encoder) -> None:
    assert label(lexical, {}, {}) == "different"


def test_mixed_languages_are_compared(lexical: Encoder) -> None:
    a = {"name": "居家养老 elderly care platform", "functions": [*ITEMS, "GPS tracking"]}
    b = {"name": "老人关爱 Care Hub", "functions": [*ITEMS, "gps tracking"]}
    assert label(lexical, a, b) != "different"


def test_a_list_pasted_as_one_paragraph_is_compared_by_its_members(lexical: Encoder) -> None:
    a = {"name": "居家养老服务平台", "functions": ITEMS}
    b = {"name": "银龄关爱中枢", "text": "建设内容包括：" + "、".join(ITEMS) + "。"}
    assert label(lexical, a, b) == "reskinned"


def test_systems_of_thousands_of_functions_are_compared_at_once(lexical: Encoder) -> None:
    many = [f"第{number}类床位登记" for number in range(5000)]
    start = time.perf_counter()
    assert (
        label(lexical, {"name": "甲平台", "functions": many}, {"name": "乙平台", "functions": many})
        != "different"
    )
    assert time.perf_counter() - start < 5
