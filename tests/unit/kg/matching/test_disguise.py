"""Disguise: what is written so as not to be found is found, and told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.matching.description import Description, Item
from kg.matching.disguise import disguises, undisguised
from kg.matching.encoder.port import Encoder
from kg.matching.pairs import Context, compare

PLAIN = Description(
    "a",
    "居家养老服务APP平台",
    items=tuple(Item(text) for text in ("床位动态登记", "护理等级评估", "助餐服务派单", "工单二次办理")),
)


@pytest.mark.parametrize(
    ("hidden", "looks"),
    [
        ("床\u200b位\ufeff登\u2060记", "床位登记"),
        ("\u202e床位\u202c登记", "床位登记"),
        ("移动АРР发布", "移动APP发布"),
        ("Uкey登录", "Ukey登录"),
        ("職エ床位登記", "职工床位登记"),
        ("床\u00ad位登记", "床位登记"),
    ],
)
def test_a_text_is_compared_as_it_looks(hidden: str, looks: str) -> None:
    assert undisguised(hidden).lower() == looks.lower()


@pytest.mark.parametrize(
    "honest",
    [
        "Портал услуг",
        "Πύλη υπηρεσιών",
        "カタログ管理サービス",
        "床位登记APP",
        "café données",
        "",
        "α系数测算",
    ],
)
def test_honest_writing_stays_and_is_no_sign(honest: str) -> None:
    assert undisguised(honest) == honest
    assert disguises([honest]) == ()


def test_a_hidden_copy_scores_as_the_open_copy_and_is_reported(lexical: Encoder) -> None:
    context = Context.shipped(lexical)
    hidden = replace(
        PLAIN,
        id="b",
        name="银龄\u200b关爱АРР",
        items=tuple(Item("\u200b".join(item.text).replace("工", "エ")) for item in PLAIN.items),
    )
    opened = replace(hidden, name="银龄关爱APP", items=PLAIN.items)
    found, wanted = compare(PLAIN, hidden, context=context), compare(PLAIN, opened, context=context)
    assert (found.label, found.score) == (wanted.label, wanted.score)
    assert any("零宽" in line and "形近" in line for line in found.evidence)
    assert not any("疑似规避" in line for line in wanted.evidence)


@given(st.text(max_size=40))
def test_undoing_twice_changes_nothing_more(text: str) -> None:
    once = undisguised(text)
    assert undisguised(once) == once
    assert not any(sign in once for sign in "\u200b\u202e\ufeff")
