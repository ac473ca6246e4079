"""The last words of names, and the words that with their modifiers name a kind of thing."""

import functools
import re

from ingest.extract import schema
from ingest.extract.model import Label
from ingest.extract.words import alternatives
from kg.registry import leading_region


def _head(word: str) -> str:
    after = schema.grammar().head_not_before.get(word, ())
    after = (*after, "门") if word.endswith("部") else after
    return re.escape(word) + (f"(?!{alternatives(after)})" if after else "")


@functools.cache
def heads(label: Label) -> re.Pattern[str]:
    """Returns the pattern of the last words of names, but before what makes another word of them."""
    words = sorted(schema.grammar().heads[label], key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(_head, words))})+")


_BATCH = re.compile(r"^(?:20\d{2}年度?)?(?:第?[一二三四五六七八九十\d]{1,2}批)?(?:次|的)?")
"""What tells a year's lot of projects from another's (2025年第二批), and names none of them."""


@functools.cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(schema.grammar().generic_mod)})*")


@functools.cache
def level_word() -> re.Pattern[str]:
    """Returns the pattern of a word for a level of administration."""
    return re.compile(alternatives(schema.grammar().level))


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
    rest = _BATCH.sub("", rest) if label is Label.PROJECT else rest
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
