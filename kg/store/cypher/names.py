"""Labels and relation types in queries: checked and quoted, so that no name can be a command."""

import re
from collections.abc import Iterable

from kg.errors import ValidationError

ENTITY = "Entity"
FORMER = "Former"
BOOKKEEPING = frozenset({ENTITY, FORMER, "FormerRelation", "Record", "Run", "Delivery", "Graph"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


def is_type(name: str) -> bool:
    """Whether the name can be that of an entity or relation type here."""
    return _NAME.fullmatch(name) is not None and name not in BOOKKEEPING


def quoted(name: str) -> str:
    """The type as it stands in a query.

    Raises:
        ValidationError: it is no name of the form the ontology allows, or one the store keeps for itself.
    """
    if not is_type(name):
        raise ValidationError(f"类型名称不合规范：{name!r}")
    return f"`{name}`"


def alternatives(names: Iterable[str]) -> str | None:
    """The types as one pattern; None when none of them can be in the graph."""
    possible = sorted(name for name in set(names) if is_type(name))
    return "|".join(map(quoted, possible)) or None
