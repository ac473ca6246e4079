"""Which of several choices are ticked."""

import pytest

from ingest.ticks import ticked


@pytest.mark.parametrize(
    ("value", "chosen"),
    [
        ("☑在用 □停用", "在用"),
        ("□互联网 ☑政务外网 ☑专网", "政务外网、专网"),
        ("在用☑ 停用□", "在用"),
        ("互联网□、政务外网√", "政务外网"),
        ("[x] 自建 [ ] 统建", "自建"),
        ("□在用 □停用", ""),
        ("新建（ ） 升级改造（√） 运维（ ）", "升级改造"),
        ("（√）财政资金 （  ）自筹", "财政资金"),
        ("在用", "在用"),
        ("", ""),
    ],
)
def test_of_choices_with_boxes_the_ticked_ones_count(value: str, chosen: str) -> None:
    assert ticked(value) == chosen
