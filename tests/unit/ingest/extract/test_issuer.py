"""Whom 我局 and 本委 mean."""

import pytest

from ingest.extract.extractor import extract


def builders(text: str) -> list[str]:
    return [item.head.text for item in extract(text).relations if item.type == "BUILDS"]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("云屏市民政局关于报送情况的报告\n市大数据局：\n我局建成了救助登记系统。", "云屏市民政局"),
        ("市大数据局：\n我局建设救助登记系统。\n云屏市民政局\n2026年3月1日", "云屏市民政局"),
        ("项目单位：云屏市民政局\n救助登记系统由我局统一建设。", "云屏市民政局"),
        (
            "海岚省教育厅关于推广学籍系统的通知\n各市教育局：\n我厅统一建设的学籍系统已经上线。",
            "海岚省教育厅",
        ),
        ("云屏市卫生健康委员会工作总结\n本委建成了处方流转平台。", "云屏市卫生健康委员会"),
    ],
)
def test_an_issuer_that_speaks_of_itself_is_the_organ_that_signs_or_heads_the_text(
    text: str, issuer: str
) -> None:
    assert builders(text) == [issuer]


@pytest.mark.parametrize(
    "text",
    [
        "我局建成了救助登记系统。",
        "市大数据局：\n我局建成了救助登记系统。",
        "云屏市教育局工作总结\n我委建成了救助登记系统。",
        "云屏市教育局工作总结\n各区教育局和我院建成了救助登记系统。",
    ],
)
def test_an_issuer_that_the_text_does_not_name_is_nobody(text: str) -> None:
    assert builders(text) == []
