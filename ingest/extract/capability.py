"""Tells which shared capability a component's name means, and whether it names one component or the kind."""

import functools
import re

from ingest.extract import schema
from ingest.extract.heads import place_of
from ingest.extract.words import alternatives
from kg.registry import abilities

_OWNED = re.compile(r"^(?:[省市县区]|自治区|国家|全国|全省|全市|全区)")


@functools.cache
def component_endings() -> re.Pattern[str]:
    """Returns the pattern of a name that ends like a component of a shared ability."""
    words = [word for ability in abilities() for word in ability.endings + ability.mentions]
    return re.compile(f"(?:{alternatives(words)})$")


@functools.cache
def bare_abilities() -> re.Pattern[str]:
    """Returns the pattern of an ability named in prose, perhaps between a level and a kind of thing."""
    rules = schema.grammar()
    left, right = alternatives(rules.component_left), alternatives(rules.component_right)
    words = alternatives(word for ability in abilities() for word in ability.mentions)
    return re.compile(f"(?:{left}){{0,2}}(?:{words})(?:{right})?")


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    right = alternatives(schema.grammar().component_right)
    return tuple(
        (entry.id, re.compile(f"(?:{alternatives(entry.mentions + entry.endings)})(?:{right})?$"))
        for entry in abilities()
        if entry.mentions or entry.endings
    )


def capability_of(name: str) -> str | None:
    """Returns the registry id of the shared capability the name ends in, None when it is none."""
    return next((key for key, pattern in _patterns() if pattern.search(name)), None)


def is_kind(name: str) -> bool:
    """Returns whether the name means the capability in general (电子证照), not somebody's (省电子证照库)."""
    if place_of(name) or _OWNED.match(name):
        return False
    return any(pattern.fullmatch(name) for _, pattern in _patterns())
