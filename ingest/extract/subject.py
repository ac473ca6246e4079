"""Reads what a description says of the system it describes, which it often does not name."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter

from ingest.extract import schema
from ingest.extract.reading import read
from ingest.extract.words import alternatives
from kg.model import Modality
from kg.text import aligned

_SENTENCE = re.compile(r"[^。！？\n]+[。！？\n]*")
FUNCTIONS = frozenset({"PROVIDES"})
NEEDS = frozenset({"USES", "DEPENDS_ON"})


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing said of the described system: relation type, the other end and where it stands."""

    type: str
    other: str
    start: int
    end: int
    rule: str
    confidence: float
    modality: Modality
    quote: str


@cache
def _triggers(types: frozenset[str]) -> re.Pattern[str]:
    rules = schema.descriptions()
    words = (rules.function_triggers if types & FUNCTIONS else ()) + (
        rules.need_triggers if types & NEEDS else ()
    )
    return re.compile(alternatives(words))


@dataclass(frozen=True, slots=True)
class _Kept:
    """The sentences worth reading, as one text behind the name, and where each of them came from."""

    text: str
    shifts: tuple[tuple[int, int], ...]

    def original(self, at: int) -> int:
        """Returns the place in the description of a place in the text."""
        begin, came_from = self.shifts[bisect_right(self.shifts, at, key=itemgetter(0)) - 1]
        return came_from + at - begin


def _kept(title: str, text: str, triggers: re.Pattern[str]) -> _Kept | None:
    parts, shifts, length = [title, "\n"], [], len(title) + 1
    for hit in _SENTENCE.finditer(text):
        if triggers.search(hit.group()):
            parts.append(hit.group())
            shifts.append((length, hit.start()))
            length += len(hit.group())
    return _Kept("".join(parts), tuple(shifts)) if shifts else None


def said_of(name: str, text: str, *, types: Iterable[str] = FUNCTIONS | NEEDS) -> Iterator[Saying]:
    """Yields what the description says of the system of that name: functions, and what it uses or needs.

    Sentences without a word that could say so are not read at all, which keeps long tables quick.
    """
    wanted = frozenset(types)
    title = name.replace("\n", " ")
    kept = _kept(title, text, _triggers(wanted)) if title else None
    if kept is None:
        return
    for item in read(aligned(kept.text), told=len(title)).relations:
        if item.head.start == 0 and item.type in wanted and item.tail.start > len(title):
            start, begin = kept.original(item.tail.start), kept.original(item.start)
            end = start + item.tail.end - item.tail.start
            yield Saying(
                type=item.type,
                other=text[start:end],
                start=start,
                end=end,
                rule=item.rule,
                confidence=item.confidence,
                modality=item.modality,
                quote=text[begin : begin + len(item.sentence)],
            )
