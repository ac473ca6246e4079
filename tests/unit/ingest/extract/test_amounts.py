"""What prose gives as the money of a project, in the ways thousands are parted."""

import pytest

from ingest.extract.extractor import extract

NAME = "云屏市渡口安全监管项目"


def budgets(words: str) -> list[str]:
    found = extract(f"{NAME}已经批复，{words}。").details
    return [str(item.value) for item in found if item.property == "budget" and item.of.text == NAME]


@pytest.mark.parametrize(
    ("words", "yuan"),
    [
        ("总投资3,450,000元", "3450000"),
        ("总投资３，４５０，０００元", "3450000"),
        ("预算金额：¥3,450,000.50元", "3450000.50"),
        ("概算总投资为人民币2,345.60万元", "23456000"),
        ("估算投资 2 345.6 万元", "23456000"),
        ("最高限价1 200 000元，分两年支付", "1200000"),
        ("预算金额（万元）：2,345.6", "23456000"),
        ("总投资约2345.6万元", "23456000"),
        ("项目预算860万元，120户受益", "8600000"),
        ("总投资1.2亿元", "120000000"),
    ],
)
def test_an_amount_is_read_whole_however_its_thousands_are_parted(words: str, yuan: str) -> None:
    assert [float(value) for value in budgets(words)] == [float(yuan)]


@pytest.mark.parametrize("words", ["总投资由市财政解决", "预算另行下达，涉及12，000户", "投资方为3家企业"])
def test_what_gives_no_amount_is_no_budget(words: str) -> None:
    assert budgets(words) == []
