"""One entity as lines on a terminal: each value and relation with what stands behind it."""

from collections.abc import Iterator, Mapping
from typing import Any

from api.citations import citations, sayers
from api.labels import modality_label, property_label, relation_label, type_label, value_text
from queries.entity import Link, Shown

FUNCTIONS = 20
"""Other ends of one kind of relation that are listed; the rest is counted."""


def shown_lines(shown: Shown) -> Iterator[str]:
    """The lines of `kg show`; functions come last, because they are many."""
    entity = shown.entity
    yield f"{entity.name}（{type_label(entity.type)}，{entity.id}）"
    for name, value in sorted(entity.properties.items()):
        behind = "；".join(sayers(entity, name))
        yield f"  {property_label(entity.type, name)}：{value_text(value)}    ← {behind}"
    for one in shown.contradictions:
        said = "；".join(f"{value_text(value)}（{document}）" for value, document in one.values)
        yield f"  各来源说法不一  {property_label(entity.type, one.name)}：{said}"
    yield from _relations(shown)
    if shown.others:
        yield f"  同名条目：{'、'.join(shown.others)}"
    if shown.may_mean:
        named = "、".join(f"{one.name}（{one.id}）" for one in shown.may_mean)
        yield f"  可能指：{named}；未归并，可用 kg judge 判定"


def capability_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Of a capability the systems that have functions of it; nothing for other entities."""
    found = document.get("capability")
    if not found:
        return
    for label, members in (("可共用的系统", found["offering"]), ("有此功能的系统", found["members"])):
        if members:
            yield f"  {label}（{len(members)}）"
        for one in members[:FUNCTIONS]:
            functions = f"：{'、'.join(one['functions'])}" if one["functions"] else ""
            yield f"    {one['name']}  {one['department']}{functions}"
        if len(members) > FUNCTIONS:
            yield f"    … 另有 {len(members) - FUNCTIONS} 个，用 --json 查看全部"


def _relations(shown: Shown) -> Iterator[str]:
    groups: dict[str, list[Link]] = {}
    for link in shown.links:
        groups.setdefault(relation_label(link), []).append(link)
    for label, links in sorted(groups.items(), key=lambda item: (len(item[1]) > FUNCTIONS, item[0])):
        yield f"  {label}（{len(links)}）"
        for link in links[:FUNCTIONS]:
            behind = "；".join(citations(link.relation.claims))
            yield f"    {_other(link)}    ← {behind}"
        if len(links) > FUNCTIONS:
            yield f"    … 另有 {len(links) - FUNCTIONS} 项，用 --json 查看全部"


def _other(link: Link) -> str:
    end = link.relation.target if link.direction.value == "out" else link.relation.source
    name = link.other.name if link.other else str(end)
    marked = modality_label(link.relation.modality)
    return f"{name}（{marked}）" if marked else name
