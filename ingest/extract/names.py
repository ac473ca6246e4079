"""Finds names by their head word, walking left over words to the word that cannot belong to a name."""

import functools
import re
import unicodedata
from collections.abc import Iterator

from ingest.extract import schema
from ingest.extract.model import Label
from ingest.extract.words import Words, alternatives
from kg.registry import leading_region

_BREAK = frozenset("，。；：！？、\n\t\r 　（）《》〈〉【】[]{}<>“‘\"'*/|…")
_NO_LETTER = frozenset({"So", "Sk", "Sc", "Mn", "Me", "Cc", "Cf", "Co", "Cs", "Cn"})
_BEFORE_NAMES = "-—–~·•_+&.@#!?,;:"
_QUOTED = re.compile(r"(?:“[^“”，。；]{1,20}”、?)+$")
_PHASE = re.compile(r"（[一二三四五六七八九十\d]{1,3}期）$")
_ASIDE = re.compile(r"（(?!以下|下称|简称|[一二三四五六七八九十\d]{1,3}）)[^（），。；：]{1,12}）$")
_QUOTED_LIST = re.compile(r"(?:“[^“”，。；]{1,20}”、?){2,8}等$")
_JOINTS = frozenset({"和", "与"})
_ORGAN_ENDS = (
    "局",
    "厅",
    "委",
    "办",
    "部",
    "部门",
    "中心",
    "政府",
    "院",
    "所",
    "公司",
    "企业",
    "单位",
    "机构",
)
_GOVERNMENT = re.compile(r"(?:自治区|省|市|县|区|州|盟|旗)(?=人民政府)")
_PLACE = re.compile(r"(?:[一-龥]{2,4}?(?:自治区|自治州|省|市|州|盟)){0,2}[一-龥]{2,5}")
_TOWARD = re.compile(
    r"(?:[由报送请被给向]|交(?!通)|经(?![济开信营贸办])|对(?![外口]))(?P<place>[一-龥]{2,5}?(?:省|市|县|自治区|自治州|区))"
)
_NEEDS_LEVEL = ("部门", "机构", "中心", "档案馆")
_LEVELS_BEFORE = re.compile(r"[省市县区州、和（）]{2,12}$")
_VAGUE = re.compile(r"有关|相关|其他|各|所属|行业|业务|职能|主管|直|政府(?:有关|相关|职能|组成|工作)?部门$")
_YEAR = re.compile(r"^\d{4}年度?")
_NEVER = re.compile(r"(?!)")
_COUNT = re.compile(r"[一二两三四五六七八九十\d]{1,3}(?:个|项|大|类|套|种)")
_NUMERAL = re.compile(r"^[个家名类项位]|^\d{1,4}[个家名类项位]")
_GLUED = re.compile(r"[由向对将在经和与至于到从报交系][省市县区国本]")
_AFTER = re.compile(r"性|化|内部|经济|论|络|门|名称")
_LONGEST = {Label.SYSTEM: 30, Label.DEPARTMENT: 24, Label.FUNCTION: 14, Label.PROJECT: 60}


def _head(word: str) -> str:
    after = schema.grammar().head_not_before.get(word, ())
    after = (*after, "门") if word.endswith("部") else after
    return re.escape(word) + (f"(?!{alternatives(after)})" if after else "")


@functools.cache
def _heads(label: Label) -> re.Pattern[str]:
    words = sorted(schema.grammar().heads[label].words, key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(_head, words))})+")


@functools.cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(schema.grammar().lead_strip)})+")


@functools.cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(schema.grammar().generic_mod)})*")


@functools.cache
def _level_tail() -> re.Pattern[str]:
    levels = alternatives(schema.grammar().level)
    return re.compile(f"(?:{levels})(?:[、和]|以上|及以上)?(?:(?:{levels})[、和]?)*$")


@functools.cache
def _level_word() -> re.Pattern[str]:
    return re.compile(alternatives(schema.grammar().level))


@functools.cache
def _level_start() -> re.Pattern[str]:
    return re.compile(f"{alternatives(schema.grammar().level)}|县（市|区（县")


def _stops(words: Words, begin: int, end: int, *, label: Label) -> bool:
    word = words.text[begin:end]
    rules = schema.grammar()
    if label is Label.PROJECT:
        return word in rules.project_stop
    if begin in words.protected and end - 1 in words.protected:
        return False
    return word in rules.stop or word in rules.stop_verb


def _ends_name(word: str) -> bool:
    return word.endswith(schema.grammar().heads[Label.SYSTEM].words)


def _breaks(char: str) -> bool:
    """Returns whether no name goes on over the character: punctuation, or a sign that is no letter (★)."""
    return char in _BREAK or unicodedata.category(char) in _NO_LETTER


def _special(words: Words, at: int, label: Label) -> int | None:
    """Returns where a unit that ends in a sign begins (quoted, in brackets), None when it is a word."""
    text = words.text
    char = text[at - 1]
    pattern = None
    if char == "”":
        pattern = _QUOTED if label is not Label.DEPARTMENT else _NEVER
    elif char == "等" and label is Label.SYSTEM:
        pattern = _QUOTED_LIST
    elif char == "）":
        pattern = _ASIDE if label is Label.PROJECT else _PHASE
    if pattern is not None:
        found = pattern.search(text, max(0, at - 60), at)
        return found.start() if found else at
    if _breaks(char) or at - 1 in words.numbering:
        return at
    joint = char in "和与及" and label is Label.SYSTEM
    return at if joint and _ends_name(text[max(0, at - 8) : at - 1]) else None


def _step(words: Words, at: int, label: Label) -> int:
    """Returns where the unit that ends at `at` begins, or `at` when it cannot belong to the name."""
    special = _special(words, at, label)
    if special is not None:
        return special
    begin = words.start_of[at - 1]
    while begin in words.numbering:
        begin += 1
    word = words.text[begin:at]
    if label is Label.SYSTEM and (
        word.endswith("公司") or (words.text[at : at + 1] == "“" and _ends_name(word))
    ):
        return at
    if _GLUED.fullmatch(word):
        return begin + 1
    if label is Label.SYSTEM and _COUNT.fullmatch(word):
        return at
    if label is Label.SYSTEM and len(word) >= 4 and word[:2] in schema.grammar().stop_verb:
        return begin + 2
    joins = label is Label.DEPARTMENT and word in _JOINTS and _field_before(words, begin)
    compound = word in schema.grammar().noun_verbs and _noun_before(words, begin)
    return begin if joins or compound or not _stops(words, begin, at, label=label) else at


def _field_before(words: Words, at: int) -> bool:
    """Returns whether level or place and a field of work stand before a joint (市粮食和|物资储备局)."""
    begin = at
    for _ in range(3):
        if begin == 0 or _breaks(words.text[begin - 1]) or begin - 1 in words.numbering:
            return False
        begin = words.start_of[begin - 1]
        run = words.text[begin:at]
        if run.endswith(_ORGAN_ENDS) or words.text[begin:at] in schema.grammar().stop:
            return False
        if run != place_of(run) and (place_of(run) or _level_word().match(run)):
            return len(run) > 2
    return False


def _noun_before(words: Words, at: int) -> bool:
    """Returns whether the word before belongs to the name, so that a verb after it is part of a compound."""
    if at == 0 or _breaks(words.text[at - 1]) or at - 1 in words.numbering:
        return False
    rules = schema.grammar()
    word = words.text[words.start_of[at - 1] : at]
    if len(word) < 2 or word.endswith(rules.not_noun) or word in rules.level:
        return False
    return word not in rules.stop and word not in rules.stop_verb


def left_edge(words: Words, head: int, label: Label) -> int:
    """Returns where the name with a head word at `head` begins."""
    at = head
    while at > 0 and head - at < _LONGEST[label]:
        begin = _step(words, at, label)
        if begin == at:
            break
        at = begin
    if label is Label.PROJECT:
        begin = _after_verbs(words, at, head)
        lot = words.text[begin] in "一二三四五六七八九十" and place_of(words.text[begin + 1 : head])
        return begin + 1 if lot else begin
    at += len(words.text[at:head]) - len(words.text[at:head].lstrip(_BEFORE_NAMES))
    stripped = _lead().match(words.text, at, head)
    at = stripped.end() if stripped else at
    acting = _acting().match(words.text, at, head)
    at = acting.end() if acting else at
    toward = _TOWARD.match(words.text, at, head)
    at = toward.start("place") if toward and not place_of(toward.group()) else at
    if label is Label.SYSTEM and words.text[at] == "级":
        levels = _LEVELS_BEFORE.search(words.text, max(0, at - 12), at)
        return levels.start() if levels else at
    return at


@functools.cache
def _acting() -> re.Pattern[str]:
    """Returns the pattern of a verb that ran into the level or place of what it governs."""
    verbs = alternatives(schema.grammar().lead_before_level)
    return re.compile(f"(?:{verbs})(?=[省市县区国全]|自治区)")


def _after_verbs(words: Words, begin: int, end: int) -> int:
    """Returns where a project's name begins when the walk ran over the verb that governs it."""
    while begin < end:
        after = next((i for i in range(begin + 1, end + 1) if i == end or words.start_of[i] == i), end)
        if words.text[begin:after] not in schema.grammar().stop_verb:
            break
        begin = after
    return begin


def place_of(text: str) -> str:
    """Returns the administrative division the name begins with, "" when there is none."""
    return leading_region(text)


def without_place(text: str) -> str:
    """Returns the name without the administrative division it begins with."""
    return text.removeprefix(place_of(text))


def is_generic(text: str, label: Label) -> bool:
    """Returns whether the words name a kind of thing and not a thing."""
    bare = schema.grammar().generic[label]
    if label is Label.SYSTEM and len(text) == 4 and text[:2] in schema.grammar().plain_acts:
        return True
    rest = text if label is Label.DEPARTMENT else without_place(text)
    for _ in range(3):
        if rest in bare or rest in schema.grammar().generic_alone or len(rest) < 3:
            return True
        shorter = rest[_modifiers().match(rest).end() :]  # type: ignore[union-attr]  # matches empty too
        if shorter == rest:
            return False
        if shorter in schema.grammar().generic_alone:
            return False
        rest = shorter
    return rest in bare or len(rest) < 3


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
    after_list = text[begin - 1 : begin] in {"）", "的"}
    if after_list or _level_start().match(text, begin) or text[begin:end] in {"人民政府", "政府"}:
        level = _level_word().match(text, begin)
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


def _is_name(name: str, label: Label) -> bool:
    if is_generic(name, label):
        return False
    if label is not Label.PROJECT:
        return label is not Label.SYSTEM or not name.endswith(schema.grammar().not_system)
    if _YEAR.sub("", without_place(name)) in schema.grammar().generic[label]:
        return False
    return len(name) >= 7 and any(sign in name[:-2] for sign in schema.grammar().project_signs)


def by_head(words: Words, label: Label) -> Iterator[tuple[int, int]]:
    """Yields the spans of the names of one label that are recognised by their last word."""
    text = words.text
    for hit in _heads(label).finditer(text):
        end = hit.end()
        if _AFTER.match(text, end):
            continue
        begin = left_edge(words, hit.start(), label)
        if label is Label.DEPARTMENT:
            organ = _whole_organ(words, begin, end)
            if organ is not None:
                yield organ, end
        elif label is Label.FUNCTION and text[begin - 1 : begin] == "、":
            continue
        elif begin < hit.start() and _is_name(text[begin:end], label):
            yield begin, end
