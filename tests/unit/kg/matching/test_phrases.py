"""Function phrases: the same wording is one function, a changed object is not."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.matching.alignment import align
from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.port import Encoder
from kg.matching.evaluate.classes import evaluate_phrases
from kg.matching.phrases import bands, score_matrix

WORDING = st.lists(
    st.text(alphabet="养老床位登记查询审批河道巡查预警发布", min_size=1, max_size=8), max_size=5
)


@given(first=WORDING, second=WORDING)
def test_every_phrase_has_exactly_one_entry(first: list[str], second: list[str]) -> None:
    found = align(first, second, load_encoder(None))
    assert [pair.i for pair in found] == list(range(len(first)))
    assert all(pair.j == -1 if not second else 0 <= pair.j < len(second) for pair in found)


@given(first=WORDING, second=WORDING)
def test_scores_do_not_depend_on_the_direction(first: list[str], second: list[str]) -> None:
    encoder = load_encoder(None)
    forward, backward = score_matrix(first, second, encoder), score_matrix(second, first, encoder)
    assert forward == pytest.approx(backward.T, abs=2e-4)


def test_equal_wording_is_the_same_function(lexical: Encoder) -> None:
    [pair] = align(["床位动态管理"], ["河道巡查", "床位动态管理"], lexical)
    assert (pair.j, pair.same) == (1, True)


@pytest.mark.parametrize(
    ("one", "other"), [("就业登记", "失业登记"), ("入库管理", "出库管理"), ("供水监测", "排水监测")]
)
def test_opposites_are_not_the_same_function(lexical: Encoder, one: str, other: str) -> None:
    [pair] = align([one], [other], lexical)
    assert not pair.same


@pytest.mark.shared
def test_a_reworded_function_is_found_by_meaning(semantic: Encoder) -> None:
    pairs = align(["车辆轨迹查询"], ["停车泊位诱导", "机动车轨迹检索"], semantic)
    assert [(pair.j, pair.same) for pair in pairs] == [(1, True)]


@pytest.mark.shared
def test_phrase_scores_order_the_held_out_pairs(semantic: Encoder, shared_data: Path) -> None:
    text = (shared_data / "cn" / "phrase_pairs.jsonl").read_text(encoding="utf-8")
    lines = [line for line in map(json.loads, text.splitlines()) if line["split"] == "test"]
    scores = [float(score_matrix([line["a"]], [line["b"]], semantic)[0, 0]) for line in lines]
    report = evaluate_phrases(lines, scores, bands(semantic).same)
    assert report.auc is not None
    assert report.auc >= 0.93
    assert report.classes["same"].f1 >= 0.84


@pytest.mark.shared
def test_in_lists_partners_are_one_to_one_and_other_objects_are_no_partners(semantic: Encoder) -> None:
    functions = ["养老机构床位登记", "老人能力评估", "助餐订单派发", "高龄补贴核算"]
    reworded = ["高龄津贴测算", "送餐工单调度", "老年人照护等级评定", "机构床位信息录入"]
    found = align(functions, reworded, semantic)
    assert [(pair.j, pair.same) for pair in found] == [(3, True), (2, True), (1, True), (0, True)]
    parallel = ["残疾证登记", "残疾等级评估", "辅具订单派发", "护理补贴核算"]
    assert sum(pair.same for pair in align(functions, parallel, semantic)) <= 1
