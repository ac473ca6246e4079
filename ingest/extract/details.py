"""Reads figures that a text gives of projects and systems: money, dates, periods, grades."""

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.extract import schema
from ingest.extract.model import Detail, Mention
from ingest.extract.statistics import confidence
from kg.errors import ValidationError
from kg.model import Value
from kg.values import parse_date, parse_money, parse_period

_GROUPED = re.compile(r"(?<=\d)[ ，,](?=\d{3}(?!\d))")
"""What parts the thousands of an amount; folding makes the comma a full-width one."""


class _Found(NamedTuple):
    words: str
    unit: str | None


def _money(found: _Found) -> Value:
    return parse_money(_GROUPED.sub("", found.words), unit=found.unit)


def _period(found: _Found) -> Value:
    return "/".join(parse_period(found.words))


_READERS: Mapping[str, Callable[[_Found], Value]] = {
    "money": _money,
    "period": _period,
    "date": lambda found: parse_date(found.words),
    "grade": lambda found: f"第{found.words}级",
    "text": lambda found: found.words,
}


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _subject(text: str, fitting: Sequence[Mention], at: int, *, anywhere: bool) -> Mention | None:
    """Returns the nearest fitting mention before, of what may stand anywhere else the first behind."""
    number = bisect_right([item.end for item in fitting], at)
    before = fitting[number - 1] if number else None
    if anywhere:
        return before or next(iter(fitting), None)
    if before is None or re.search(r"[。；！？\n]", text[before.end : at]):
        return None
    return before


def _of_rule(rule: schema.DetailRule, text: str, mentions: Sequence[Mention]) -> Iterator[Detail]:
    fitting = [item for item in mentions if item.label in rule.of]
    for hit in _compiled(rule.pattern).finditer(text) if fitting else ():
        groups = hit.groupdict()
        words = groups.get("value") or groups.get("value2") or ""
        subject = _subject(text, fitting, hit.start(), anywhere=rule.reach == "document")
        if subject is None:
            continue
        try:
            value = _READERS[rule.kind](_Found(words, groups.get("unit")))
        except ValidationError:
            continue
        yield Detail(subject, rule.property, value, hit.start(), hit.end(), rule.id, confidence(rule.id))


def details(text: str, mentions: Sequence[Mention]) -> Iterator[Detail]:
    """Yields what the folded text says in figures of its mentions, rule by rule, in text order."""
    for rule in schema.details().rules:
        yield from _of_rule(rule, text, mentions)
