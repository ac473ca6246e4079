"""Reads relations off sentences in which every mention stands as one symbol."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.extract import schema
from ingest.extract.model import Label, Mention, TextRelation
from kg.model import Modality

_SYMBOL = {
    "D": "\ue000",
    "S": "\ue001",
    "C": "\ue002",
    "F": "\ue003",
    "T": "\ue004",
    "P": "\ue005",
    "R": "\ue006",
}
_LETTER = {
    Label.DEPARTMENT: "D",
    Label.SYSTEM: "S",
    Label.COMPONENT: "C",
    Label.FUNCTION: "F",
    Label.STANDARD: "T",
    Label.PROJECT: "P",
    Label.REGION: "R",
}
_SLOT = re.compile(r"\{([SO])(\+?):([A-Z]+)\}")
_GAP = re.compile(r"(~~?)(\d+)")
_SENTENCE = re.compile(r"[^。；！？\n]+[。；！？\n]?")
_FORBIDDEN = re.compile(r"不得|禁止|严禁|避免|不再|无需|不应")
_PLAN = re.compile(r"(?<!虚|模)拟(?!人)|计划|规划建设|筹建|将(?=建|新|启|开|搭|打)")
_OTHER_SUBJECT = re.compile(r"部门|单位|机构|企业")
_CUE_REACH = 24
_WINDOW = 10


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its words, its form with symbols, and the mention behind each symbol."""

    text: str
    form: str
    at: dict[int, Mention]

    def uses(self, at: int) -> bool:
        """Returns whether the mention at a symbol is told as something used, not as what is spoken of."""
        return bool(_used().search(self.form, max(0, at - _CUE_REACH), at))


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    def slot(hit: re.Match[str]) -> str:
        one = "[" + "".join(_SYMBOL[letter] for letter in hit[3]) + "]"
        more = f"(?:”?(?:、|和|及|与|以及|，|会同|或者|\\.)“?{one}){{0,20}}" if hit[2] else ""
        return f"(?P<{hit[1]}>{one}{more})"

    def gap(hit: re.Match[str]) -> str:
        mentions = "" if hit[1] == "~~" else "\ue000-\ue006"
        return f"[^。；{mentions}]{{0,{hit[2]}}}?"

    return re.compile(_GAP.sub(gap, _SLOT.sub(slot, pattern)))


def sentences(text: str, mentions: list[Mention]) -> Iterator[Sentence]:
    """Yields the sentences that hold a mention."""
    waiting = list(reversed(mentions))
    for hit in _SENTENCE.finditer(text):
        here: list[Mention] = []
        while waiting and waiting[-1].start < hit.end():
            here.append(waiting.pop())
        if here:
            yield _abstract(text, hit.span(), here)


def _abstract(text: str, span: tuple[int, int], here: list[Mention]) -> Sentence:
    parts: list[str] = []
    at: dict[int, Mention] = {}
    cursor, length = span[0], 0
    for item in here:
        between = text[cursor : item.start]
        parts.append(between)
        length += len(between)
        at[length] = item
        parts.append(_SYMBOL[_LETTER[item.label]])
        length += 1
        cursor = item.end
    parts.append(text[cursor : max(cursor, span[1])])
    return Sentence(text[span[0] : max(span[1], cursor)].strip(), "".join(parts), at)


def _modality(form: str, begin: int, end: int) -> Modality:
    window = form[max(0, begin - _WINDOW) : end]
    if _FORBIDDEN.search(window):
        return Modality.FORBIDDEN
    return Modality.PLAN if _PLAN.search(window) else Modality.FACT


@functools.cache
def _used() -> re.Pattern[str]:
    """Returns the pattern of a verb of use, perhaps with further mentions between it and the end."""
    cues = "|".join(schema.grammar().used_cues)
    now = "现有|已有|已建|全市统一的|全省统一的|统一的"
    return re.compile(f"(?:{cues})(?:{now})?“?(?:[\ue000-\ue006]”?[、和及与]“?){{0,6}}$")


@dataclass(frozen=True, slots=True)
class Topic:
    """What the text is about so far: names of systems and projects, first and latest."""

    seen: tuple[Mention, ...]

    def head(self, sentence: Sentence, before: int, letters: str) -> Mention | None:
        """Returns the nearest fitting mention before a place, else what earlier sentences speak of."""
        near = [at for at, item in sentence.at.items() if at < before and _LETTER[item.label] in letters]
        if near:
            own = [at for at in near if not sentence.uses(at)]
            return sentence.at[own[-1] if own else near[0]]
        if letters == "D" or _OTHER_SUBJECT.search(sentence.form, 0, before):
            return None
        earlier = [item for item in self.seen if _LETTER[item.label] in letters]
        projects = [item for item in earlier if item.label is Label.PROJECT]
        return (projects or earlier)[-1] if earlier else None


def _same_thing(one: str, other: str) -> bool:
    """Returns whether one name is the other without its owner in front."""
    return one.endswith(other) or other.endswith(one)


def _pairs(
    rule: schema.RelationRule, sentence: Sentence, hit: re.Match[str], *, topic: Topic
) -> Iterator[tuple[Mention, Mention]]:
    groups = hit.groupdict()
    tails = [sentence.at[i] for i in range(*hit.span("O")) if i in sentence.at]
    if "S" in groups:
        heads = [sentence.at[i] for i in range(*hit.span("S")) if i in sentence.at]
    else:
        head = topic.head(sentence, hit.start(), rule.carry)
        heads = [head] if head else []
    for head in heads:
        for tail in tails:
            if rule.type == "PART_OF" or not _same_thing(head.text, tail.text):
                yield (tail, head) if rule.inverse else (head, tail)


def _of_sentence(sentence: Sentence, topic: Topic) -> Iterator[TextRelation]:
    for rule in schema.relations().rules:
        for hit in _compiled(rule.pattern).finditer(sentence.form):
            modality = _modality(sentence.form, hit.start(), hit.end())
            for head, tail in _pairs(rule, sentence, hit, topic=topic):
                sure = round(rule.confidence * min(head.confidence, tail.confidence) ** 0.5, 4)
                yield TextRelation(head, rule.type, tail, rule.id, sure, modality, sentence.text)


_EXCLUSIVE = frozenset({"USES", "DEPENDS_ON", "PART_OF"})


def relations(text: str, mentions: list[Mention], aliases: Mapping[str, str]) -> tuple[TextRelation, ...]:
    """Returns the relations of the text, each pair once, in text order; short forms stand as full names."""
    first: dict[str, Mention] = {}
    for item in mentions:
        first.setdefault(item.text, item)
    first |= {
        short: first[full] for short, full in sorted(aliases.items()) if short in first and full in first
    }
    kept: dict[tuple[str, str, str], TextRelation] = {}
    seen: tuple[Mention, ...] = ()
    for sentence in sentences(text, mentions):
        for found in _of_sentence(sentence, Topic(seen)):
            kind = "between" if found.type in _EXCLUSIVE else found.type
            whole = _at_first(found, first)
            if whole.head != whole.tail:
                kept.setdefault((whole.head.text, kind, whole.tail.text), whole)
        seen += tuple(
            i for at, i in sentence.at.items() if _LETTER[i.label] in "SCPD" and not sentence.uses(at)
        )
    return tuple(sorted(kept.values(), key=lambda item: (item.head.start, item.tail.start, item.type)))


def _at_first(found: TextRelation, first: dict[str, Mention]) -> TextRelation:
    head, tail = first[found.head.text], first[found.tail.text]
    return TextRelation(head, found.type, tail, found.rule, found.confidence, found.modality, found.sentence)
