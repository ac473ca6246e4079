"""Initials, words and languages of text."""

import pytest

from kg.text import initials, is_chinese, language, words


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
