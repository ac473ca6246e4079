"""Finds systems, components, projects and modules by the last word of their names."""

import re
from collections.abc import Iterator

from ingest.extract import schema
from ingest.extract.capability import bare_abilities, component_endings
from ingest.extract.edges import headed
from ingest.extract.heads import is_generic, without_place
from ingest.extract.mentions import mention
from ingest.extract.model import Label, Mention
from ingest.extract.words import Words

_PHASE = re.compile(r"（[^（）]{2,4}期?）$")
_YEAR = re.compile(r"^\d{4}年度?")
_RULES = {Label.SYSTEM: "head.system", Label.PROJECT: "head.project", Label.FUNCTION: "head.function"}


def _is_name(name: str, label: Label) -> bool:
    if is_generic(name, label):
        return False
    if label is not Label.PROJECT:
        return label is not Label.SYSTEM or not name.endswith(schema.grammar().not_system)
    if _YEAR.sub("", without_place(name)) in schema.grammar().generic[label]:
        return False
    return len(name) >= 7 and any(sign in name[:-2] for sign in schema.grammar().project_signs)


def _spans(words: Words, label: Label) -> Iterator[tuple[int, int]]:
    text = words.text
    for begin, head, end in headed(words, label):
        listed = label is Label.FUNCTION and text[begin - 1 : begin] == "、"
        if begin < head and not listed and _is_name(_PHASE.sub("", text[begin:end]), label):
            yield begin, end


def chunks(words: Words) -> Iterator[Mention]:
    """Yields systems, components, projects and modules named by their last word."""
    for label, rule in _RULES.items():
        for span in _spans(words, label):
            named = mention(words.text, span, label, rule=rule)
            yield _as_component(words.text, named) if label is Label.SYSTEM else named


def _as_component(text: str, named: Mention) -> Mention:
    """Returns the mention as a component when its name ends like one, else as it is."""
    if bare_abilities().fullmatch(without_place(named.text)):
        return mention(text, (named.start, named.end), Label.COMPONENT, rule="head.component")
    if not component_endings().search(named.text):
        return named
    span = _last_ability(text, (named.start, named.end))
    return mention(text, span, Label.COMPONENT, rule="head.component")


def _last_ability(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Returns the span of the ability after a joint when the rest of the name is one (视频专网和|政务云)."""
    joint = max(text.rfind(char, *span) for char in "和与及")
    if joint > span[0] and bare_abilities().fullmatch(text, joint + 1, span[1]):
        return joint + 1, span[1]
    return span
