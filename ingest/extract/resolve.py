"""Chooses among overlapping candidates and carries sure names to their other occurrences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ingest.extract.mentions import mention
from ingest.extract.model import Label, Mention
from ingest.extract.statistics import confidence

_RANK = {
    Label.PROJECT: 0,
    Label.STANDARD: 1,
    Label.COMPONENT: 2,
    Label.SYSTEM: 3,
    Label.DEPARTMENT: 4,
    Label.FUNCTION: 5,
    Label.REGION: 6,
    Label.COMPANY: 7,
}
_NOT_CARRIED = frozenset({Label.FUNCTION, Label.COMPANY})
_NAMED = frozenset({Label.SYSTEM, Label.COMPONENT, Label.PROJECT})
_JOINABLE = frozenset({Label.SYSTEM, Label.COMPONENT})
_BRAND = re.compile(r"“(?P<brand>[^“”]{3,10})”(?:系统|平台|App|APP|小程序|应用)")
_TOLD = re.compile(
    r"“(?P<brand>[^“”]{3,8})”(?:[是为]|作为)[^，。；]{0,20}(?:平台|系统|入口|移动端|应用|小程序|门户|APP|App)(?=[，。；])"
)
_CARRIED_LENGTH = 4
_LEARNED = frozenset({"brand", "carried"})
"""Rules that only repeat what another has found; where both see a name, the other is told."""


def _order(item: Mention) -> tuple[int, int, int, bool, str]:
    return -(item.end - item.start), item.start, _RANK[item.label], item.rule in _LEARNED, item.rule


def longest(candidates: Iterable[Mention]) -> list[Mention]:
    """Returns flat mentions in text order: the longer wins, then a fixed order of labels and rules."""
    taken: set[int] = set()
    chosen: list[Mention] = []
    for item in sorted(candidates, key=_order):
        if taken.isdisjoint(range(item.start, item.end)):
            taken.update(range(item.start, item.end))
            chosen.append(item)
    return sorted(chosen, key=lambda item: item.start)


def carried(text: str, chosen: list[Mention]) -> Iterator[Mention]:
    """Yields further occurrences of sure names, so that every mention of a name is found."""
    sure: dict[str, Mention] = {}
    for item in chosen:
        long_enough = len(item.text) >= _CARRIED_LENGTH or item.rule == "alias"
        if long_enough and item.label not in _NOT_CARRIED:
            sure.setdefault(item.text, item)
    for surface, item in sorted(sure.items()):
        at = text.find(surface)
        while at >= 0:
            end = at + len(surface)
            if not (surface.endswith("部") and text.startswith("门", end)):
                yield mention(text, (at, end), item.label, rule="carried")
            at = text.find(surface, end)


def joined(text: str, chosen: list[Mention]) -> Iterator[Mention]:
    """Yields names with the part before 和, 与 or 及, where a project's name in the text has them whole."""
    projects = [item.text for item in chosen if item.label is Label.PROJECT]
    for item in chosen:
        if item.label not in _JOINABLE or item.start < 3 or text[item.start - 1] not in "和与及":
            continue
        for title in projects:
            begin = item.start
            while begin > 0 and text[begin - 1 : item.end] in title:
                begin -= 1
            if item.start - begin >= 3:
                yield mention(text, (begin, item.end), item.label, rule="joined")


def branded(text: str, chosen: list[Mention]) -> Iterator[Mention]:
    """Yields the brands that a whole name has taught (“浙运安”系统) or that are told to be systems."""
    names = [_BRAND.fullmatch(item.text) for item in chosen if item.label is Label.SYSTEM]
    for taught in [*filter(None, names), *_TOLD.finditer(text)]:
        for hit in re.finditer(re.escape(taught["brand"]), text):
            yield mention(text, hit.span(), Label.SYSTEM, rule="brand")


def owning(chosen: list[Mention]) -> Iterator[Mention]:
    """Yields companies that stand right before what they own (某水务公司|智慧水务系统) as its department."""
    starts = {item.start for item in chosen if item.label in _NAMED}
    for item in chosen:
        if item.label is Label.COMPANY and item.end in starts:
            yield replace(
                item, label=Label.DEPARTMENT, rule="company.owner", confidence=confidence("company.owner")
            )
