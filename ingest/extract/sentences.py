"""Cuts a text into sentences in which every mention, and every word that stands for one, is one symbol."""

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract import schema
from ingest.extract.aliases import ALIAS
from ingest.extract.issuer import selves
from ingest.extract.model import Label, Mention

SYMBOL = {
    "D": "\ue000",
    "S": "\ue001",
    "C": "\ue002",
    "F": "\ue003",
    "T": "\ue004",
    "P": "\ue005",
    "R": "\ue006",
    "O": "\ue007",
}
LETTER = {
    Label.DEPARTMENT: "D",
    Label.SYSTEM: "S",
    Label.COMPONENT: "C",
    Label.FUNCTION: "F",
    Label.STANDARD: "T",
    Label.PROJECT: "P",
    Label.REGION: "R",
    Label.COMPANY: "O",
}
ANY_SYMBOL = "\ue000-\ue007"
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")
_STOPS = frozenset("。！？\n")
_BETWEEN = re.compile(r"[”“]?(?:、|和|及|与|以及|或者)[”“]?")
_REACH = 12
_REMEMBERED = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words, where they begin, its form with symbols, and the mention behind each symbol.

    `follows` tells that only a semicolon parts it from the sentence before it.
    """

    text: str
    start: int
    form: str
    at: dict[int, Mention]
    follows: bool


@dataclass(frozen=True, slots=True)
class _Symbol:
    start: int
    end: int
    mention: Mention


@functools.cache
def _cue() -> re.Pattern[str]:
    """Returns the pattern of a verb of use right before a name."""
    cues = "|".join(schema.grammar().used_cues)
    return re.compile(f"(?:{cues})(?:现有|已有|已建|全市统一的|全省统一的|统一的)?“?$")


@functools.cache
def _stands_for() -> re.Pattern[str]:
    words = schema.grammar()
    nouns = "|".join(words.anaphor_nouns)
    return re.compile(
        f"(?:该|本|此|上述)(?P<told>{nouns})(?![的名建])"
        f"|(?:(?<=[，；。：、）\n])|^)(?P<bare>{nouns})(?={'|'.join(words.anaphor_after)})"
    )


def used(text: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Returns the starts of mentions told as something used, alone or in a list, not as what is spoken of."""
    found: set[int] = set()
    last: Mention | None = None
    for item in mentions:
        listed = last is not None and _BETWEEN.fullmatch(text, last.end, item.start) is not None
        if (listed and last is not None and last.start in found) or _cue().search(
            text, max(0, item.start - _REACH), item.start
        ):
            found.add(item.start)
        last = item
    return frozenset(found)


def _antecedent(noun: str, before: Sequence[Mention], aside: frozenset[int]) -> Mention | None:
    """Returns the latest mention the noun can stand for: one with that last word, else one of its kind."""
    project = noun in schema.grammar().anaphor_projects
    kinds = {Label.PROJECT} if project else {Label.SYSTEM, Label.COMPONENT}
    fitting = [item for item in before if item.label in kinds and item.start not in aside]
    named = [item for item in fitting if item.text.endswith(noun)]
    return (named or fitting)[-1] if fitting else None


def _project_after(noun: str, after: Sequence[Mention]) -> Mention | None:
    """Returns the first project named later, for a notice that says 本项目 before it names it."""
    if noun not in schema.grammar().anaphor_projects:
        return None
    return next((item for item in after if item.label is Label.PROJECT), None)


def _anaphors(text: str, mentions: Sequence[Mention], aside: frozenset[int]) -> Iterator[_Symbol]:
    taken = {i for item in mentions for i in range(item.start, item.end)}
    ends = [item.end for item in mentions]
    for hit in _stands_for().finditer(text):
        if taken.isdisjoint(range(hit.start(), hit.end())):
            number = bisect_right(ends, hit.start())
            before = mentions[max(0, number - _REMEMBERED) : number]
            noun = hit["told"] or hit["bare"]
            after = mentions[number : number + _REMEMBERED] if hit["told"] else []
            meant = _antecedent(noun, before, aside) or _project_after(noun, after)
            if meant is not None:
                yield _Symbol(hit.start(), hit.end(), meant)


def _symbols(text: str, mentions: Sequence[Mention], aside: frozenset[int]) -> list[_Symbol]:
    """Returns the symbols in text order; a short form where it is defined belongs to its full name."""
    named = {item.end: item for item in mentions}
    defined = {
        hit.start(): hit.end()
        for hit in ALIAS.finditer(text)
        if hit.start() in named and hit["kind"] not in {"统称", "合称"}
    }
    inside = {i for begin, end in defined.items() for i in range(begin, end)}
    own = [
        _Symbol(item.start, defined.get(item.end, item.end), item)
        for item in mentions
        if item.start not in inside
    ]
    issuers = [_Symbol(*one) for one in selves(text, mentions)]
    return sorted([*own, *issuers, *_anaphors(text, mentions, aside)], key=lambda symbol: symbol.start)


def sentences(text: str, mentions: Sequence[Mention], aside: frozenset[int]) -> Iterator[Sentence]:
    """Yields the sentences that hold a mention; `aside` are the starts of mentions that are only used."""
    waiting = _symbols(text, mentions, aside)[::-1]
    for hit in _SENTENCE.finditer(text):
        here: list[_Symbol] = []
        while waiting and waiting[-1].start < hit.end():
            here.append(waiting.pop())
        if here:
            before = text[hit.start() - 1] if hit.start() else "\n"
            yield _abstract(text, hit.span(), here, follows=before not in _STOPS)


def _abstract(text: str, span: tuple[int, int], here: list[_Symbol], *, follows: bool) -> Sentence:
    parts: list[str] = []
    at: dict[int, Mention] = {}
    cursor, length = span[0], 0
    for symbol in here:
        between = text[cursor : symbol.start]
        parts.append(between)
        length += len(between)
        at[length] = symbol.mention
        parts.append(SYMBOL[LETTER[symbol.mention.label]])
        length += 1
        cursor = symbol.end
    parts.append(text[cursor : max(cursor, span[1])])
    words = text[span[0] : max(span[1], cursor)]
    start = span[0] + len(words) - len(words.lstrip())
    return Sentence(words.strip(), start, "".join(parts), at, follows)
