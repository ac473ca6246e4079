"""Finds functions: the members of enumerations after words like 提供, 具备, 实现."""

import functools
import re
from collections.abc import Iterator

from ingest.extract import schema
from ingest.extract.model import Label, Mention

OWNERS = frozenset({Label.SYSTEM, Label.COMPONENT, Label.PROJECT})
_REACH = 150
_MEMBER = r"[^，。；：、！？\n（）“”\"《》]{2,18}"
_SEPARATOR = re.compile(r"、|以及|及其|和|与|及|\.(?=[一-龥])")
_SPLIT_LAST = re.compile(r"(?<=[一-龥]{2})(?:以及|和|与|及)(?=[一-龥]{2})")
_FOR = re.compile(r"(?:为|向)[^，。；、]{1,24}$")
_LEAD = re.compile(r"^(?:了|的|其|包括|各类|有关|相关|便捷的?|全面|以及|和|：)")
_BAD = re.compile(
    r"的|了|在(?!线)|将|应(?!急|用|答|收)|须|通过|进行|应当|根据|按照|有关|相关|各级|等$|^[各不对以为向]|^但不限于|^\d|\d$"
)
_ETC = re.compile(r"^等(?:方面|各类|多种|\d+[项个]|[一二三四五六七八九十]+[项个大])?(?:的)?")


@functools.cache
def _opening() -> re.Pattern[str]:
    verbs = "|".join(schema.grammar().function_verbs)
    return re.compile(f'(?:{verbs})(?:了|有|以下|的|主要)?：?[“"]?({_MEMBER}(?:、{_MEMBER})*)')


@functools.cache
def _tail() -> re.Pattern[str]:
    words = sorted(schema.grammar().function_tails, key=lambda word: (-len(word), word))
    return re.compile(f"(?:等)?(?:各?方面)?(?:的)?(?:{'|'.join(words)})$")


def _members(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields the spans between 、, and the halves of the last one at 和."""
    pieces = [(m.start() + begin, m.end() + begin) for m in re.finditer(r"[^、]+", text[begin:end])]
    for number, (first, last) in enumerate(pieces):
        joint = (
            _SPLIT_LAST.search(text, first, last) if number == len(pieces) - 1 and len(pieces) > 1 else None
        )
        if joint:
            yield first, joint.start()
            yield joint.end(), last
        else:
            yield first, last


def _trim(text: str, begin: int, end: int) -> tuple[int, int]:
    words = text[begin:end]
    lead = _LEAD.match(words)
    begin += lead.end() if lead else 0
    if "等" in words[2:]:
        end = min(end, begin + text[begin:end].index("等", 1) if "等" in text[begin + 1 : end] else end)
    tail = _tail().search(text[begin:end])
    if tail and tail.start() >= (2 if "功能" in tail.group() else 3):
        end = begin + tail.start()
    return begin, end


def _fits(words: str, shortest: int) -> bool:
    if not shortest <= len(words) <= 16 or _BAD.search(words):
        return False
    return not words.endswith(schema.grammar().not_function)


def functions(text: str) -> Iterator[Mention]:
    """Yields the functions listed in the folded text; a list has two members, or says 功能 or 服务."""
    for hit in _opening().finditer(text):
        begin, end = hit.span(1)
        spans = [_trim(text, *span) for span in _members(text, begin, end)]
        says_function = bool(re.search(r"等[^，。；、]{0,6}(?:功能|服务|模块|应用)$|功能$", text[begin:end]))
        good = [span for span in spans if _fits(text[span[0] : span[1]], 2 if says_function else 3)]
        if len(good) < (1 if says_function else 2) or len(good) * 2 < len(spans):
            continue
        confidence = 0.85 if says_function else 0.65
        rule = "list.function" if says_function else "list.members"
        for first, last in good:
            yield Mention(first, last, Label.FUNCTION, text[first:last], rule, confidence)


def owned(text: str, named: list[int]) -> Iterator[Mention]:
    """Yields the listed functions; a list that does not call itself functions needs a system before it.

    `named` are the starts of systems, components and projects in the text.
    """
    for item in functions(text):
        if item.rule == "list.function" or any(0 < item.start - start < _REACH for start in named):
            yield item
