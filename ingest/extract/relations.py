"""Reads relations off sentences in which every mention stands as one symbol."""

import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ingest.extract import schema
from ingest.extract.model import Label, Mention, TextRelation
from ingest.extract.refusals import compared, refused
from ingest.extract.sentences import ANY_SYMBOL, LETTER, SYMBOL, Sentence, sentences, used
from ingest.extract.statistics import confidence, together
from ingest.extract.topic import Topic
from kg.model import Modality

_SLOT = re.compile(r"\{([SO])(\+?):([A-Z]+)\}")
_GAP = re.compile(r"(~[~!]?)(\d+)")
_CLAUSE_END = re.compile(r"[，；：]")
_PART_END = re.compile(r"[；：]")
_WINDOW = 12
_PLAN_WINDOW = 40
_OF, _ABILITY = SYMBOL["S"] + SYMBOL["C"], SYMBOL["C"]
"""An ability named right behind a platform is one of it: both are told of (甲平台统一身份认证)."""
_TOPICS = frozenset("SCPD")
_EXCLUSIVE = frozenset({"USES", "DEPENDS_ON", "PART_OF"})
_KEPT = 60
_KIND = {"PROVIDES": "provided", "USES": "needed", "DEPENDS_ON": "needed", "BUILDS": "built"}


@functools.cache
def _compiled(pattern: str) -> re.Pattern[str]:
    joints = "|".join(schema.grammar().joints)

    def slot(hit: re.Match[str]) -> str:
        one = "[" + "".join(SYMBOL[letter] for letter in hit[3]) + "]"
        more = f"(?:(?:”?(?:{joints})“?|(?<=[{_OF}])(?=[{_ABILITY}])){one}){{0,20}}" if hit[2] else ""
        return f"(?P<{hit[1]}>{one}{more})"

    def gap(hit: re.Match[str]) -> str:
        if hit[1] == "~!":
            turns = "|".join(schema.grammar().turns)
            return f"(?:(?!{turns})[^，。；{ANY_SYMBOL}]){{0,{hit[2]}}}?"
        mentions = "" if hit[1] == "~~" else ANY_SYMBOL
        return f"[^。；{mentions}]{{0,{hit[2]}}}?"

    return re.compile(_GAP.sub(gap, _SLOT.sub(slot, pattern)))


@functools.cache
def _moods() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    moods = schema.relations().moods
    return re.compile(moods.denied), re.compile(moods.forbidden), re.compile(moods.plan)


@functools.cache
def _undone() -> tuple[re.Pattern[str], re.Pattern[str]]:
    moods = schema.relations().moods
    return re.compile(moods.undone), re.compile(moods.retired)


def _modality(form: str, begin: int, end: int) -> Modality | None:
    """Returns how a match is said, None when it is said not to be."""
    denied, forbidden, plan = _moods()
    lead = form[max(0, begin - _WINDOW) : begin]
    clause = _CLAUSE_END.split(lead)[-1]
    window = clause + form[begin:end]
    undone, retired = _undone()
    if denied.search(window) or undone.match(form, end):
        return None
    if retired.search(form, max(0, begin - _PLAN_WINDOW), end):
        return None
    if forbidden.search(window):
        return Modality.FORBIDDEN
    ahead = _PART_END.split(form[max(0, begin - _PLAN_WINDOW) : begin])[-1] + form[begin:end]
    return Modality.PLAN if plan.search(ahead) else Modality.FACT


def _same_thing(one: str, other: str) -> bool:
    """Returns whether one name is the other without its owner in front."""
    return one.endswith(other) or other.endswith(one)


@dataclass(frozen=True, slots=True)
class _Hit:
    """One match of a rule: the places of its ends, empty where the topic stands in."""

    rule: schema.RelationRule
    start: int
    modality: Modality
    heads: tuple[int, ...]
    tails: tuple[int, ...]


def _hits(sentence: Sentence) -> Iterator[_Hit]:
    like = compared(sentence)
    for rule in schema.relations().rules:
        for match in _compiled(rule.pattern).finditer(sentence.form):
            modality = _modality(sentence.form, match.start(), match.end())
            if modality is None:
                continue
            ends: dict[str, tuple[int, ...]] = {"S": (), "O": ()}
            for slot in match.groupdict():
                ends[slot] = tuple(i for i in range(*match.span(slot)) if i in sentence.at and i not in like)
            told = all(ends[slot] for slot in match.groupdict())
            if told:
                yield _Hit(rule, match.start(), modality, ends["S"], ends["O"])


def _places(hits: Sequence[_Hit], types: Collection[str]) -> frozenset[int]:
    """Returns the places of tails of some types: what is told as used, needed or a part."""
    chosen = [hit for hit in hits if hit.rule.type in types and not hit.rule.subject_stays]
    return frozenset(at for hit in chosen for at in (hit.tails if hit.rule.lesser_is_tail else hit.heads))


def _several(hits: Sequence[_Hit]) -> frozenset[int]:
    """Returns the places of what a project delivers when it is several: a later clause means the project."""
    built = [hit for hit in hits if hit.rule.subject_stays and hit.modality is not Modality.FORBIDDEN]
    places = {at for hit in built for at in hit.tails}
    return frozenset(places if len(places) > 1 else ())


def _ends(
    hit: _Hit, sentence: Sentence, topic: Topic, *, needed: Collection[int], parts: Collection[int]
) -> tuple[list[Mention], list[Mention]]:
    spoken = hit.heads[:1] and not (hit.rule.carry and hit.heads[0] in needed)
    heads = [sentence.at[at] for at in hit.heads if spoken or not (hit.rule.carry and at in needed)]
    tails = [sentence.at[at] for at in hit.tails]
    if not heads or not tails:
        called = _called(sentence) if hit.rule.type in {"USES", "DEPENDS_ON"} else ()
        carried = topic.head(sentence, hit.start, hit.rule.carry, aside={*needed, *parts, *called})
        return heads or carried, tails or carried
    return heads, tails


def _called(sentence: Sentence) -> Iterator[int]:
    """Yields the places of abilities in general (电子证照), which are called and call nothing."""
    return (at for at, item in sentence.at.items() if item.rule == "capability.name")


def _pairs(
    hit: _Hit, heads: Sequence[Mention], tails: Sequence[Mention]
) -> Iterator[tuple[Mention, Mention]]:
    for head in heads:
        for tail in tails:
            if hit.rule.type == "PART_OF" or not _same_thing(head.text, tail.text):
                yield (tail, head) if hit.rule.inverse else (head, tail)


def _once(given: set[tuple[str, int]], hit: _Hit) -> _Hit | None:
    """Returns the match with the tails that no earlier rule has given to a head; None without any."""
    kind = _KIND.get(hit.rule.type)
    if kind is None or not hit.tails:
        return hit
    tails = tuple(at for at in hit.tails if (kind, at) not in given)
    given.update((kind, at) for at in tails)
    return replace(hit, tails=tails) if tails else None


def _of_sentence(
    sentence: Sentence, hits: Sequence[_Hit], topic: Topic, *, aside: frozenset[int]
) -> Iterator[TextRelation]:
    needed = _places(hits, {"USES", "DEPENDS_ON"})
    needed |= {at for at, item in sentence.at.items() if item.start in aside}
    needed |= {at for hit in hits if hit.modality is Modality.FORBIDDEN for at in hit.tails}
    parts = _places(hits, {"PART_OF"}) | _several(hits)
    given: set[tuple[str, int]] = set()
    for hit in map(partial(_once, given), hits):
        if hit is None:
            continue
        heads, tails = _ends(hit, sentence, topic, needed=needed, parts=parts)
        for head, tail in _pairs(hit, heads, tails):
            sure = round(confidence(hit.rule.id) * min(head.confidence, tail.confidence) ** 0.5, 4)
            yield TextRelation(
                head, hit.rule.type, tail, hit.rule.id, sure, hit.modality, sentence.text, sentence.start
            )


def _banned(sentence: Sentence, hits: Sequence[_Hit]) -> frozenset[int]:
    """Returns the starts of what must not be built or used, which no later sentence speaks of."""
    banned = [at for hit in hits if hit.modality is Modality.FORBIDDEN for at in hit.tails]
    return frozenset(sentence.at[at].start for at in banned)


def _next_topic(
    topic: Topic, sentence: Sentence, *, found: Sequence[TextRelation], aside: frozenset[int]
) -> Topic:
    gone = {
        item.tail.start
        for item in found
        if item.type in {"USES", "DEPENDS_ON"} or item.modality is Modality.FORBIDDEN
    }
    whole = [item for item in found if item.type == "PART_OF" and item.tail.label is not Label.PROJECT]
    gone |= {item.head.start for item in whole}
    spoken = [
        item
        for item in sentence.at.values()
        if LETTER[item.label] in _TOPICS and item.start not in aside and item.start not in gone
    ]
    heads = [item.head for item in found if item.type in {"USES", "DEPENDS_ON", "PROVIDES"}]
    delivered = [item.head for item in found if item.type == "PART_OF" and item.tail.label is Label.PROJECT]
    last = next(
        iter([*heads[-1:], *(item.tail for item in whole[-1:]), *delivered[-1:]]),
        topic.last if sentence.follows else None,
    )
    return Topic(topic.project, (*topic.seen, *spoken)[-_KEPT:], last)


def _confirmed(known: TextRelation, again: TextRelation) -> TextRelation:
    """Returns the relation, surer when a sentence of its own tells the same in the same mood."""
    same = (known.type, known.modality) == (again.type, again.modality)
    if not same or known.sentence == again.sentence:
        return known
    return replace(known, confidence=together(known.confidence, again.confidence))


def _of_refused(said: TextRelation, names: Collection[str]) -> bool:
    """Returns whether the relation is told of something refused, which was never built."""
    return said.head.text in names or (said.type in {"BUILDS", "PART_OF"} and said.tail.text in names)


def relations(text: str, mentions: list[Mention], aliases: Mapping[str, str]) -> tuple[TextRelation, ...]:
    """Returns the relations of the text, each pair once, in text order; short forms stand as full names."""
    first: dict[str, Mention] = {}
    for item in mentions:
        first.setdefault(item.text, item)
    first |= {
        short: first[full] for short, full in sorted(aliases.items()) if short in first and full in first
    }
    aside = used(text, mentions)
    kept: dict[tuple[str, str, str], TextRelation] = {}
    dropped: set[str] = set()
    topic = Topic(next((item for item in mentions if item.label is Label.PROJECT), None))
    for sentence in sentences(text, mentions, aside):
        hits = list(_hits(sentence))
        dropped.update(first[name].text for name in refused(sentence, aside=aside))
        found = list(_of_sentence(sentence, hits, topic, aside=aside))
        for said in found:
            kind = "between" if said.type in _EXCLUSIVE else said.type
            whole = replace(said, head=first[said.head.text], tail=first[said.tail.text])
            if whole.head != whole.tail:
                key = whole.head.text, kind, whole.tail.text
                kept[key] = _confirmed(kept[key], whole) if key in kept else whole
        topic = _next_topic(topic, sentence, found=found, aside=aside | _banned(sentence, hits))
    told = [item for item in kept.values() if not _of_refused(item, dropped)]
    return tuple(sorted(told, key=lambda item: (item.head.start, item.tail.start, item.type)))
