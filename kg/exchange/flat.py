"""Values as formats without lists and decimals can hold them, and which columns a graph needs."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias

from kg.model import Entity, Relation, Value

Flat: TypeAlias = str | int | float | bool
LIST_SEPARATOR = "；"
LONG = 2**63
XML_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold in any form. Source: W3C XML 1.0, production [2] Char."""


def flat(value: Value) -> Flat:
    """A list becomes one text, a decimal a whole number or a fraction."""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def attributes(fact: Entity | Relation) -> dict[str, Flat]:
    """Type, name (of an entity) and properties; a property cannot take the place of the first two."""
    fixed = {"type": fact.type, "name": fact.name} if isinstance(fact, Entity) else {"type": fact.type}
    return fixed | {name: flat(value) for name, value in sorted(fact.properties.items()) if name not in fixed}


def xml_text(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return XML_ILLEGAL.sub("", text)


def columns(facts: Iterable[Entity | Relation]) -> Mapping[str, str]:
    """XML type of every attribute by name: boolean, long, double or string; string where they differ."""
    seen: dict[str, set[str]] = {}
    for fact in facts:
        for name, value in attributes(fact).items():
            seen.setdefault(name, set()).add(_kind(value))
    return {name: _common(kinds) for name, kinds in sorted(seen.items())}


def _kind(value: Flat) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long" if -LONG <= value < LONG else "string"
    return "double" if isinstance(value, float) else "string"


def _common(kinds: set[str]) -> str:
    if len(kinds) == 1:
        return next(iter(kinds))
    return "double" if kinds == {"long", "double"} else "string"


def written(value: Flat) -> str:
    """The value as XML Schema writes it."""
    return str(value).lower() if isinstance(value, bool) else xml_text(str(value))
