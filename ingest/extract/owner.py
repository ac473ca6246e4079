"""Reads the organ that owns a system off the system's own name."""

import re

from ingest.extract import schema
from ingest.extract.heads import place_of
from ingest.extract.model import Label, Mention
from ingest.extract.organs import organ_spans
from ingest.extract.statistics import confidence
from ingest.extract.words import alternatives, cut

_ORGAN = re.compile(r"(?:局|厅|委|委员会|管委会|(?:人民|[省市县区州])政府|办公室|总队|支队)$")
_NO_ORGAN = re.compile(r"[域部面长势限]|$")


def owner_of(item: Mention) -> Mention | None:
    """Returns the organ a system's or component's name begins with (省水利厅|河长制系统), None without one.

    An organ counts when its level or place is told with it, and it is an organ of state by its last word.
    """
    if item.label not in {Label.SYSTEM, Label.COMPONENT}:
        return None
    levels = alternatives(schema.grammar().level)
    for begin, end in organ_spans(cut(item.text)):
        name = item.text[begin:end]
        placed = place_of(name) or re.match(f"(?:{levels})|[一-龥]{{2,4}}[省市县区州]", name)
        whole = begin == 0 and not _NO_ORGAN.match(item.text, end)
        if whole and placed and _ORGAN.search(name):
            stop, rule = item.start + end, "owner.of.name"
            return Mention(item.start, stop, Label.DEPARTMENT, name, rule, confidence(rule))
    return None
