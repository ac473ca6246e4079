"""The words of the decision paper: labels of its values, money and marked common words, ready to print."""

from collections.abc import Iterable, Mapping
from typing import Any

from api.labels import SOURCES

KINDS = {
    "same": "同一系统",
    "same_kind": "同类系统",
    "reskinned": "换壳",
    "reuse": "复用",
    "new": "新建",
    "different": "不同",
}
FUNCTION_KINDS = {
    "same": "相同",
    "same_kind": "同类",
    "reskinned": "换说法",
    "reuse": "复用",
    "new": "新增",
}
CONTRIBUTIONS = {
    "meaning": "功能含义重合",
    "aligned": "功能逐项对应",
    "order": "顺序一致",
    "core": "名称核心",
    "coverage": "清单覆盖",
}
MONEY = {
    "budget": "申报总额",
    "modules": "模块合计",
    "difference": "差额",
    "cut": "建议核减",
    "conditional": "有条件推进",
    "kept": "保留",
}
STATED = {
    "name": "项目名称",
    "department": "建设单位",
    "region": "所在地区",
    "period": "建设周期",
    "build_kind": "建设性质",
    "budget": "总投资",
    "fund_source": "资金来源",
    "grade": "等保级别",
    "vendor": "承建或编制单位",
    "uses": "复用或对接",
    "deploys": "部署或扩建",
    "replaces": "替换系统",
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
    "run": "截至任务",
    "as_of": "截至",
    "engine": "程序版本",
    "ontology": "本体版本",
    "thresholds": "阈值版本",
    "policy": "规则版本",
    "model": "语义模型",
    "mode": "比对方式",
    "mode_reason": "未用语义模型的原因",
    "measured": "实测质量",
}
GROUPS = {
    "same_need": "同一需求",
    "split": "拆分项目",
    "returned": "再次申报",
    "joint_build": "统筹共建",
}
CHANGES = {"added": "新增功能", "removed": "删去功能", "changed": "金额变化"}
CHANGES_SHOWN = 20
"""Functions that a line names; beyond that their number says enough."""
MODES = {"semantic": "语义比对", "lexical": "字面比对（未装语义模型）"}


def yuan(amount: float | None) -> str:
    """Money for a reader: 1,900,000 元 as 190 万元; — where none is given."""
    if amount is None:
        return "—"
    if abs(amount) >= 10_000:
        return f"{amount / 10_000:,.2f}".rstrip("0").rstrip(".") + " 万元"
    return f"{amount:,.2f}".rstrip("0").rstrip(".") + " 元"


def heading(module: Mapping[str, Any]) -> str:
    """What stands above a module in the function list, ready to stand before its own words; "" at the top."""
    above = str(module["path"]).removesuffix(str(module["text"])).strip("/")
    return f"{above} / " if above else ""


def amounts(money: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and money of each sum that the paper shows, in a fixed order."""
    return [(label, yuan(money[key])) for key, label in MONEY.items() if key in money]


def stated(proposal: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Label, words and place of what the proposal says of itself, in the order of the labels."""
    said = list(proposal.get("facts", ()))
    return [
        (label, str(fact["value"]), str(fact.get("place") or "—"))
        for kind, label in STATED.items()
        for fact in said
        if fact["kind"] == kind
    ]


def grouped(reasons: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Reasons with what they rest on; those of one rule and one target name their modules in one line."""
    lines: dict[tuple[str, str, str], list[str]] = {}
    for reason in reasons:
        rule, _, detail = reason["text"].partition("：")
        module, arrow, target = detail.partition(" → ")
        key = (rule, f" → {target}" if arrow else "", reason.get("source") or "")
        lines.setdefault(key, []).append(module)
    return [
        ("：".join(part for part in (rule, "、".join(filter(None, modules)) + target) if part), rests)
        for (rule, target, rests), modules in lines.items()
    ]


def telling(candidate: Mapping[str, Any]) -> list[str]:
    """The lines of evidence that the table of functions does not repeat."""
    lines = candidate.get("evidence", ())
    return [line for line in lines if not (candidate["functions"] and "”对应“" in line)]


def score_parts(contributions: Mapping[str, float]) -> str:
    """The parts of a score, largest first: 功能含义重合 0.38；…"""
    parts = sorted(contributions.items(), key=lambda item: (-item[1], item[0]))
    return "；".join(f"{CONTRIBUTIONS.get(name, name)} {value:.2f}" for name, value in parts)


def sources(found: Iterable[Mapping[str, Any]]) -> list[str]:
    """One line for each document: its name, what kind it is, and the places in it."""
    places: dict[tuple[str, str, float], list[str]] = {}
    for one in found:
        places.setdefault((one["document"], one["source"], one["confidence"]), []).append(one["place"])
    lines = []
    for (document, source, confidence), where in places.items():
        told = f"{document}（{SOURCES.get(source, source)}，可信度 {confidence:.2f}）"
        lines.append(f"{told}{'、'.join(filter(None, where))}")
    return lines


def function_kind(name: str) -> str:
    """The Chinese word for what two functions are to each other."""
    return FUNCTION_KINDS.get(name, name)


def kind(name: str) -> str:
    """The Chinese word for a kind of overlap."""
    return KINDS.get(name, name)


def group(name: str) -> str:
    """The Chinese word for a kind of group."""
    return GROUPS.get(name, name)


def earlier(version: Mapping[str, Any]) -> list[str]:
    """Lines on the earlier version of a proposal: where it stands, how it was decided, what has changed."""
    where = "，".join(filter(None, (version["file"], version["said_on"])))
    decided = version["verdict"] or f"尚未评审（{version['stage'] or '阶段不明'}）"
    same = "，与本次提交的是同一份文件" if version["same_file"] else ""
    first = f"前一版本《{version['name']}》{f'（{where}）' if where else ''}：{decided}{same}"
    told = version["changes"]
    return [first, *(changes(told) if told else ["前一版本没有功能清单，无法比较变化"])]


def changes(told: Mapping[str, Any]) -> list[str]:
    """What was added, removed and changed, and the money before and after."""
    lines = []
    for key, label in CHANGES.items():
        if told[key]:
            named = "、".join(_changed(one) for one in told[key][:CHANGES_SHOWN])
            more = f" 等共 {len(told[key])} 项" if len(told[key]) > CHANGES_SHOWN else ""
            lines.append(f"{label}：{named}{more}")
    money = told["money"]
    if money["before"] != money["after"]:
        lines.append(f"申报总额：{yuan(money['before'])} → {yuan(money['after'])}")
    return lines or ["功能和金额没有变化"]


def _changed(one: Mapping[str, Any]) -> str:
    before, after = one["before"], one["after"]
    if before is not None and after is not None:
        return f"{one['text']}（{yuan(before)} → {yuan(after)}）"
    amount = after if before is None else before
    return f"{one['text']}（{yuan(amount)}）" if amount is not None else str(one["text"])


def shown(value: object) -> str:
    """A value of coverage or basis as words."""
    if isinstance(value, list | tuple):
        return "、".join(str(item) for item in value) or "无"
    if value is None or value == "":
        return "—"
    return MODES.get(str(value), str(value))


def labelled(values: Mapping[str, Any], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and words of each value, in the order of the labels; values without a label come last.

    What has no value is left out.
    """
    known = [(labels[key], shown(values[key])) for key in labels if values.get(key) not in (None, "")]
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
