"""The names of a proposal and its unit, by which its own earlier systems are known."""

from dataclasses import dataclass

from kg.matching.names import core, core_similarity, strip_place

ALIKE = 0.5
"""Similarity of cores from which two names without another place are of one system and its successor."""


@dataclass(frozen=True, slots=True)
class Own:
    """The names a proposal bears and its unit."""

    names: tuple[str, ...] = ()
    department: str = ""

    def bears(self, system: str) -> bool:
        """Whether a system has the name of the proposal, be it with another place."""
        return any(core(name) == core(system) for name in self.names if name)

    def succeeds(self, system: str) -> bool:
        """Whether a system it replaces is its own: of its place, or of like name and no other place."""
        place = _place(system)
        places = {_place(name) for name in (*self.names, self.department)}
        return place in places if place else any(_is_alike(name, system) for name in self.names if name)


def _is_alike(first: str, second: str) -> bool:
    one, other = sorted((core(first), core(second)), key=len)
    return (len(one) > 1 and one in other) or core_similarity(one, other) >= ALIKE


def _place(name: str) -> str:
    rest = strip_place(name)
    return name.removesuffix(rest) if name.endswith(rest) else ""
