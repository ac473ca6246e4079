"""Precedents in words: how like modules were decided, and where like was decided unlike."""

from collections.abc import Iterator, Mapping
from typing import Any

SHOWN = 30
"""Modules told on paper; report.json holds all."""


def precedent_lines(report: Mapping[str, Any]) -> list[str]:
    """Lines of the section, unlike decisions first; empty when nothing like it was ever decided."""
    found = report.get("precedents") or []
    if not found:
        return []
    counts = report["precedent_counts"]
    first = (
        f"{counts['modules']} 个模块在既往已决项目中有类似内容：{counts['approved']} 个项目获批，"
        f"{counts['refused']} 个未获立项。仅供参考，不影响本次结论"
    )
    rest = len(found) - SHOWN
    more = [f"其余 {rest} 个模块见 report.json"] if rest > 0 else []
    return [first, *_unlike(report["unlike_decisions"]), *map(_module, found[:SHOWN]), *more]


def _unlike(found: list[Mapping[str, Any]]) -> Iterator[str]:
    for one in found[:SHOWN]:
        sides = "；".join(_told(side[0]) for side in (one["approved"], one["refused"]))
        yield f"同类不同决——{one['module']}：{sides}"


def _module(one: Mapping[str, Any]) -> str:
    return f"{one['module']}：{'；'.join(map(_told, one['precedents']))}"


def _told(one: Mapping[str, Any]) -> str:
    unit = f"（{one['department']}）" if one["department"] else ""
    day = f"，{one['decided_on']}" if one["decided_on"] else ""
    opinion = f"，意见：{one['opinion']}" if one["opinion"] else ""
    source = f"，出处：{one['source']['document']} {one['source']['place']}".rstrip() if one["source"] else ""
    like = f"“{one['proposed']}”类似“{one['text']}”，相似度 {one['score']:.2f}"
    return f"《{one['project']['name']}》{unit}{one['decision']}{day}（{like}{opinion}{source}）"
