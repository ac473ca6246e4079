"""Finds what is known by name: shared capabilities, systems without a head word, divisions."""

import functools
import re
from collections.abc import Iterator

from ingest.extract import schema
from ingest.extract.capability import bare_abilities
from ingest.extract.mentions import mention
from ingest.extract.model import Label, Mention
from ingest.extract.words import Words, alternatives
from kg.registry import regions

_PLACE = re.compile(r"[省市区县旗州盟]")
_LEVELS = frozenset("省市县区")
_PLACE_END = re.compile(r"[，。；、：\s\d（）]|$")


@functools.cache
def _known() -> re.Pattern[str]:
    return re.compile(alternatives(schema.systems().names))


def capabilities(words: Words) -> Iterator[Mention]:
    """Yields shared capabilities named without a head word (电子证照)."""
    text = words.text
    for hit in bare_abilities().finditer(text):
        begin = _with_place(text, hit.start())
        yield mention(text, (begin, hit.end()), Label.COMPONENT, rule="capability.name")


def _with_place(text: str, at: int) -> int:
    """Returns where the division begins that ends at a place or with the level word there (桂林|市政务云)."""
    end = at + 1 if text[at] in _LEVELS else at
    known = _divisions()
    return next((end - n for n in range(11, 1, -1) if n <= end and text[end - n : end] in known), at)


def known_systems(words: Words) -> Iterator[Mention]:
    """Yields systems known by name."""
    for hit in _known().finditer(words.text):
        yield mention(words.text, hit.span(), Label.SYSTEM, rule="system.known")


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
            begin = _with_place(text, begin)
            yield mention(text, (begin, end), Label.REGION, rule="region.name")
