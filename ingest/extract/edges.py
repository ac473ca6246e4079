"""Finds where a name begins, walking left over words to the word that cannot belong to it."""

import functools
import re
import unicodedata
from collections.abc import Iterator

from ingest.extract import schema
from ingest.extract.capability import bare_abilities
from ingest.extract.heads import heads, level_word, place_of
from ingest.extract.model import Label
from ingest.extract.words import Words, alternatives

_BREAK = frozenset("，。；：！？、\n\t\r 　（）《》〈〉【】[]{}<>“‘\"'*/|…")
_NO_LETTER = frozenset({"So", "Sk", "Sc", "Mn", "Me", "Cc", "Cf", "Co", "Cs", "Cn"})
_BEFORE_NAMES = "-—–~·•_+&.@#!?,;:"
_INSIDE = re.compile(r"（(?:社区|居|街道|区|市|县|[一-龥]{2,3})）$")
_WITHIN = frozenset({"社区", "居", "街道", "区", "市", "县"})
_QUOTED = re.compile(r"(?:“[^“”，。；]{1,20}”、?)+$")
_PHASE = re.compile(r"（[一二三四五六七八九十\d]{1,3}期）$")
_PHASE_AFTER = re.compile(r"（[一二三四五六七八九十\d]{1,3}期）(?!系统|平台|项目|工程)")
_PHASED = frozenset({Label.SYSTEM, Label.PROJECT})
_ASIDE = re.compile(r"（(?!以下|下称|简称|[一二三四五六七八九十\d]{1,3}）)[^（），。；：]{1,12}）$")
_QUOTED_LIST = re.compile(r"(?:“[^“”，。；]{1,20}”、?){2,8}等$")
_JOINTS = frozenset({"和", "与"})
_PAIRING = frozenset({"和", "与", "及", "以及"})
_PAIR = 8
_CONNECTED = re.compile(
    r"[^，。；、]{0,30}?(?:对接|互联|互通|衔接|联网|联通|共享|联动|融合|打通|同步|集成|交换|关联)"
)
_NO_PAIR = re.compile(r"系统|平台|项目|工程|本|该|我|[各其所有]|用户|[者员民]$")
_TOWARD = re.compile(
    r"(?:[由报送请被给向]|交(?!通)|经(?![济开信营贸办])|对(?![外口]))(?P<place>[一-龥]{2,5}?(?:省|市|县|自治区|自治州|区))"
)
_LEVELS_BEFORE = re.compile(r"[省市县区州、和（）]{2,12}$")
_NEVER = re.compile(r"(?!)")
_COUNT = re.compile(r"[一二两三四五六七八九十\d]{1,3}(?:个|项|大|类|套|种)")
_GLUED = re.compile(r"[已均将可应须仍]?[由向对将在经和与至于到从报交系自凡据按][省市县区国本]")
_ORGAN_ACTS = re.compile(
    r"[一-龥]{1,20}?(?:局|厅|委|办|中心|院|公司)(?:拟|将|已|正)?(?:采购|建设|实施|申报|启动|开展|推进)(?!项目|工程|中心|局)"
)
_COUNTED = re.compile(r"[\d一两二三四五六七八九十][个套项]")
_LINKING = re.compile(r"[已均将应须仍正再现拟][由向从报交经在与]")
_AFTER = re.compile(r"性|化|内部|经济|论|络|门|名称")
_SERVING = frozenset({"运维", "运营", "维护", "研发"})
_CHARGED = frozenset({"负责", "承担"})
_TWO_WORDS = 4
_LEVEL_AT = re.compile(
    r"自治区|国家|全[国省市区县州](?!通)|[省市县区]级|[省市](?!场|容|民|域|道|内|外|长|委|政(?!务))|[县区](?!域|块|间|道|内|外|长|位|委)"
)
_LONGEST = {Label.SYSTEM: 30, Label.DEPARTMENT: 24, Label.FUNCTION: 14, Label.PROJECT: 60}


@functools.cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(schema.grammar().lead_strip)})+")


def _stops(words: Words, begin: int, end: int, *, label: Label) -> bool:
    word = words.text[begin:end]
    rules = schema.grammar()
    if _LINKING.fullmatch(word):
        return True
    if label is Label.PROJECT:
        return word in rules.project_stop
    if begin in words.protected and end - 1 in words.protected:
        return False
    stops = rules.stop | rules.stop_verb
    served = word in _SERVING and words.text[max(0, begin - 2) : begin] in _CHARGED
    return word in stops or served or (len(word) == _TWO_WORDS and word[:2] in stops and word[2:] in stops)


def _ends_name(word: str) -> bool:
    return word.endswith(schema.grammar().heads[Label.SYSTEM])


def _breaks(char: str) -> bool:
    """Returns whether no name goes on over the character: punctuation, or a sign that is no letter (★)."""
    return char in _BREAK or unicodedata.category(char) in _NO_LETTER


def _is_inside(text: str, at: int) -> bool:
    """Returns whether brackets hold a place or level that is part of the name (中国（广西）, 村（社区）)."""
    found = None if text[at : at + 1] == "级" else _INSIDE.search(text, max(0, at - 8), at)
    words = found.group()[1:-1] if found else ""
    return words in _WITHIN or (bool(words) and place_of(words) == words)


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
        if label is Label.SYSTEM and _is_inside(text, at):
            pattern = _INSIDE
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
        return at - 1
    if word.startswith("以") and (
        words.text[begin - 1 : begin] == "”" or _ends_name(words.text[:begin][-8:])
    ):
        return begin + 1
    if label is Label.SYSTEM and _COUNT.fullmatch(word) and begin not in words.protected:
        return at
    if label is Label.SYSTEM and len(word) >= _TWO_WORDS and word[:2] in schema.grammar().stop_verb:
        return at if word[2:] in schema.grammar().stop_verb else begin + 2
    joins = label is Label.DEPARTMENT and word in _JOINTS and _field_before(words, begin)
    joins = joins or (label is Label.SYSTEM and word in _PAIRING and _pair_before(words, begin))
    compound = word in schema.grammar().noun_verbs and _noun_before(words, begin) and not _placed(words, at)
    return begin if joins or compound or not _stops(words, begin, at, label=label) else at


def _field_before(words: Words, at: int) -> bool:
    """Returns whether level or place and a field of work stand before a joint (市粮食和|物资储备局)."""
    begin = at
    for _ in range(3):
        if begin == 0 or _breaks(words.text[begin - 1]) or begin - 1 in words.numbering:
            return False
        begin = words.start_of[begin - 1]
        run = words.text[begin:at]
        if run.endswith(schema.grammar().organ_ends) or words.text[begin:at] in schema.grammar().stop:
            return False
        if run != place_of(run) and (place_of(run) or level_word().match(run)):
            return len(run) > 2
    return False


def _pair_before(words: Words, at: int) -> bool:
    """Returns whether the noun before a joint is the first half of a pair in the name (水库及|灌区调度系统).

    Not so when the name is told to be connected with what stands before, or that is an organ or a thing of
    its own.
    """
    text, begin = words.text, at
    while begin > 0 and not _breaks(text[begin - 1]) and at - begin <= _PAIR:
        start = words.start_of[begin - 1]
        if _stops(words, start, begin, label=Label.SYSTEM):
            break
        begin = start
    first, rules = text[begin:at], schema.grammar()
    quoted = text[at + 1 : at + 2] == "“"
    if quoted or not 2 <= len(first) <= _PAIR or text[begin - 1 : begin] == "、" or begin in words.numbering:
        return False
    if (
        level_word().fullmatch(first)
        or first.endswith((*rules.organ_ends, *rules.not_function))
        or place_of(first)
        or _NO_PAIR.search(first)
    ):
        return False
    return not (bare_abilities().search(first) or _CONNECTED.match(text, at))


def _placed(words: Words, at: int) -> bool:
    """Returns whether a division begins at the place: a verb before it governs it (存储使用|河池市政务云)."""
    return bool(place_of(words.text[at : at + 12])) or bool(_LEVEL_AT.match(words.text, at))


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
        acting = _ORGAN_ACTS.match(words.text, at, head)
        begin = _after_verbs(words, acting.end() if acting else at, head)
        lot = words.text[begin] in "一二三四五六七八九十" and place_of(words.text[begin + 1 : head])
        return begin + 1 if lot else begin
    at += len(words.text[at:head]) - len(words.text[at:head].lstrip(_BEFORE_NAMES))
    at += bool(_COUNTED.match(words.text, at - 1, head)) if at else 0
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


def headed(words: Words, label: Label) -> Iterator[tuple[int, int, int]]:
    """Yields of each name of the label where it begins, where its last word begins, and where it ends."""
    for hit in heads(label).finditer(words.text):
        if not _AFTER.match(words.text, hit.end()):
            phase = _PHASE_AFTER.match(words.text, hit.end()) if label in _PHASED else None
            end = phase.end() if phase else hit.end()
            yield left_edge(words, hit.start(), label), hit.start(), end
