"""Search grams, initials, words and languages of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text import bigrams, fold, grams, initials, is_chinese, language, words

NAMES = st.text(st.sampled_from(list("统一电子印章身份认证平台ABcd12")), min_size=2, max_size=12)


@given(NAMES, st.data())
def test_the_grams_of_a_part_are_among_the_grams_of_the_whole(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 2))
    end = data.draw(st.integers(start + 2, len(name)))
    runs = bigrams(name[start:end])
    assert all(gram in grams(name) for gram in runs if len(gram) == 2)


def test_grams_do_not_cross_from_han_to_letters() -> None:
    assert bigrams("OA系统v2") == ["oa", "系统", "v2"]


def test_single_han_characters_are_grams_too() -> None:
    assert grams("印章") == ["印章", "印", "章"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("电子印章平台", "dzyzpt"),
        ("統一身份認證", "tysfrz"),
        ("智桂通App2", "zgtapp2"),
        ("长沙市", "css"),
        ("重庆市", "cqs"),
        ("", ""),
    ],
)
def test_initials_are_those_people_type(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_words_are_folded_and_without_punctuation() -> None:
    assert words("統一身份認證，平台！") == ["统一", "身份", "认证", "平台"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("电子证照系统", "zh"),
        ("OA 办公自动化系统 v2", "zh"),
        ("A service for the people of this city", "en"),
        ("Il servizio è per i cittadini della regione", "it"),
        ("Le logiciel est utilisé par les communes de la région", "fr"),
        ("De software is voor de gemeente en het waterschap", "nl"),
        ("", "en"),
        ("12345", "en"),
    ],
)
def test_languages_are_told_by_common_words(text: str, code: str) -> None:
    assert language(text) == code


def test_a_text_without_letters_is_not_chinese() -> None:
    assert not is_chinese("2023-12-12")
    assert is_chinese("2023年")


@given(st.text(max_size=16))
def test_grams_are_taken_of_the_folded_text(text: str) -> None:
    assert bigrams(text) == bigrams(fold(text))
