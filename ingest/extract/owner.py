"""Reads the organ that owns a system off the system's own name."""

import re

from ingest.extract import schema
from ingest.extract.model import Label, Mention
from ingest.extract.names import by_head, place_of
from ingest.extract.words import alternatives, cut

_ORGAN = re.compile(r"(?:局|厅|委|委员会|管委会|(?:人民|[省市县区州])政府|办公室|总队|支队)$")
_NO_ORGAN = re.compile(r"[域部面长势限]|$")
_CONFIDENCE = 0.7


def owner_of(item: Mention) -> Mention | None:
    """Returns the organ a system's or component's name begins with (省水利厅|河长制系统), None without one.

    An organ counts when its level or place is told with it, and it is an organ of state by its last word.
    """
    if item.label not in {Label.SYSTEM, Label.COMPONENT}:
        return None
    levels = alternatives(schema.grammar().level)
    for begin, end in by_head(cut(item.text), Label.DEPARTMENT):
        name = item.text[begin:end]
        placed = place_of(name) or re.match(f"(?:{levels})|[一-龥]{{2,4}}[省市县区州]", name)
        whole = begin == 0 and not _NO_ORGAN.match(item.text, end)
        if whole and placed and _ORGAN.search(name):
            return Mention(item.start, item.start + end, Label.DEPARTMENT, name, "owner.of.name", _CONFIDENCE)
    return None
