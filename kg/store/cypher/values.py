"""How properties stand on nodes and relationships: as Cypher sees them, and exactly where that differs."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kg.model import EMPTY, Properties, Value
from kg.store.rows import decode, encode

EXACT = "_exact"
# Names that are not a source's to give: the store's own begin with the mark.
MARK = "_"
OWN = frozenset({"id", "name", ""})
INTEGERS = range(-(2**63), 2**63)


def written(properties: Properties) -> dict[str, object]:
    """The properties to set; what Cypher cannot hold as it is stands once more, exactly, in `_exact`."""
    plain: dict[str, object] = {}
    exact: dict[str, Value] = {}
    for name, value in properties.items():
        if name in OWN or name.startswith(MARK) or "\0" in name or "`" in name:
            exact[name] = value
        elif isinstance(value, Decimal):
            plain[name], exact[name] = _number(value), value
        elif isinstance(value, int) and not isinstance(value, bool) and value not in INTEGERS:
            exact[name] = value
        else:
            plain[name] = list(value) if isinstance(value, tuple) else value
    if exact:
        plain[EXACT] = encode(exact)
    return plain


def _number(value: Decimal) -> int | float:
    whole = value == value.to_integral_value() and int(value) in INTEGERS
    return int(value) if whole else float(value)


def read(stored: Mapping[str, Any]) -> Properties:
    """The properties as they were given, by name."""
    found = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if name not in OWN and not name.startswith(MARK) and value is not None
    }
    if EXACT in stored:
        found.update(decode(stored[EXACT]))
    return dict(sorted(found.items())) if found else EMPTY


def compact(value: object) -> str:
    """The value as JSON, equal texts for equal values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
