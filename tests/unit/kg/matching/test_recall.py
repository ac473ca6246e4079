"""Candidates, abilities and rankings: what must be found, and that order does not matter."""

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ValidationError
from kg.matching.abilities import Ability, match_abilities
from kg.matching.candidates import CandidateIndex
from kg.matching.description import Description, Item
from kg.matching.encoder.port import Encoder
from kg.matching.evaluate.rankings import evaluate_ranking
from kg.matching.lines import align_line, align_lines, compare_line, similar_lines
from kg.matching.pairs import Context


def system(ident: str, name: str, *items: str) -> Description:
    return Description(ident, name, items=tuple(Item(text) for text in items))


ESTATE = [
    system("s1", "居家养老服务系统", "床位动态登记", "助餐服务派单", "用户管理"),
    system("s2", "河长制信息平台", "巡河轨迹记录", "水质监测", "用户管理"),
    system("s3", "银龄关怀平台", "床位动态登记", "助餐服务派单", "用户管理"),
    system("s4", "公车管理系统", "派车审批", "油耗统计", "用户管理"),
]


def test_the_renamed_copy_comes_first() -> None:
    found = CandidateIndex.build(ESTATE).query(ESTATE[0], 2)
    assert found[0].id == "s3"
    assert "s1" not in {candidate.id for candidate in found}


def test_an_index_made_of_its_arrays_answers_the_same(lexical: Encoder) -> None:
    built = CandidateIndex.build(ESTATE, encoder=lexical)
    again = CandidateIndex.from_arrays([one.id for one in ESTATE], built.arrays(), encoder=lexical)
    assert [again.query(one, 3) for one in ESTATE] == [built.query(one, 3) for one in ESTATE]


def test_an_index_of_nothing_finds_nothing(lexical: Encoder) -> None:
    built = CandidateIndex.build([], encoder=lexical)
    again = CandidateIndex.from_arrays([], built.arrays(), encoder=lexical)
    assert built.query(ESTATE[0]) == again.query(ESTATE[0]) == []


@pytest.mark.shared
def test_a_copy_in_other_words_is_recalled_by_meaning(semantic: Encoder) -> None:
    index = CandidateIndex.build(ESTATE, encoder=semantic)
    found = index.query(system("q", "水岸守护", "河道巡查路线登记", "水体质量在线监控"), 1)
    assert found[0].id == "s2"


@pytest.mark.shared
def test_a_rebuilt_ability_is_found_and_a_local_reminder_is_not(semantic: Encoder) -> None:
    abilities = [
        Ability("seal", "电子印章", ("电子公章",), ("制章", "验章")),
        Ability("message", "统一消息", ("短信平台",)),
    ]
    found = match_abilities(["电子公章制作", "证照到期消息提醒", "河道巡查"], semantic, among=abilities)
    assert [None if match is None else match.id for match in found] == ["seal", None, None]


def test_an_empty_list_leaves_no_partner(lexical: Encoder) -> None:
    [line] = align_lines([{"id": 7, "a": ["派车审批"], "b": []}], encoder=lexical)
    assert line == {"id": 7, "pairs": [{"i": 0, "j": None, "score": 0.0, "same": False}]}


@pytest.mark.parametrize("line", [{"a": ["派车审批", None]}, {"a": ["派车审批", None], "b": None}])
def test_a_list_that_is_absent_or_null_is_empty(line: dict[str, Any], lexical: Encoder) -> None:
    pairs = align_line({"id": 7, **line}, encoder=lexical)["pairs"]
    assert [(pair["i"], pair["j"]) for pair in pairs] == [(0, None), (1, None)]
    assert align_line({"id": 7, "b": ["派车审批"]}, encoder=lexical)["pairs"] == []


def test_a_side_that_is_absent_makes_a_pair_different_and_is_named(lexical: Encoder) -> None:
    found = compare_line(
        {"id": 4, "a": {"text": "停车管理", "functions": [None]}}, context=Context.shipped(lexical)
    )
    assert (found["id"], found["label"], found["score"]) == (4, "different", 0.0)
    assert found["evidence"][0] == "b 没有名称、文字或功能，无从比对"


def test_a_line_of_another_form_is_refused_with_its_field(lexical: Encoder) -> None:
    with pytest.raises(ValidationError, match=r"^字段 a 应为列表$"):
        list(align_lines([{"id": 9, "a": "派车审批", "b": []}], encoder=lexical))


def test_languages_meet_and_a_query_is_never_its_own_match() -> None:
    pool = [
        {"id": "fr", "name": "Démarches", "description": "gestion des données de santé"},
        {"id": "en", "name": "Procedures", "description": "management of health data"},
        {"id": "xx", "name": "Waste", "description": "collection of bins in the city"},
    ]
    [line] = similar_lines(pool, [pool[0]], top=2)
    assert [match["id"] for match in line["matches"]] == ["en", "xx"]


@pytest.mark.shared
def test_the_same_product_is_found_in_a_catalogue(shared_data: Path) -> None:
    read = {
        file: [
            json.loads(line) for line in (shared_data / "eu" / file).read_text(encoding="utf-8").splitlines()
        ]
        for file in ("systems.jsonl", "pairs.jsonl")
    }
    pairs = [pair for pair in read["pairs.jsonl"] if pair["label"] == "same_product"]
    asked = {ident for pair in pairs for ident in (pair["a"], pair["b"])}
    queries = [line for line in read["systems.jsonl"] if line["id"] in asked]
    report = evaluate_ranking(pairs, list(similar_lines(read["systems.jsonl"], queries)))["same_product"]
    assert report.mrr >= 0.76
    assert report.hits[10] >= 0.88
