"""A shared ability as matching sees it, and the answer that a function is one of it."""

import functools
from dataclasses import dataclass

from kg.registry.abilities import abilities


@dataclass(frozen=True, slots=True)
class Ability:
    """One shared ability: its registry id, names and the functions it offers."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AbilityMatch:
    """The ability a function phrase is one of.

    `score` 0..1 is the likelihood that this is right; `certain` is False in the band that a person must look
    at; `prototype` is the wording of the ability that came nearest; `top` holds up to three (id, score), the
    best first, each judged for itself.
    """

    id: str
    name: str
    score: float
    certain: bool
    prototype: str
    top: tuple[tuple[str, float], ...]


@functools.cache
def shared_abilities() -> tuple[Ability, ...]:
    """The abilities of the registry that are shared components; business platforms are not among them."""
    return tuple(
        Ability(entry.id, entry.name, entry.aliases, entry.functions)
        for entry in abilities()
        if entry.kind == "shared"
    )
