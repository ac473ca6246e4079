"""Normal forms of text: stable, and equal for what people hold to be the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import fold, normalise, simplify

TEXTS = st.text(max_size=20)
MARKED = st.text(st.sampled_from(list("电子 \t\n\r\u200b\u202e“”A1⻚（），ﬁ\u00ad\ue000é")), max_size=20)


@given(TEXTS | MARKED)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(TEXTS | MARKED)
def test_a_normal_text_holds_no_control_signs_and_no_double_spaces(text: str) -> None:
    plain = normalise(text)
    assert not [c for c in plain if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"}]
    assert "  " not in plain
    assert plain == plain.strip()


@given(TEXTS | MARKED)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_simplifying_keeps_the_length(text: str) -> None:
    assert len(simplify(text)) == len(text)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("ＡＢＣ（１）", "ABC(1)"),
        ("⻚⾯⻔户", "页面门户"),
        ("电子\u200b印\ufeff章", "电子印章"),
        ("第一章\x0c第二章\r\n第三章", "第一章\n第二章\n第三章"),
        ("  一　　二\t三 ", "一 二 三"),
        ("\x00系统\x07", "系统"),
    ],
)
def test_what_files_add_to_text_is_taken_away(raw: str, plain: str) -> None:
    assert normalise(raw) == plain


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("統一電子證照庫", "统一电子证照库"),
        ("“智桂通” 平台", "智桂通平台"),
        ("OA 系统", "oa系统"),
        ("电 子 印 章", "电子印章"),
        ("ＯＣＲ识别", "ocr 识别"),
        ("《目录》", "目录"),
    ],
)
def test_wordings_of_one_name_fold_to_one(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize(("left", "right"), [("open data", "opendata"), ("一期", "二期"), ("印章", "签章")])
def test_other_names_stay_apart(left: str, right: str) -> None:
    assert fold(left) != fold(right)
