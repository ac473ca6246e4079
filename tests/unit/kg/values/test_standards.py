"""One standard has one spelling."""

import pytest

from kg.values import parse_standard


@pytest.mark.parametrize(
    "text",
    [
        "GB/T40692-2021",
        "GBT 40692-2021",
        "gb/t 40692—2021",
        "ＧＢ／Ｔ　40692－2021",
        "符合GB/T 40692-2021的要求",
    ],
)
def test_spellings_of_one_standard_are_one(text: str) -> None:
    assert parse_standard(text) == "GB/T 40692-2021"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("GB 17859-1999", "GB 17859-1999"),
        ("GB/T 33190", "GB/T 33190"),
        ("DB45/T 1234.1-2020", "DB45/T 1234.1-2020"),
        ("ISO/IEC 27001:2013", "ISO/IEC 27001:2013"),
        ("T/CESA 1234-2020", "T/CESA 1234-2020"),
        (" 国家政务服务平台总体技术架构 ", "国家政务服务平台总体技术架构"),
    ],
)
def test_bodies_kinds_and_years_are_kept(text: str, code: str) -> None:
    assert parse_standard(text) == code
