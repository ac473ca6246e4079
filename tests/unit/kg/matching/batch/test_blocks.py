"""Pairs judged together have the labels and scores of one judgement after the other."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generated_estate import generated
from kg.matching.batch.blocks import verdicts
from kg.matching.batch.phrase_pairs import PhrasePairs
from kg.matching.candidates import bag_of, counted
from kg.matching.description import Description, Item
from kg.matching.encoder.port import Encoder
from kg.matching.pairs import Context, judge
from kg.matching.phrases import pair_scores, penalties, plain
from kg.matching.profile import profile

WORDS = ["排污许可", "失业", "就业", "登记", "审批", "查询", "年度", "GIS", "用户管理", "预警", "的", "12345"]
PHRASES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=16).map("".join)
MIXED = [
    "，。",
    "\u200b",
    "開發平臺",
    "a b c d e f g h i j k l m n o p",
    "登记",
    "登记 ",
    "注销登记",
    "失业登记",
]


def alone(systems: Sequence[Description], context: Context) -> list[tuple[str, float]]:
    return [
        judge(profile(a), profile(b), declared=a.declared or b.declared, context=context)
        for a, b in combinations(systems, 2)
    ]


def together(systems: Sequence[Description], context: Context) -> list[tuple[str, float]]:
    pairs = list(combinations(range(len(systems)), 2))
    return list(verdicts(dict(enumerate(systems)), pairs, context=context))


def context_of(systems: Sequence[Description], encoder: Encoder) -> Context:
    return Context(encoder, counted([bag_of(one) for one in systems]))


@pytest.mark.parametrize("seed", [1, 2])
def test_generated_estates_are_judged_the_same(seed: int, spoken: Encoder) -> None:
    systems = generated(24, seed=seed).descriptions
    context = context_of(systems, spoken)
    assert together(systems, context) == alone(systems, context)


def test_an_estate_judged_by_meaning_is_judged_the_same(semantic: Encoder) -> None:
    systems = generated(12, seed=3).descriptions
    context = context_of(systems, semantic)
    found = together(systems, context)
    assert found == alone(systems, context)
    assert {label for label, _ in found} > {"different"}


@pytest.mark.parametrize("mode", ["lexical", "spoken"])
def test_lists_texts_and_declarations_may_stand_beside_each_other(
    mode: str, request: pytest.FixtureRequest
) -> None:
    encoder: Encoder = request.getfixturevalue(mode)
    drawn = list(generated(8, seed=4).descriptions)
    drawn[1] = replace(drawn[1], items=(), text="建设河湖巡查平台，实现巡查登记、问题派单和统计分析。")
    drawn[2] = replace(drawn[2], items=drawn[2].items[:2])
    drawn[3] = replace(drawn[0], id="copy", declared="在现有系统上升级")
    drawn[4] = replace(drawn[4], items=tuple(Item(text) for text in MIXED))
    drawn[5] = replace(drawn[5], items=tuple(Item(text) for text in reversed(MIXED)))
    drawn[6] = replace(drawn[6], items=())
    context = context_of(drawn, encoder)
    assert together(drawn, context) == alone(drawn, context)


@given(phrases=st.lists(PHRASES, min_size=2, max_size=8))
@settings(max_examples=40, deadline=None)
def test_phrases_score_the_same_alone_and_together(phrases: list[str], spoken: Encoder) -> None:
    said = sorted({plain(one) for one in (*phrases, *MIXED)})
    pairs = list(combinations(range(len(said)), 2))
    left, right = np.array(pairs, dtype=np.int64).T
    texts = [(said[i], said[j]) for i, j in pairs]
    made = PhrasePairs(said, spoken)
    assert made.scores(left, right).tolist() == pair_scores(texts, spoken)
    assert made.penalties(left, right).tolist() == penalties(texts, spoken)
    assert made.scores(right, left).tolist() == pair_scores(texts, spoken)


def test_without_meaning_the_same_letters_decide(lexical: Encoder) -> None:
    systems = generated(8, seed=5).descriptions
    context = context_of(systems, lexical)
    assert together(systems, context) == alone(systems, context)
