"""Which proposals hang together over pairs."""

from collections.abc import Iterable


def clusters(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, ...]]:
    """Connected groups of two or more, members ascending, in the order of their first members."""
    heads: dict[int, int] = {}

    def head(i: int) -> int:
        while heads.setdefault(i, i) != i:
            i = heads[i]
        return i

    for one, other in sorted(pairs):
        first, second = sorted((head(one), head(other)))
        heads[second] = first
    members: dict[int, list[int]] = {}
    for i in sorted(heads):
        members.setdefault(head(i), []).append(i)
    return [tuple(held) for _, held in sorted(members.items())]
