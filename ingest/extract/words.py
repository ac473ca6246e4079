"""Cuts a text into words, whose edges are a hint for where names begin."""

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

import rjieba

from ingest.extract import schema

_NUMBERING = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,6}[条章节款项]|招标条件"
    r"|(?<![\d.])\d{1,2}(?:\.\d{1,2}){0,3}[.、 ]?(?=[一-龥])(?!号)"
)


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
    _keep_verbs(text, starts, inside)
    numbers = frozenset(i for hit in _NUMBERING.finditer(text) for i in range(hit.start(), hit.end()))
    return Words(text, tuple(starts), inside, numbers)


def _keep_verbs(text: str, starts: list[int], inside: frozenset[int]) -> None:
    """Makes one word of each verb that was cut apart or ran into the name after it (接|入海|岚省)."""
    for hit in _whole_verbs().finditer(text):
        begin, end = hit.span("verb")
        if begin in inside or (starts[begin] != begin and not hit["modal"]):
            continue
        rest = end
        while rest < len(starts) and starts[rest] < end:
            starts[rest] = end
            rest += 1
        starts[begin:end] = [begin] * (end - begin)


@functools.cache
def _whole_verbs() -> re.Pattern[str]:
    rules = schema.grammar()
    return re.compile(f"(?P<modal>{alternatives(rules.modals)})?(?P<verb>{alternatives(rules.whole_verbs)})")


def alternatives(words: Iterable[str]) -> str:
    """Returns the words as one regular expression, longer ones first, each once."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@functools.cache
def _protect() -> re.Pattern[str]:
    return re.compile(alternatives(schema.grammar().protect))
