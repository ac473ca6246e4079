"""Whether one more claim leaves what is shown as it is, so that nothing need be folded anew."""

from typing import Protocol

from kg.model import Entity, Properties
from kg.store.fold import ALIASES, MODALITY


class Said(Protocol):
    """What a claim says of an entity."""

    @property
    def type(self) -> str:
        """The type it asserts."""
        ...

    @property
    def name(self) -> str | None:
        """The name it asserts, if any."""
        ...

    @property
    def properties(self) -> Properties:
        """The properties it asserts."""
        ...


def agrees(shown: Entity, said: Said) -> bool:
    """Whether one more claim leaves the fold as it is: it asserts nothing but what is shown."""
    if said.type != shown.type or said.name not in (None, shown.name) or ALIASES in said.properties:
        return False
    return _all_shown(shown.properties, said.properties)


def agrees_on_relation(shown: Properties, said: Properties) -> bool:
    """The same for a relation: one without a modality is a fact, whatever else is planned."""
    if ALIASES in said or (MODALITY in said) != (MODALITY in shown):
        return False
    return _all_shown(shown, said)


def _all_shown(shown: Properties, said: Properties) -> bool:
    return all(_same(shown.get(name), value) for name, value in said.items())


def _same(left: object, right: object) -> bool:
    return type(left) is type(right) and left == right and str(left) == str(right)
