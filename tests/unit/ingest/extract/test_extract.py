"""What is read out of official prose, and where it stands."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.extractor import extract, extract_lines, extract_many
from ingest.extract.model import Label
from kg.errors import ValidationError
from kg.model import Modality
from kg.text import aligned

PASSAGE = (
    "第三条市民政局应当建立全市统一的养老服务信息系统（以下简称养老系统），"
    "提供在线预约、进度查询、健康档案等功能，并与省政务服务平台互联互通。养老系统依托电子政务云运行。"
)
PIECES = [
    "市民政局",
    "建立",
    "养老服务信息系统",
    "，",
    "。",
    "“",
    "”",
    "（以下简称",
    "）",
    "依托",
    "电子印章",
    "、",
    "\n",
    "系統",
    "Ａ",
]


def said(text: str) -> set[tuple[str, str, str]]:
    return {(item.head.text, item.type, item.tail.text) for item in extract(text).relations}


def named(text: str, label: Label) -> list[str]:
    return [item.text for item in extract(text).mentions if item.label is label]


def test_an_organ_builds_the_system_it_is_told_to_build() -> None:
    assert ("市民政局", "BUILDS", "养老服务信息系统") in said(PASSAGE)


def test_listed_functions_belong_to_the_system_before_them() -> None:
    functions = {
        tail for head, kind, tail in said(PASSAGE) if kind == "PROVIDES" and head == "养老服务信息系统"
    }
    assert functions == {"在线预约", "进度查询", "健康档案"}


def test_a_short_form_is_a_mention_and_an_alias() -> None:
    found = extract(PASSAGE)
    assert ("养老系统", "养老服务信息系统") in found.aliases
    assert named(PASSAGE, Label.SYSTEM).count("养老系统") == 2


def test_words_for_kinds_of_systems_are_no_names() -> None:
    assert named("各部门应当建设本部门业务系统，完善信息系统，使用统一平台。", Label.SYSTEM) == []


def test_unnamed_departments_are_no_mentions() -> None:
    assert named("有关部门和公安、民政等部门应当配合。", Label.DEPARTMENT) == []


def test_a_shared_capability_is_a_component() -> None:
    assert named("系统应当调用统一身份认证和电子印章。", Label.COMPONENT) == ["统一身份认证", "电子印章"]


def test_what_is_forbidden_is_marked_and_not_handed_out_as_said() -> None:
    text = "市民政局不得新建养老服务信息系统。"
    (relation,) = extract(text).relations
    assert relation.modality is Modality.FORBIDDEN
    assert next(extract_lines([{"id": "a", "text": text}]))["relations"] == []


def test_what_is_planned_is_marked() -> None:
    (relation,) = extract("市民政局计划建设养老服务信息系统。").relations
    assert relation.modality is Modality.PLAN


def test_traditional_characters_are_read_at_their_own_places() -> None:
    text = "市民政局建立養老服務信息系統。"
    (system,) = [item for item in extract(text).mentions if item.label is Label.SYSTEM]
    assert text[system.start : system.end] == system.text == "養老服務信息系統"


@pytest.mark.parametrize("parted", ["。", "。\n", "；", "。\n二、", "。\n（二）"])
@pytest.mark.parametrize("verb", ["对接", "接入", "数据对接", "已对接", "要与", "实现对接"])
def test_a_clause_with_a_system_before_the_verb_is_about_that_system(parted: str, verb: str) -> None:
    ending = "互联互通" if verb == "要与" else ""
    text = f"市大数据局建设政务数据平台{parted}河长制管理系统{verb}地质灾害预警系统{ending}。"
    assert said(text) == {
        ("市大数据局", "BUILDS", "政务数据平台"),
        ("河长制管理系统", "DEPENDS_ON", "地质灾害预警系统"),
    }


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(aligned(text)) == len(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_mentions_are_flat_and_stand_where_they_say(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = extract(text)
    assert all(text[item.start : item.end] == item.text for item in found.mentions)
    ordered = sorted(found.mentions, key=lambda item: item.start)
    assert all(left.end <= right.start for left, right in itertools.pairwise(ordered))


def test_a_text_reads_the_same_beside_any_others() -> None:
    alone = extract(PASSAGE)
    assert list(extract_many(["省财政厅建设公物仓系统。", PASSAGE]))[1] == alone


def test_an_empty_text_says_nothing() -> None:
    assert extract(" \n").mentions == ()


def test_a_line_without_text_is_an_error() -> None:
    with pytest.raises(ValidationError, match="缺少字段 text"):
        list(extract_lines([{"id": "a"}]))


def test_a_line_is_answered_under_the_very_id_it_has() -> None:
    assert [line["id"] for line in extract_lines([{"id": 6, "text": ""}, {"id": "6", "text": ""}])] == [
        6,
        "6",
    ]


@pytest.mark.shared
def test_the_founding_brief_yields_the_platform_and_its_four_capabilities(shared_data: Path) -> None:
    text = (shared_data / "cn" / "founding_brief.txt").read_text(encoding="utf-8")
    found = extract(text)
    parts = {
        item.head.text
        for item in found.relations
        if item.type == "PART_OF" and item.tail.text == "数字政务一体化平台"
    }
    assert parts == {"电子证照", "电子印章", "统一身份认证", "统一消息"}
    labels = {item.text: item.label for item in found.mentions}
    assert labels["数字政务一体化平台"] is Label.SYSTEM
    assert all(labels[part] is Label.COMPONENT for part in parts)
    assert labels["广西壮族自治区信息中心"] is Label.DEPARTMENT
    assert labels["自治区发展改革委"] is Label.DEPARTMENT


@pytest.mark.shared
def test_quality_on_labelled_passages_stays(shared_data: Path) -> None:
    from ingest.extract.evaluate import evaluate_extraction

    gold = (shared_data / "cn" / "gold_dev.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in gold.splitlines()]
    scores = evaluate_extraction(lines, extract_lines(lines))
    assert scores.entities.f1 >= FLOOR_ENTITIES
    assert scores.relations.f1 >= FLOOR_RELATIONS


FLOOR_ENTITIES = 0.9
FLOOR_RELATIONS = 0.78
