"""Finds organs of state by their last word, with the level or place before it, and companies."""

import functools
import re
from collections.abc import Iterator

from ingest.extract import schema
from ingest.extract.edges import headed
from ingest.extract.heads import is_generic, level_word, place_of
from ingest.extract.mentions import mention
from ingest.extract.model import Label, Mention
from ingest.extract.words import Words, alternatives

_GOVERNMENT = re.compile(r"(?:自治区|省|市|县|区|州|盟|旗)(?=人民政府)")
_PLACE = re.compile(r"(?:[一-龥]{2,4}?(?:自治区|自治州|省|市|州|盟)){0,2}[一-龥]{2,5}")
_NEEDS_LEVEL = ("部门", "机构", "中心", "档案馆")
_VAGUE = re.compile(r"有关|相关|其他|各|所属|行业|业务|职能|主管|直|政府(?:有关|相关|职能|组成|工作)?部门$")
_NUMERAL = re.compile(r"^[个家名类项位]|^\d{1,4}[个家名类项位]")
_UNIT = re.compile(r"[一-龥]{2,6}?[处科股](?=[，。；、：）负组牵承会应为的]|$)")
_JOINING = re.compile(r"会同|协同|联合(?!会|国)|是(?!否)")
"""Words that end one organ's name and begin another's, wherever the cut into words put them."""
_COMPANY_REACH = 30


@functools.cache
def _level_tail() -> re.Pattern[str]:
    levels = alternatives(schema.grammar().level)
    return re.compile(f"(?:{levels})(?:[、和]|以上|及以上)?(?:(?:{levels})[、和]?)*$")


@functools.cache
def _level_start() -> re.Pattern[str]:
    return re.compile(f"{alternatives(schema.grammar().level)}|县（市|区（县")


def _government(text: str, begin: int, end: int) -> int:
    """Returns the left edge without what ran into a government (经验收合格后交|省人民政府)."""
    hits = list(_GOVERNMENT.finditer(text, begin, end))
    if not hits:
        return begin
    hit = hits[-1]
    known = next(
        (
            at
            for at in range(max(begin, hit.end() - 12), hit.start())
            if place_of(text[at : hit.end()]) == text[at : hit.end()]
        ),
        None,
    )
    if known is not None:
        outer = next(
            (at for at in range(max(begin, known - 10), known) if place_of(text[at:known]) == text[at:known]),
            known,
        )
        return outer
    unknown = _unknown_place(text, begin, hit.start())
    if unknown is not None:
        return unknown
    levels = _level_tail().search(text, begin, hit.end())
    return levels.start() if levels else begin


def _unknown_place(text: str, begin: int, end: int) -> int | None:
    """Returns where a division that no list has begins, right before its last level word; None without."""
    start = max((hit.end() for hit in _before_place().finditer(text, begin, end)), default=begin)
    if _PLACE.fullmatch(text, start, end) and not _no_place().search(text, start, end):
        return start
    return None


@functools.cache
def _before_place() -> re.Pattern[str]:
    return re.compile(alternatives(schema.grammar().before_place))


@functools.cache
def _no_place() -> re.Pattern[str]:
    return re.compile(alternatives(schema.grammar().not_place))


def _whole_organ(words: Words, begin: int, end: int) -> int | None:
    """Returns the left edge with level words before it, or None when no organ is meant."""
    text = words.text
    begin = max((hit.end() for hit in _JOINING.finditer(text, begin, end)), default=begin)
    after_list = text[begin - 1 : begin] in {"）", "的"}
    if after_list or _level_start().match(text, begin) or text[begin:end] in {"人民政府", "政府"}:
        level = level_word().match(text, begin)
        ends = (level.end() if level else begin, begin)
        tails = (_level_tail().search(text, max(0, begin - 16), end_) for end_ in ends)
        begin = min((tail.start() for tail in tails if tail), default=begin)
    begin = _government(text, begin, end)
    if text[begin - 1 : begin + 1] == "各级":
        begin -= 1
    name = text[begin:end]
    if name.endswith(schema.grammar().not_organ) or _NUMERAL.match(name) or _inner_head().search(name):
        return None
    if name == "各级人民政府":
        return begin
    if text[begin - 1 : begin] == "各" or name.startswith(("各", "级", "地城")):
        return None
    levelled = bool(_level_start().match(name))
    if levelled:
        return begin if _levelled(name) else None
    if is_generic(name, Label.DEPARTMENT) or (name.endswith(_NEEDS_LEVEL) and not place_of(name)):
        return None
    return begin


def _levelled(name: str) -> bool:
    """Returns whether a name that starts with a level names one organ of that level."""
    if name.endswith("政府"):
        return len(name) >= 3
    role = name[_level_run().match(name).end() :]  # type: ignore[union-attr]  # matches empty too
    if role in schema.grammar().organ_with_level:
        return True
    return (
        len(name) >= 4 and role not in schema.grammar().generic[Label.DEPARTMENT] and not _VAGUE.match(role)
    )


@functools.cache
def _level_run() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(schema.grammar().level)}|、|和)*")


@functools.cache
def _inner_head() -> re.Pattern[str]:
    return re.compile("(?:平台|系统)(?!管理|建设)")


def organ_spans(words: Words) -> Iterator[tuple[int, int]]:
    """Yields the spans of organs of state."""
    for begin, _, end in headed(words, Label.DEPARTMENT):
        organ = _whole_organ(words, begin, end)
        if organ is not None:
            unit = _UNIT.match(words.text, end)
            yield organ, unit.end() if unit and not _acts(words, end) else end


def _acts(words: Words, at: int) -> bool:
    """Returns whether the word at a place is a verb (会同, 负责) or a word of grammar, and begins no unit."""
    rules, end = schema.grammar(), at + 1
    while end < len(words.text) and words.start_of[end] < end:
        end += 1
    return words.text[at:end] in (rules.stop | rules.stop_verb) - rules.noun_verbs


def organs(words: Words) -> Iterator[Mention]:
    """Yields organs of state."""
    for span in organ_spans(words):
        yield mention(words.text, span, Label.DEPARTMENT, rule="head.department")


@functools.cache
def _company() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(schema.grammar().company_ends)})(?:[一-龥]{{2,8}}分公司)?")


@functools.cache
def _before_company() -> re.Pattern[str]:
    return re.compile(f"[^\\w·&]|{alternatives(schema.grammar().company_before)}")


def companies(words: Words) -> Iterator[Mention]:
    """Yields companies, which are no departments unless they buy or own."""
    text, last = words.text, 0
    for hit in _company().finditer(text):
        low = max(last, hit.start() - _COMPANY_REACH)
        begin = max((edge.end() for edge in _before_company().finditer(text, low, hit.start())), default=low)
        last = hit.end()
        if hit.start() - begin >= 3 and (begin > low or low == 0):
            yield mention(text, (begin, hit.end()), Label.COMPANY, rule="company.name")
