"""Refused projects that come back under another name or unit."""

from collections.abc import Iterable

from kg.matching.pairs import compare
from kg.text import fold
from queries.season.alike import is_alike
from queries.season.batch import Batch
from queries.season.group import Group
from queries.season.likeness import Likeness


def returned_groups(found: Iterable[Likeness], batch: Batch) -> list[Group]:
    """One group for each refused project that proposals of the batch repeat, in the order of these."""
    again: dict[int, list[Likeness]] = {}
    for one in found:
        if _comes_back(one, batch):
            again.setdefault(one.b, []).append(one)
    return [_group(refused, ones, batch) for refused, ones in sorted(again.items())]


def _comes_back(one: Likeness, batch: Batch) -> bool:
    """Whether a is of the batch and asks again for what was refused as b, under another name or unit."""
    now, before = batch.submissions[one.a], batch.submissions[one.b]
    same_unit = bool(now.unit) and now.unit == before.unit
    if same_unit and fold(now.name) == fold(before.name):
        return False
    if not same_unit and not batch.places[one.a].may_be(batch.places[one.b]):
        return False
    if before.functions:
        return is_alike(one, batch)
    return compare(now.described, before.described, context=batch.matching).label == "same"


def _group(refused: int, ones: list[Likeness], batch: Batch) -> Group:
    before = batch.submissions[refused]
    members = [one.a for one in ones]
    reasons = [_told(one, batch) for one in ones]
    who = f"{before.called}曾被{before.stage}" + (f"（{before.file}）" if before.file else "")
    return batch.group(
        "returned", [*members, refused], ones, avoidable=None, reasons=[who, *reasons], rules=()
    )


def _told(one: Likeness, batch: Batch) -> str:
    now, before = batch.submissions[one.a], batch.submissions[one.b]
    name = "名称相同" if fold(now.name) == fold(before.name) else f"原名称“{before.name}”"
    unit = "单位相同" if now.unit == before.unit else f"原单位{before.department or '不明'}"
    shares = (
        f"，其功能有 {one.share_b:.0%} 再次出现" if before.functions else "，原项目没有功能清单，只按名称比对"
    )
    return f"{now.called}：{name}，{unit}{shares}"
