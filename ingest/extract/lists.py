"""Finds functions: the members of enumerations after words like 提供, 具备, 实现."""

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ingest.extract import schema
from ingest.extract.mentions import mention
from ingest.extract.model import Label, Mention

OWNERS = frozenset({Label.SYSTEM, Label.COMPONENT, Label.PROJECT})
_REACH = 150
_LONGEST_HEAD = 8
_MEMBER = r"(?:“[^“”，。]{1,8}”)?[^，。；：、！？\n（）“”\"《》]{2,18}"
_SEPARATOR = re.compile(r"、|以及|及其|和|与|及|\.(?=[一-龥])")
_SPLIT_LAST = re.compile(r"(?<=[一-龥]{2})(?:以及|和|(?<!参)与|(?<![涉普波以])及)(?=[一-龥]{2})")
_FOR = re.compile(r"(?:为|向)[^，。；、]{1,24}$")
_OWNED = re.compile(r"[^的“”]{2,10}的(?=[一-龥]{4,8}$)")
_PAIR = re.compile(r"(?:[两二]|等)[^，。；、]{0,4}(?:功能|服务|模块|应用)$")
_SAYS = re.compile(
    r"等[^，。；、]{0,6}(?:功能|服务|模块|应用)$|功能$|[一二两三四五六七八九十\d](?:项|个|大|类)(?:功能|服务|模块|应用|业务)$|模块$"
)
_SHORTENED = re.compile(r"[两二三四五六七八九十\d][个大套](?:业务|应用)?(?:子系统|系统|平台|数据库)$")
_PAYING = ("缴费", "收费", "计费", "退费", "缴税")
_NAMES = re.compile(r"系统|平台|数据库")
_KINDS = re.compile(r"各(?:类|种|项|类型)|多种(?!服务|功能)")
_CLAUSE_END = re.compile(r"[，。；：！？\n]")
_LEAD = re.compile(r"^(?:汇聚|整合|了|的|其|包括|各类|有关|相关|便捷的?|全面|以及|和|：)")
_BAD = re.compile(
    r"的|了|在(?!线)|将|应(?!急|用|答|收|对)|须|通过|进行|应当|根据|按照|有关|相关|各级|等$|^[各不对以为向]|^但不限于|^无(?!人|障|线|纸|感|偿)|无大|性$|(?:信息|智能|数字|规范|精细|标准|一体|动态|科学|公开|便利|便捷|多样|常态|制度|网络|现代|自动|集约|法治|专业)化$|^\d|\d$"
)


@functools.cache
def _opening() -> re.Pattern[str]:
    verbs = "|".join(schema.grammar().function_verbs)
    return re.compile(
        f'(?:{verbs}|功能(?:主要)?(?:是|为|有))(?:了|有|以下|的|主要|相关|如下功能|以下功能|功能)?：?(?:[“"](?=[^“”"]{{2,18}}、))?({_MEMBER}(?:、{_MEMBER})*)'
    )


@functools.cache
def _tail() -> re.Pattern[str]:
    words = sorted(schema.grammar().function_tails, key=lambda word: (-len(word), word))
    count = r"(?:[一二两三四五六七八九十\d]{1,3}(?:项|个|大|类|种)(?:核心|主要|基本|重点)?)?"
    return re.compile(f"(?:等)?{count}(?:各?方面)?(?:的)?(?:{'|'.join(words)})$")


@functools.cache
def _starts_with_verb() -> re.Pattern[str]:
    return re.compile(f".{{0,16}}(?:{'|'.join(schema.grammar().function_verbs)})")


_LISTED_BEFORE = re.compile(
    rf"(?:^|(?<=[，。；：\n]))(?P<list>{_MEMBER}(?:、{_MEMBER}){{1,20}})(?=等[^，。；、]{{0,4}}(?:功能|服务))"
)
_NUMBER = r"(?:\d{1,2}[.、)）]|（\d{1,2}）|[①②③④⑤⑥⑦⑧⑨⑩])"
_NUMBERED = re.compile(
    rf"(?:包括|包含|具备|如下|功能|模块)[^。；：\n]{{0,8}}：\s?(?P<items>{_NUMBER}[^。\n]{{2,400}})"
)
_ITEM = re.compile(rf"{_NUMBER}\s?(?P<name>[^，。；：、！？\n（）“”\"《》]{{2,18}})(?=[，；：（\n]|$)")
_COLON = re.compile(rf"(?<=[一-龥”）])：(?P<list>{_MEMBER}(?:、{_MEMBER}){{2,20}})(?=[。；\n]|$)")
_GATHERED = re.compile(
    rf"集(?P<list>{_MEMBER}(?:、{_MEMBER}){{1,20}}?)(?=(?:等[^，。；、]{{0,6}})?[于为]一体)"
)


def _members(text: str, begin: int, end: int, *, pair: bool) -> Iterator[tuple[int, int]]:
    """Yields the spans between 、, and the halves of the last one, or of a pair called so, at 和."""
    pieces = [(m.start() + begin, m.end() + begin) for m in re.finditer(r"[^、]+", text[begin:end])]
    for number, (first, last) in enumerate(pieces):
        split = number == len(pieces) - 1 and (len(pieces) > 1 or (pair and _PAIR.search(text, first, last)))
        joint = _SPLIT_LAST.search(text, first, last) if split else None
        if joint:
            yield first, joint.start()
            yield joint.end(), last
        else:
            yield first, last


def _trim(text: str, begin: int, end: int) -> tuple[int, int]:
    words = text[begin:end]
    lead = _LEAD.match(words)
    begin += lead.end() if lead else 0
    owned = _OWNED.match(text, begin, end)
    begin = owned.end() if owned else begin
    if "等" in words[2:]:
        end = min(end, begin + text[begin:end].index("等", 1) if "等" in text[begin + 1 : end] else end)
    tail = _tail().search(text[begin:end])
    if tail and tail.start() >= (2 if "功能" in tail.group() else 3):
        end = begin + tail.start()
    return begin, end


def _fits(words: str, shortest: int) -> bool:
    if not shortest <= len(words) <= 16 or _BAD.search(words):
        return False
    return words.endswith(_PAYING) or not words.endswith(schema.grammar().not_function)


def _rest(text: str, begin: int) -> str:
    """Returns what stands between 等 and the end of the clause: it tells what kind of things are listed."""
    clause = _CLAUSE_END.search(text, begin)
    whole = text[begin : clause.start() if clause else len(text)]
    return whole[whole.rindex("等") + 1 :] if "等" in whole[2:] else ""


def _lists_things(rest: str) -> bool:
    if rest.endswith(schema.grammar().function_tails):
        return False
    first = rest.split("、", maxsplit=1)[0]
    return (
        any(part.endswith(schema.grammar().not_function_lists) for part in (rest, first))
        or _KINDS.match(rest) is not None
    )


def _good(text: str, begin: int, end: int, *, says: bool) -> list[tuple[int, int]]:
    """Returns the members that can be functions; none when too many of the list cannot."""
    spans = [_trim(text, *span) for span in _members(text, begin, end, pair=says)]
    good = [
        span
        for span in spans
        if _fits(text[slice(*span)], 2 if says else 3) and (says or not _NAMES.search(text[slice(*span)]))
    ]
    enough = len(good) >= (1 if says else 2) and len(good) * 2 >= len(spans)
    return good if enough else []


def functions(text: str) -> Iterator[Mention]:
    """Yields the functions listed in the folded text; a list has two members, or says 功能 or 服务."""
    for hit in _opening().finditer(text):
        begin, end = hit.span(1)
        says = bool(_SAYS.search(text[begin:end]))
        rest = _rest(text, begin)
        if (
            (not says and _lists_things(rest))
            or rest.startswith("产品")
            or _SHORTENED.search(text, begin, end)
        ):
            continue
        yield from _listed(text, _good(text, begin, end, says=says), says=says)


def _unopened(text: str, named: Sequence[int]) -> Iterator[Mention]:
    """Yields the functions of lists without a verb, in a sentence that names a system before them."""
    for hit in _LISTED_BEFORE.finditer(text):
        begin, end = hit.span("list")
        near = _has_owner(begin, named)
        owned_here = near > 0 and "。" not in text[near - 1 : begin]
        if owned_here and not _starts_with_verb().match(hit["list"]):
            yield from _listed(text, _good(text, begin, end, says=True), says=True)
    for hit in _GATHERED.finditer(text):
        yield from _listed(text, _good(text, *hit.span("list"), says=True), says=True)


def _listed(text: str, spans: list[tuple[int, int]], *, says: bool) -> Iterator[Mention]:
    rule = "list.function" if says else "list.members"
    for first, last in spans:
        yield mention(text, (first, last), Label.FUNCTION, rule=rule)


def _numbered(text: str) -> Iterator[Mention]:
    """Yields the functions of a numbered list that a word like 包括 or 功能如下 opens."""
    for hit in _NUMBERED.finditer(text):
        items = list(_ITEM.finditer(text, *hit.span("items")))
        spans = [item.span("name") for item in items if _fits(item["name"], 3)]
        if len(spans) >= 2 and len(spans) * 2 >= len(items):
            yield from _listed(text, spans, says=True)


def _after_name(text: str) -> Iterator[Mention]:
    """Yields the functions of lists that stand behind the name of a system and a colon."""
    heads = schema.grammar().heads[Label.SYSTEM]
    for hit in _COLON.finditer(text):
        named = text[max(0, hit.start() - _LONGEST_HEAD) : hit.start()].endswith(heads)
        spans = _good(text, *hit.span("list"), says=False) if named else []
        if len(spans) == hit["list"].count("、") + 1:
            yield from (mention(text, span, Label.FUNCTION, rule="list.colon") for span in spans)


def _has_owner(at: int, named: Sequence[int]) -> int:
    """Returns 1 + the start of the nearest name within reach before a place, 0 when there is none."""
    number = bisect_left(named, at)
    start = named[number - 1] if number else -_REACH
    return start + 1 if at - start < _REACH else 0


def owned(text: str, named: Sequence[int]) -> Iterator[Mention]:
    """Yields the listed functions; a list that does not call itself functions needs a system before it.

    `named` are the starts of systems, components and projects in the text.
    """
    for item in functions(text):
        if item.rule == "list.function" or _has_owner(item.start, named):
            yield item
    yield from _unopened(text, named)
    yield from _numbered(text)
    yield from _after_name(text)
