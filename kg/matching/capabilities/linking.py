"""Joins wordings into groups in which every two are linked: no chain leads from one object to another."""

from collections.abc import Sequence

from kg.matching.capabilities.edges import Edge


def linked(standing: Sequence[Sequence[int]], fresh: Sequence[int], edges: Sequence[Edge]) -> list[list[int]]:
    """Complete-link groups, surest edges first (the order of `edges`): first the standing ones, then the new.

    Standing groups keep all their members and are never joined with each other; a fresh position joins one
    of them or founds a group.
    """
    joining = _Joining(standing, fresh)
    known = {(edge.a, edge.b) for edge in edges}
    for edge in edges:
        joining.join(edge.a, edge.b, known)
    return joining.groups()


class _Joining:
    """Groups by number, of which the first are standing; each position knows its group."""

    def __init__(self, standing: Sequence[Sequence[int]], fresh: Sequence[int]) -> None:
        self._groups = [list(group) for group in standing] + [[position] for position in fresh]
        self._standing = len(standing)
        self._of = {position: number for number, group in enumerate(self._groups) for position in group}

    def join(self, a: int, b: int, known: set[tuple[int, int]]) -> None:
        """Joins the groups of both where every pair across them is known as one function."""
        first, second = sorted((self._of[a], self._of[b]))
        if first == second or second < self._standing:
            return
        one, other = self._groups[first], self._groups[second]
        if all((min(x, y), max(x, y)) in known for x in one for y in other):
            one += other
            self._of.update(dict.fromkeys(other, first))
            self._groups[second] = []

    def groups(self) -> list[list[int]]:
        """Members sorted; standing groups at their places, empty ones among the new left out."""
        groups = [sorted(group) for group in self._groups]
        return groups[: self._standing] + [group for group in groups[self._standing :] if group]
