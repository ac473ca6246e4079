"""How abilities are asked for, and functions of lines of business beside them."""

import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib import resources

from kg.matching.abilities.ability import Ability
from kg.matching.encoder.onnx import prepared

BUSINESS = -1
"""Owner of a function that no shared ability provides."""
_FILE = "ability_wordings.tsv"


@dataclass(frozen=True, slots=True)
class Wordings:
    """Texts and the place of the ability that each belongs to, abilities in order, BUSINESS last."""

    texts: tuple[str, ...]
    owners: tuple[int, ...]


def wordings_of(among: Sequence[Ability], *, without: Collection[str] = ()) -> Wordings:
    """Names, aliases, functions and listed wordings of these abilities, and all of business.

    A text that two abilities have belongs to the first; texts of `without` (folded) are left out, so that
    phrases can be judged as if nobody had seen them.
    """
    owned: dict[str, tuple[int, str]] = {}
    for place, one in enumerate(among):
        named = (f"{one.name}{function}" for function in one.functions)
        for text in (one.name, *one.aliases, *named, *_listed().get(one.id, ())):
            owned.setdefault(prepared(text), (place, text))
    for text in _listed()["-"]:
        owned.setdefault(prepared(text), (BUSINESS, text))
    kept = [one for folded, one in owned.items() if folded not in without]
    kept.sort(key=lambda one: one[0] if one[0] != BUSINESS else len(among))
    return Wordings(tuple(text for _, text in kept), tuple(place for place, _ in kept))


@functools.cache
def _listed() -> dict[str, tuple[str, ...]]:
    """The shipped wordings by ability id, those of business under "-"."""
    text = resources.files("kg.matching.lexicon").joinpath(_FILE).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in text.splitlines()[1:]:
        owner, wording = line.split("\t")
        found.setdefault(owner, []).append(wording)
    return {owner: tuple(wordings) for owner, wordings in found.items()}
