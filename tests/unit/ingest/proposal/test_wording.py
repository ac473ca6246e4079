"""Every pattern of the wordings finds what its example says and nothing in its counter-example."""

import re
from collections.abc import Iterator

import pytest

from ingest.documents.blocks import Row
from ingest.proposal.head.known import label_of
from ingest.proposal.tables.columns import header_at, kind_of
from ingest.proposal.ties.sentences import ties_of
from ingest.proposal.wording import Composed, Example, TieRule, facts, prose, tables, ties


def examples() -> Iterator[Example]:
    yield from (*facts().money, *facts().unit_prose, *facts().said, *ties().names)
    yield from (prose().module, prose().line, prose().ordinal, prose().listed, prose().plain)


@pytest.mark.parametrize("rule", ties().rules, ids=lambda rule: rule.id)
def test_a_tie_is_found_in_its_example_and_not_where_it_is_denied(rule: TieRule) -> None:
    assert rule.role in [role for role, _ in ties_of(rule.positive)]
    assert rule.role not in [role for role, _ in ties_of(rule.negative)]


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.positive)
def test_a_pattern_finds_its_example_only(example: Example) -> None:
    assert re.search(example.pattern, example.positive)
    assert not re.search(example.pattern, example.negative)


@pytest.mark.parametrize("one", facts().composed, ids=lambda one: one.positive)
def test_a_label_is_put_together_of_its_parts(one: Composed) -> None:
    told = label_of(one.positive)
    assert told is not None
    assert told.kind == one.kind
    assert label_of(one.negative) is None or not re.fullmatch(one.label, one.negative)


def test_every_heading_word_is_of_its_own_kind() -> None:
    found = {(kind, word): kind_of(word) for kind, words in tables().columns.items() for word in words}
    assert {key: kind for key, kind in found.items() if key[0] != kind} == {}


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        (("序号", "功能模块", "功能描述", "概算（万元）"), ["number", "module", "explain", "amount"]),
        (("业务域", "功能单元", "需求描述"), ["system", "function", "explain"]),
        (("No.", "Feature", "Man-months"), ["number", "function", "effort"]),
        (("功 能 点", "建设要求", "工作量（人月）"), ["function", "explain", "effort"]),
        (("費用名稱", "金額(萬元)"), ["cost", "amount"]),
    ],
)
def test_a_header_is_known_in_many_wordings(cells: tuple[str, ...], kinds: list[str]) -> None:
    header = header_at([Row(cells)], 0)
    assert header is not None
    assert [header.kinds[column] for column in range(len(cells))] == kinds


@pytest.mark.parametrize(
    "cells",
    [
        ("监测子系统", "水位采集功能", "20"),
        ("水位监测功能", "雨量监测功能", "报表功能"),
        ("项目名称", "某县智慧水务平台", "建设单位", "某县水利局"),
        ("项目名称", "申报单位", "申报年度"),
        ("登录", "", ""),
    ],
)
def test_content_is_no_header(cells: tuple[str, ...]) -> None:
    assert header_at([Row(cells)], 0) is None
