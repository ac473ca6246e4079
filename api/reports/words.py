"""The words of the decision paper: labels of its values, money and marked common words, ready to print."""

from collections.abc import Mapping
from typing import Any

KINDS = {
    "same": "同一系统",
    "same_kind": "同类系统",
    "reskinned": "换壳",
    "reuse": "复用",
    "new": "新建",
    "different": "不同",
}
COVERAGE = {
    "systems": "比对的系统",
    "functions": "比对的功能",
    "projects": "比对的项目",
    "organizations": "涉及单位",
    "organizations_without_data": "尚无数据的单位",
    "as_of": "截至",
    "newest": "最新数据",
    "unread": "未能读取的部分",
}
BASIS = {
    "input_sha256": "材料校验码",
    "store_version": "图谱版本",
    "as_of": "截至",
    "engine": "程序版本",
    "ontology": "本体版本",
    "thresholds": "阈值版本",
    "policy": "规则版本",
    "model": "语义模型",
    "mode": "比对方式",
}
MODES = {"semantic": "语义比对", "lexical": "字面比对（未装语义模型）"}


def yuan(amount: float | None) -> str:
    """Money for a reader: 1,900,000 元 as 190 万元; — where none is given."""
    if amount is None:
        return "—"
    if abs(amount) >= 10_000:
        return f"{amount / 10_000:,.2f}".rstrip("0").rstrip(".") + " 万元"
    return f"{amount:,.2f}".rstrip("0").rstrip(".") + " 元"


def kind(name: str) -> str:
    """The Chinese word for a kind of overlap."""
    return KINDS.get(name, name)


def shown(value: object) -> str:
    """A value of coverage or basis as words."""
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value) or "无"
    if value is None or value == "":
        return "—"
    return MODES.get(str(value), str(value))


def labelled(values: Mapping[str, Any], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and words of each value, in the order of the labels; values without a label come last."""
    known = [(labels[key], shown(values[key])) for key in labels if key in values]
    return known + [(key, shown(values[key])) for key in sorted(values.keys() - labels.keys())]


def marked(text: str, other: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it stands in the other text too (two characters or more)."""
    common = [False] * len(text)
    for size in range(min(len(text), len(other)), 1, -1):
        for start in range(len(text) - size + 1):
            if text[start : start + size] in other:
                common[start : start + size] = [True] * size
    pieces: list[tuple[str, bool]] = []
    for char, is_common in zip(text, common, strict=True):
        if pieces and pieces[-1][1] == is_common:
            pieces[-1] = (pieces[-1][0] + char, is_common)
        else:
            pieces.append((char, is_common))
    return pieces
