"""Tells which shared capability a component's name means, and whether it names one component or the kind."""

import functools
import re

from ingest.extract import schema
from ingest.extract.names import place_of

_OWNED = re.compile(r"^(?:[省市县区]|自治区|国家|全国|全省|全市|全区)")


def _alternatives(words: tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rules = schema.components()
    right = _alternatives(rules.right)
    return tuple(
        (entry.id, re.compile(f"(?:{_alternatives(entry.names + entry.endings)})(?:{right})?$"))
        for entry in rules.entries
    )


def capability_of(name: str) -> str | None:
    """Returns the registry id of the shared capability the name ends in, None when it is none."""
    return next((key for key, pattern in _patterns() if pattern.search(name)), None)


def is_kind(name: str) -> bool:
    """Returns whether the name means the capability in general (电子证照), not somebody's (省电子证照库)."""
    if place_of(name) or _OWNED.match(name):
        return False
    return any(pattern.fullmatch(name) for _, pattern in _patterns())
