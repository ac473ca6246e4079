"""Finds names by their head word, walking left over words to the word that cannot belong to a name."""

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import rjieba

from ingest.extract import schema
from ingest.extract.model import Label
from kg.registry import leading_region

_BREAK = frozenset("，。；：！？、\n\t\r 　（）《》〈〉【】[]{}<>“‘\"'*/|…")
_QUOTED = re.compile(r"(?:“[^“”，。；]{1,20}”、?)+$")
_PHASE = re.compile(r"（[一二三四五六七八九十\d]{1,3}期）$")
_NUMBERING = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,6}[条章节款项]|招标条件"
    r"|(?<![\d.])\d{1,2}(?:\.\d{1,2}){0,3}[.、 ]?(?=[一-龥])(?!号)"
)
_GLUED = re.compile(r"[由向对将在经和与][省市县区国本]")
_AFTER = re.compile(r"性|化|内部|经济|论|络|门|名称")
_LONGEST = {Label.SYSTEM: 30, Label.DEPARTMENT: 24, Label.FUNCTION: 14, Label.PROJECT: 60}


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words: which word begins where, and where verbs inside set phrases stand."""

    text: str
    start_of: tuple[int, ...]
    protected: frozenset[int]
    numbering: frozenset[int]


def cut(text: str) -> Words:
    """Returns the words of the text; a hint for left edges only."""
    starts: list[int] = []
    at = 0
    for word in rjieba.cut(text):
        starts.extend([at] * len(word))
        at += len(word)
    inside = frozenset(i for hit in _protect().finditer(text) for i in range(hit.start(), hit.end()))
    numbers = frozenset(i for hit in _NUMBERING.finditer(text) for i in range(hit.start(), hit.end()))
    return Words(text, tuple(starts), inside, numbers)


def alternatives(words: Iterable[str]) -> str:
    """Returns the words as one regular expression, longer ones first, each once."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@functools.cache
def _protect() -> re.Pattern[str]:
    return re.compile(alternatives(schema.grammar().protect))


def _head(word: str) -> str:
    after = schema.grammar().head_not_before.get(word, ())
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


def _step(words: Words, at: int, label: Label) -> int:
    """Returns where the unit that ends at `at` begins, or `at` when it cannot belong to the name."""
    char = words.text[at - 1]
    if char == "”":
        quoted = _QUOTED.search(words.text, max(0, at - 40), at)
        return quoted.start() if quoted and label is not Label.DEPARTMENT else at
    if char == "）":
        phase = _PHASE.search(words.text, max(0, at - 6), at)
        return phase.start() if phase else at
    if char in _BREAK or at - 1 in words.numbering:
        return at
    begin = words.start_of[at - 1]
    word = words.text[begin:at]
    if label is Label.SYSTEM and (
        word.endswith("公司") or (words.text[at : at + 1] == "“" and _ends_name(word))
    ):
        return at
    if _GLUED.fullmatch(word):
        return begin + 1
    return at if _stops(words, begin, at, label=label) else begin


def left_edge(words: Words, head: int, label: Label) -> int:
    """Returns where the name with a head word at `head` begins."""
    at = head
    while at > 0 and head - at < _LONGEST[label]:
        begin = _step(words, at, label)
        if begin == at:
            break
        at = begin
    if label is Label.PROJECT:
        return _after_verbs(words, at, head)
    stripped = _lead().match(words.text, at, head)
    return stripped.end() if stripped else at


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


def _whole_organ(words: Words, begin: int, end: int) -> int | None:
    """Returns the left edge with level words before it, or None when no organ is meant."""
    text = words.text
    after_list = text[begin - 1 : begin] in {"）", "的"}
    if after_list or _level_start().match(text, begin) or text[begin:end] in {"人民政府", "政府"}:
        tail = _level_tail().search(text, max(0, begin - 16), begin)
        begin = tail.start() if tail else begin
    name = text[begin:end]
    if name.endswith(schema.grammar().not_organ):
        return None
    levelled = bool(_level_start().match(name))
    if not levelled and is_generic(name, Label.DEPARTMENT):
        return None
    if levelled and (
        name.startswith(("各级", "各"))
        or len(name) < 4
        or is_generic(name.lstrip("国务院"), Label.DEPARTMENT)
    ):
        government = name.endswith("政府") and len(name) >= 3 and not name.startswith("各")
        return begin if government else None
    return begin


def _is_name(name: str, label: Label) -> bool:
    if is_generic(name, label):
        return False
    if label is not Label.PROJECT:
        return True
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
        elif begin < hit.start() and _is_name(text[begin:end], label):
            yield begin, end
