"""Components of other countries named in texts that are not in Chinese."""

from dataclasses import replace

from ingest.extract.model import Extraction, Label, Mention
from kg.registry.named_components import components_named
from kg.text import is_chinese, told_language

RULE = "component:named"
CONFIDENCE = 0.95
"""Of a name from the list being the component; measured in docs/linking.md."""


def with_named(found: Extraction) -> Extraction:
    """The extraction with the listed components that its text names; a Chinese text is left as it is."""
    text = found.text
    if is_chinese(text):
        return found
    taken = [(item.start, item.end) for item in found.mentions]
    named = [
        Mention(one.start, one.end, Label.COMPONENT, text[one.start : one.end], RULE, CONFIDENCE)
        for one in components_named(text, language=told_language(text))
        if one.component.kind == "component" and not any(s < one.end and one.start < e for s, e in taken)
    ]
    mentions = sorted((*found.mentions, *named), key=lambda item: (item.start, item.end))
    return replace(found, mentions=tuple(mentions)) if named else found
