"""Controls: what says nothing about a system (boilerplate, length, order of asking) decides nothing."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.matching.encoder.loading import load_encoder
from kg.matching.encoder.port import Encoder
from kg.matching.evaluate.classes import evaluate_pairs
from kg.matching.lines import compare_lines
from kg.matching.pairs import Context

DATA = Path(__file__).parents[3] / "data" / "matching" / "pairs.jsonl"
TENDER = (
    "投标人须遵守招标文件规定，预算限价和工期以采购公告为准，评标与中标结果另行公告，保证金按规定缴纳。" * 3
)
DESIGN = "遵循统筹规划、分步实施的原则，采用成熟稳定的技术路线，满足信息系统安全等级保护要求。"
Line = Mapping[str, Any]


def held(label: str) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line["label"] == label]


def labels(lines: list[dict[str, Any]], encoder: Encoder) -> list[str]:
    return [str(line["label"]) for line in compare_lines(lines, context=Context.shipped(encoder))]


def with_b(line: Line, **changed: object) -> dict[str, Any]:
    return {**line, "b": {**line["b"], **changed}}


def test_tender_clauses_change_no_verdict(lexical: Encoder) -> None:
    plain = held("reskinned") + held("same_kind")
    padded = [with_b(line, text=line["b"]["text"] + TENDER) for line in plain]
    assert labels(padded, lexical) == labels(plain, lexical)


@pytest.mark.shared
@pytest.mark.parametrize("padding", [TENDER, DESIGN])
def test_padding_turns_hardly_any_reskin_with_the_sentence_model(semantic: Encoder, padding: str) -> None:
    plain = held("reskinned")
    before = labels(plain, semantic)
    after = labels([with_b(line, text=line["b"]["text"] + padding) for line in plain], semantic)
    kept = [new for old, new in zip(before, after, strict=True) if old == "reskinned"]
    assert kept.count("reskinned") >= 0.9 * len(kept)


@pytest.mark.shared
def test_a_reskin_cut_short_is_judged_the_same(semantic: Encoder, shared_data: Path) -> None:
    text = (shared_data / "cn" / "overlap_pairs_dev.jsonl").read_text(encoding="utf-8")
    plain = [line for line in map(json.loads, text.splitlines()) if line["label"] == "reskinned"]
    cut = [with_b(line, text=line["b"]["text"][:75]) for line in plain]
    assert any(len(line["b"]["text"]) > 75 for line in plain)
    assert labels(cut, semantic) == labels(plain, semantic)


@pytest.mark.shared
def test_pairs_of_systems_that_do_not_belong_together_are_different(semantic: Encoder) -> None:
    lines = held("reskinned") + held("same_kind")
    apart = [{**line, "b": lines[(i + 11) % len(lines)]["b"]} for i, line in enumerate(lines)]
    apart = [
        line
        for line, other in zip(apart, lines[11:] + lines[:11], strict=True)
        if line["domain"] != other["domain"]
    ]
    found = labels(apart, semantic)
    assert found.count("different") >= 0.95 * len(found)


def test_an_unknown_region_is_no_hint(lexical: Encoder) -> None:
    plain = held("different")
    blank = [with_b(line, region="", department="") for line in plain]
    before, after = labels(plain, lexical), labels(blank, lexical)
    assert after.count("different") >= before.count("different")


def test_the_order_of_the_sides_does_not_matter(lexical: Encoder) -> None:
    lines = held("same") + held("reskinned")
    turned = [{**line, "a": line["b"], "b": line["a"]} for line in lines]
    assert labels(turned, lexical) == labels(lines, lexical)


def test_the_same_text_in_every_description_makes_no_two_systems_alike() -> None:
    text = "系统采用统一的技术架构，提供用户管理、权限管理、日志管理、系统设置。"
    one = {"name": "殡葬服务管理平台", "functions": ["火化预约", "骨灰寄存", "墓位销售"], "text": text}
    two = {"name": "渔船动态监管系统", "functions": ["进出港报告", "船位监控", "船员核验"], "text": text}
    [found] = compare_lines([{"id": "1", "a": one, "b": two}], context=Context.shipped(load_encoder(None)))
    assert found["label"] == "different"


@pytest.mark.shared
def test_own_pairs_are_told_apart(semantic: Encoder) -> None:
    lines = [line for label in ("same", "same_kind", "reskinned", "different") for line in held(label)]
    report = evaluate_pairs(lines, list(compare_lines(lines, context=Context.shipped(semantic))))
    assert report.macro_f1 >= 0.80
    assert report.auc is not None
    assert report.auc >= 0.92
