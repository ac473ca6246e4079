"""Finds possible mentions: one function for each way in which a name can be recognised."""

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.extract import schema
from ingest.extract.capability import bare_abilities, component_endings
from ingest.extract.model import Label, Mention
from ingest.extract.names import by_head, without_place
from ingest.extract.words import Words, alternatives
from kg.registry import regions

_CODED = (
    r"(?:(?:GB|DB\d{2,6}|YD|GA|GM|WS|JR|HJ|LS|QX|SL)(?:/[TZ])?|[A-Z]{2,3}/[TZ]|T/[A-Z]{2,8})"
    r" ?\d{3,6}(?:\.\d{1,2})?(?:[-—]\d{4})?"
)
_CODE = re.compile(rf"(?<![A-Za-z]){_CODED}")
_TITLE = re.compile(rf"《[^《》\n]{{4,40}}》(?P<code>(?:（{_CODED}）|{_CODED}))?")
_UNQUOTED = re.compile(
    rf"(?:遵循|遵照|符合|按照|依据|执行|参照|满足|达到)(?P<name>[一-龥]{{4,24}}(?:标准|规范|要求|指南)（{_CODED}）)"
)
_STANDARD_WORD = re.compile(r"规范|标准|要求|指南|导则|规程|技术")
_FOLLOWED = re.compile(
    r"(?:符合|遵循|遵照|满足|按照|依据|执行|参照|达到)[^，。；《》]{0,24}(?:《[^《》]{2,40}》[、和及与]?){0,6}$"
)
_STANDARD_REACH = 60
_COMPANY_REACH = 30
_PLACE = re.compile(r"[省市区县旗州盟]")
_PLACE_END = re.compile(r"[，。；、：\s\d（）]|$")
ALIAS = re.compile(r"（(?:以下|下)?(?P<kind>简称|称|统称|合称)(?:为|：)?“?(?P<short>[^”（）]{2,20})”?）")


def mention(text: str, span: tuple[int, int], label: Label, *, rule: str, confidence: float) -> Mention:
    """Returns the mention of a span of the folded text."""
    return Mention(span[0], span[1], label, text[span[0] : span[1]], rule, confidence)


@functools.cache
def _known() -> re.Pattern[str]:
    return re.compile(alternatives(schema.systems().names))


def _last_ability(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Returns the span of the ability after a joint when the rest of the name is one (视频专网和|政务云)."""
    joint = max(text.rfind(char, *span) for char in "和与及")
    if joint > span[0] and bare_abilities().fullmatch(text, joint + 1, span[1]):
        return joint + 1, span[1]
    return span


def headed(words: Words) -> Iterator[Mention]:
    """Yields systems, components, organs, projects and modules named by their last word."""
    for label, heads in schema.grammar().heads.items():
        for span in by_head(words, label):
            named = mention(
                words.text, span, label, rule=f"head.{label.lower()}", confidence=heads.confidence
            )
            yield _as_component(words.text, named) if label is Label.SYSTEM else named


def _as_component(text: str, named: Mention) -> Mention:
    """Returns the mention as a component when its name ends like one, else as it is."""
    if bare_abilities().fullmatch(without_place(named.text)):
        return replace(named, label=Label.COMPONENT, rule="head.component")
    if not component_endings().search(named.text):
        return named
    span = _last_ability(text, (named.start, named.end))
    return mention(text, span, Label.COMPONENT, rule="head.component", confidence=named.confidence)


def capabilities(words: Words) -> Iterator[Mention]:
    """Yields shared capabilities named without a head word (电子证照)."""
    for hit in bare_abilities().finditer(words.text):
        yield mention(words.text, hit.span(), Label.COMPONENT, rule="capability.name", confidence=0.8)


def known_systems(words: Words) -> Iterator[Mention]:
    """Yields systems known by name."""
    for hit in _known().finditer(words.text):
        yield mention(words.text, hit.span(), Label.SYSTEM, rule="system.known", confidence=0.7)


@functools.cache
def _field(keys: tuple[str, ...], label: Label) -> re.Pattern[str]:
    project = r"[^，。；：\s]{4,60}?(?:项目|工程)(?![一-龥]{0,20}(?:项目|工程))|"
    value = (project if label is Label.PROJECT else "") + r"[^，。；：、\s（]{4,60}"
    return re.compile(f"(?:{alternatives(keys)})(?:名称|信息)?(?:为|：|: )? ?(?P<value>{value})")


def fields(words: Words) -> Iterator[Mention]:
    """Yields the values of the fields of notices (采购人：…)."""
    for rule in schema.fields().fields:
        for hit in _field(rule.keys, rule.label).finditer(words.text):
            value, begin = hit["value"], hit.start("value")
            if rule.label is Label.PROJECT:
                value = re.split(r"(?<=项目)数量|(?<=项目)采购|项目编号|预算金额", value)[0]
                explicit = hit.group(0)[: begin - hit.start()].rstrip().endswith(("：", "为"))
            else:
                value = _NEXT_FIELD.split(value)[0]
                explicit = bool(_ORGAN_VALUE.search(value))
            if explicit and len(value) >= 4:
                span = begin, begin + len(value)
                yield mention(words.text, span, rule.label, rule=rule.id, confidence=rule.confidence)


_NEXT_FIELD = re.compile(r"采购项目|项目名称|地址|联系|采购内容")
_ORGAN_VALUE = re.compile(
    r"(?:公司|集团|局|厅|委|委员会|中心|医院|学校|大学|学院|办公室|政府|院|部|队|处|所|馆|站|分行)$"
)


def standards(words: Words) -> Iterator[Mention]:
    """Yields coded standards, and normative documents with a code or told to be followed."""
    text = words.text
    for hit in _TITLE.finditer(text):
        followed = _STANDARD_WORD.search(hit.group()) and _FOLLOWED.search(
            text, max(0, hit.start() - _STANDARD_REACH), hit.start()
        )
        if hit["code"] or followed:
            yield mention(text, hit.span(), Label.STANDARD, rule="standard.title", confidence=0.8)
    for pattern, group in ((_UNQUOTED, "name"), (_CODE, 0)):
        for hit in pattern.finditer(text):
            yield mention(text, hit.span(group), Label.STANDARD, rule="standard.code", confidence=0.9)


@functools.cache
def _company() -> re.Pattern[str]:
    return re.compile(f"(?:{alternatives(schema.grammar().company_ends)})(?:[一-龥]{{2,8}}分公司)?")


@functools.cache
def _before_company() -> re.Pattern[str]:
    return re.compile(f"[^\\w·&]|{alternatives(schema.grammar().company_before)}")


def companies(words: Words) -> Iterator[Mention]:
    """Yields companies, which are no departments unless they buy or own."""
    text, last = words.text, 0
    for hit in _company().finditer(text):
        low = max(last, hit.start() - _COMPANY_REACH)
        begin = max((edge.end() for edge in _before_company().finditer(text, low, hit.start())), default=low)
        last = hit.end()
        if hit.start() - begin >= 3 and (begin > low or low == 0):
            yield mention(text, (begin, hit.end()), Label.COMPANY, rule="company.name", confidence=0.8)


@functools.cache
def _divisions() -> frozenset[str]:
    return frozenset(name for found in regions().values() for name in found.names if _PLACE.search(name[-1]))


def places(words: Words) -> Iterator[Mention]:
    """Yields names of administrative divisions that stand by themselves."""
    text, known = words.text, _divisions()
    for hit in _PLACE.finditer(text):
        end = hit.end()
        if not _PLACE_END.match(text, end):
            continue
        begin = next((end - n for n in range(11, 1, -1) if n <= end and text[end - n : end] in known), None)
        if begin is not None:
            yield mention(text, (begin, end), Label.REGION, rule="region.name", confidence=0.7)


def short_forms(text: str, found: list[Mention]) -> tuple[tuple[Mention, Mention], ...]:
    """Returns pairs (short form, full name) where the text itself defines a short form.

    A word for several things together (统称) is a pair too, under the rule `collective`.
    """
    by_end = {item.end: item for item in found}
    pairs = []
    for hit in ALIAS.finditer(text):
        full = by_end.get(hit.start())
        if full is not None:
            rule = "collective" if hit["kind"] in {"统称", "合称"} else "alias"
            sure = min(0.95, full.confidence + 0.1)
            short = mention(text, hit.span("short"), full.label, rule=rule, confidence=sure)
            pairs.append((short, full))
    return tuple(pairs)


def titles(text: str) -> frozenset[int]:
    """Returns the places inside 《》, where the names of documents stand and no names of things."""
    return frozenset(at for hit in _TITLE.finditer(text) for at in range(hit.start() + 1, hit.end()))


FINDERS: tuple[tuple[str, Callable[[Words], Iterator[Mention]]], ...] = (
    ("headed", headed),
    ("capabilities", capabilities),
    ("known_systems", known_systems),
    ("fields", fields),
    ("standards", standards),
    ("places", places),
    ("companies", companies),
)
